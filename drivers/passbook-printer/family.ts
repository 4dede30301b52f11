/**
 * The family of passbook printers: what any of them is, whatever language it speaks.
 *
 * What decides how far a printed line can be believed is the *fence* of the language: a CSI printer echoes a
 * mark once the work before it is done, a PR2 printer answers a status request, an ESC/P printer says nothing.
 * So a line's result always names its confirmation, and the capabilities say which one to expect:
 *
 * | confirmation | what is known when the command is done                         | languages |
 * |--------------|----------------------------------------------------------------|-----------|
 * | `mark`       | the printer has carried out everything up to and with the line | CSI 4915  |
 * | `status`     | the printer answered after the line: medium inside, no error   | PR2       |
 * | `sent`       | every byte has left the host; the paper has not been asked     | ESC/P     |
 *
 * One command is one line, so that a print service can bracket each: intent, bytes, fence, commit.
 */
import {
  command,
  defineFamily,
  event,
  type FamilyCapabilities,
  type FamilyCommand,
  type FamilyEvent,
  type FamilyStatus,
} from '../kit/family.ts';
import { PERSONAL, Type, oneOf, record, type Static } from '../kit/schema.ts';
import { DeviceState, DoorState, MediaState, SupplyState } from '../kit/vocabulary.ts';

/** Characters per inch of one cell (ASCII one cell, hanzi two). 17 and 20 are the condensed 17.14 and 20. */
const Pitch = Type.Union([Type.Literal(10), Type.Literal(12), Type.Literal(15), Type.Literal(17), Type.Literal(20)]);
export type Pitch = Static<typeof Pitch>;

export const PrintStyle = record({
  pitch: Type.Optional(Pitch),
  isBold: Type.Optional(Type.Boolean()),
  isUnderlined: Type.Optional(Type.Boolean()),
  isDoubleWidth: Type.Optional(Type.Boolean()),
});
export type PrintStyle = Static<typeof PrintStyle>;

export const PlacedRun = record({
  xMm: Type.Number({ minimum: 0, maximum: 400, description: 'Left edge of the first cell, from the left edge of the page.' }),
  text: Type.String({ minLength: 1, maxLength: 160 }),
  style: Type.Optional(PrintStyle),
});
export type PlacedRun = Static<typeof PlacedRun>;

export const PlacedLine = record({
  lineNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 255, description: 'Line of the page layout, for events and people.' })),
  yMm: Type.Number({ minimum: 0, maximum: 600, description: 'Top of the characters, from the top edge of the page.' }),
  runs: Type.Array(PlacedRun, { minItems: 1, maxItems: 40 }),
});
export type PlacedLine = Static<typeof PlacedLine>;

export const Confirmation = oneOf(['mark', 'status', 'sent'], 'How far a finished line can be believed.');

/** What stands on a magnetic stripe, without the sentinels that its format puts around it. */
export const StripeText = Type.String({
  ...PERSONAL,
  minLength: 1,
  maxLength: 105,
  pattern: '^[0-9:;<=>]+$',
  description: 'Digits and the separators of the 30 to 3E range.',
});

const status = record({
  device: DeviceState,
  media: MediaState,
  cover: DoorState,
  ribbon: SupplyState,
  isLoaded: Type.Boolean({ description: 'A page was loaded on this link, so positions on it are known.' }),
});

const printed = record({ confirmation: Confirmation });
const nothing = record({});

export const passbookPrinter = defineFamily({
  kind: 'passbook-printer',
  status,
  capabilities: record({
    languages: Type.Array(Type.String(), { minItems: 1 }),
    canConfirmLines: oneOf(['mark', 'status', 'none'], 'The fence that the language offers after a line.'),
    canReadStripe: Type.Boolean(),
    canWriteStripe: Type.Boolean(),
    canSenseMedia: Type.Boolean({ description: 'The printer says when a medium goes in and comes out.' }),
    canEject: Type.Boolean(),
    hasHanzi: Type.Boolean(),
    pitches: Type.Array(Pitch),
    pageMaxMm: record({ width: Type.Number(), height: Type.Number() }),
    unprintableMm: record({ top: Type.Number(), left: Type.Number() }),
    positionStepMm: Type.Number({ description: 'Positions are rounded to multiples of this.' }),
  }),
  events: {
    'media-inserted': event('A book or sheet went into the mouth. Only from printers that sense it.', nothing),
    'media-removed': event('The mouth is empty again. Only from printers that sense it.', nothing),
    'page-loaded': event('A page was declared loaded; its first line is at a known place.', record({ pageHeightMm: Type.Number() })),
    'line-printed': event(
      'A line was printed as far as the confirmation says.',
      record({ lineNumber: Type.Optional(Type.Integer()), yMm: Type.Number(), confirmation: Confirmation }),
    ),
    'page-ejected': event('The medium was sent out to the person.', record({ confirmation: Confirmation })),
    'status-changed': event('What the printer is believed to be changed.', status),
  },
  commands: {
    load: command({
      doc: 'A person vouches that a page is in, taken in from its top: it is the page to print on. Needed before the first line and again after every lost link or doubtful line, because the printer may have forgotten where it stands.',
      args: record({ pageHeightMm: Type.Optional(Type.Number({ minimum: 20, maximum: 600 })) }),
      result: record({ confirmation: Confirmation }),
      timeoutMs: 30_000,
      repeat: 'safe',
    }),
    'print-line': command({
      doc: 'Prints one line at its place on the loaded page. A fence is evidence of work done, not of ink.',
      args: record({ line: PlacedLine }),
      result: printed,
      timeoutMs: 30_000,
      repeat: 'unsafe',
    }),
    'print-page': command({
      doc: 'Prints a whole slip, receipt or cover, line after line from the top, and sends it out. For paper that can be printed again: a passbook is printed line by line.',
      args: record({ lines: Type.Array(PlacedLine, { minItems: 1, maxItems: 120 }) }),
      result: printed,
      timeoutMs: 180_000,
      repeat: 'unsafe',
    }),
    'read-stripe': command({
      doc: 'Reads the magnetic stripe of the book in the mouth. Only from printers that can. The page must be loaded afresh afterwards.',
      args: nothing,
      result: record({ text: StripeText }),
      timeoutMs: 30_000,
      repeat: 'safe',
    }),
    'write-stripe': command({
      doc: 'Writes the magnetic stripe of the book in the mouth and has the printer read it back. When it ends in doubt the stripe may be spoiled: it is written again from the ledger, never believed.',
      args: record({ text: StripeText }),
      result: printed,
      timeoutMs: 30_000,
      repeat: 'unsafe',
    }),
    eject: command({
      doc: 'Sends the medium out to the person.',
      args: nothing,
      result: printed,
      timeoutMs: 30_000,
      repeat: 'safe',
    }),
    check: command({
      doc: 'Asks the printer whether it is there, without moving paper. A mute printer can only be written to.',
      args: nothing,
      result: printed,
      timeoutMs: 10_000,
      repeat: 'safe',
      health: 'internal',
    }),
    'self-test': command({
      doc: 'Prints a ruler and a sample of every style on the loaded sheet and sends it out, for a person to look at.',
      args: nothing,
      result: printed,
      timeoutMs: 180_000,
      repeat: 'unsafe',
      health: 'interactive',
    }),
  },
});

export type PassbookPrinter = typeof passbookPrinter;
export type PassbookPrinterStatus = FamilyStatus<PassbookPrinter>;
export type PassbookPrinterCapabilities = FamilyCapabilities<PassbookPrinter>;
export type PassbookPrinterEvent = FamilyEvent<PassbookPrinter>;
export type PassbookPrinterCommand = FamilyCommand<PassbookPrinter>;
