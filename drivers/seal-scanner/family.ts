import { command, defineFamily, event } from '../kit/family.ts';
import { Type, oneOf, record } from '../kit/schema.ts';
import { DeviceState, DoorState, MediaState } from '../kit/vocabulary.ts';

/** What takes pictures of slips, cards and vouchers: flat-beds with a feeder, hand-held and document cameras. */

const sourceWords = ['platen', 'feeder', 'camera'] as const;
const colorModeWords = ['color', 'gray', 'bw'] as const;
const formatWords = ['png', 'jpeg'] as const;
const endWords = ['complete', 'cancelled', 'empty', 'jam', 'cover', 'fault', 'link-lost'] as const;

export type ScanSource = (typeof sourceWords)[number];
export type ScanColorMode = (typeof colorModeWords)[number];
export type ScanFormat = (typeof formatWords)[number];
export type ScanEnd = (typeof endWords)[number];

const Source = oneOf(sourceWords, 'The glass, the feeder, or optics that look at the paper from afar.');
const ColorMode = oneOf(colorModeWords, 'Seals need `color`; `bw` is one bit a pixel.');
const Format = oneOf(formatWords, '`png` loses nothing; `jpeg` is smaller.');
const JobId = Type.String({ minLength: 1, maxLength: 64, description: 'The caller’s name for one scan job.' });
const Dpi = Type.Integer({ minimum: 25, maximum: 4800, description: 'Dots per inch, the same across and down.' });
const SizeMm = Type.Number({ exclusiveMinimum: 0, maximum: 5000, description: 'Millimetres.' });
const PageNumber = Type.Integer({ minimum: 1, description: '1 for the first page of its job.' });

/** What one source of a scanner can do. */
const SourceAbility = record({
  source: Source,
  maxWidthMm: SizeMm,
  maxHeightMm: SizeMm,
  resolutionsDpi: Type.Array(Dpi, { description: 'Ascending. For a scanner that takes any: the usual ones in its range.' }),
  colorModes: Type.Array(ColorMode),
  formats: Type.Array(Format),
});

const Abilities = Type.Array(SourceAbility, { description: 'As the scanner itself says; empty until it has been asked.' });

const Status = record({
  device: DeviceState,
  platen: MediaState,
  feeder: MediaState,
  cover: DoorState,
  isBusy: Type.Boolean({ description: 'It scans, warms up or serves somebody else.' }),
  job: Type.Union([record({ jobId: JobId, source: Source, pages: Type.Integer({ minimum: 0 }) }), Type.Null()], {
    description: 'The scan job under way.',
  }),
  abilities: Abilities,
});

const PageFacts = {
  jobId: JobId,
  pageNumber: PageNumber,
  mediaType: Type.String({ description: 'IANA media type of the attached picture.' }),
  source: Source,
};

export const sealScanner = defineFamily({
  kind: 'seal-scanner',
  status: Status,
  capabilities: record({
    sources: Type.Array(Source, { description: 'Sources that models of this kind may have; the status tells which this one has.' }),
    colorModes: Type.Array(ColorMode),
    formats: Type.Array(Format),
    reportsPaperOnPlaten: Type.Boolean({ description: 'Whether it knows that something lies on the glass.' }),
  }),
  events: {
    'status-changed': event('The status as a whole, each time it changed.', Status),
    'job-started': event(
      'The scanner accepted a scan job.',
      record({ jobId: JobId, source: Source, dpi: Dpi, colorMode: ColorMode, format: Format, widthMm: SizeMm, heightMm: SizeMm }),
    ),
    'page-scanned': event(
      'A page arrived whole; the attachment is its picture. The size is the picture’s own, which may differ from what was asked for.',
      record({
        ...PageFacts,
        widthPx: Type.Integer({ minimum: 1 }),
        heightPx: Type.Integer({ minimum: 1 }),
        dpi: Dpi,
      }),
    ),
    'page-unreadable': event(
      'A page arrived whose picture is cut off or of no known kind; what came is attached. The sheet has been through.',
      record({ ...PageFacts, byteCount: Type.Integer({ minimum: 0 }) }),
    ),
    'job-ended': event(
      'A scan job is over, for whatever reason; `pages` of it arrived.',
      record({ jobId: JobId, pages: Type.Integer({ minimum: 0 }), reason: oneOf(endWords) }),
    ),
    'feeder-loaded': event('Paper was put into the feeder.', record({})),
    'feeder-emptied': event('The last sheet left the feeder.', record({})),
    jammed: event('Paper is stuck.', record({ source: Source })),
    'jam-cleared': event('The stuck paper is out.', record({ source: Source })),
    'cover-opened': event('A cover is open; the scanner does not feed.', record({})),
    'cover-closed': event('The covers are shut.', record({})),
  },
  commands: {
    scan: command({
      doc: 'Scan what lies on the platen, or everything in the feeder; each page is an event with its picture. Unsafe because a feeder moves paper.',
      args: record({
        jobId: JobId,
        source: Source,
        dpi: Dpi,
        colorMode: ColorMode,
        format: Format,
        widthMm: Type.Optional(SizeMm),
        heightMm: Type.Optional(SizeMm),
      }),
      result: record({
        jobId: JobId,
        pages: Type.Integer({ minimum: 0 }),
        unreadablePages: Type.Integer({ minimum: 0 }),
        reason: oneOf(endWords),
      }),
      timeoutMs: 1_800_000,
      repeat: 'unsafe',
    }),
    'cancel-scan': command({
      doc: 'Stop a scan job; pages that have arrived stay. The job’s own command settles by itself.',
      args: record({ jobId: JobId }),
      result: record({ jobId: JobId }),
      timeoutMs: 15_000,
      repeat: 'safe',
    }),
    'refresh-capabilities': command({
      doc: 'Ask the scanner again what it can do.',
      args: record({}),
      result: record({ abilities: Abilities }),
      timeoutMs: 15_000,
      repeat: 'safe',
    }),
    check: command({
      doc: 'Ask the scanner for its state.',
      args: record({}),
      result: record({ device: DeviceState, feeder: MediaState, cover: DoorState }),
      timeoutMs: 15_000,
      repeat: 'safe',
      health: 'internal',
    }),
  },
});
