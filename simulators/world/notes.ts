/**
 * Notes: pieces of paper that exist once. They lie in trays and move between them; nothing here makes or destroys
 * one, so that what a machine says can be held against what is there.
 *
 * Renminbi of the fifth series: 100 of 2015, 50, 20, 10 and 1 of 2019, 5 of 2020. A serial number (冠字号) has ten
 * characters, two of them letters, the first a letter; V is not used.
 */
import type { Random } from '../kit/random.ts';

export interface Note {
  /** Unique in its world. */
  readonly id: string;
  readonly currency: string;
  /** The number printed on it: 100 for a hundred-yuan note. */
  readonly face: number;
  /** Year of the issue; 0 when it does not matter. */
  readonly edition: number;
  readonly serial: string;
  readonly condition: NoteCondition;
  readonly isGenuine: boolean;
  /** Positions of the serial number, from 0, that are worn off: no machine can read them. */
  readonly wornPositions: readonly number[];
}

export const noteConditions = ['fit', 'soiled', 'torn'] as const;
export type NoteCondition = (typeof noteConditions)[number];

/** What somebody lays down: `118×100`, `20×100+6×50`, `USD 5×20`. The rest says how many of them are special. */
export interface StackOrder {
  readonly preset: string;
  readonly suspects?: number;
  readonly torn?: number;
  readonly worn?: number;
}

/** The notes of `order`, special ones at random places; undefined when the preset cannot be read. At most 2,000. */
export function makeStack(order: StackOrder, idPrefix: string, random: Random): readonly Note[] | undefined {
  const kinds = readPreset(order.preset);
  if (kinds === undefined) return undefined;
  const serials = new Set<string>();
  const plain = kinds.flatMap(({ count, face, currency }) =>
    Array.from({ length: count }, (): Omit<Note, 'id'> => {
      const serial = freshSerial(serials, random);
      return { currency, face, edition: editionOf(currency, face), serial, condition: 'fit', isGenuine: true, wornPositions: [] };
    }),
  );
  const places = shuffled(plain.length, random);
  const specials = new Map<number, Partial<Note>>();
  for (const place of places.splice(0, order.suspects ?? 0)) specials.set(place, { isGenuine: false });
  for (const place of places.splice(0, order.torn ?? 0)) specials.set(place, { condition: 'torn' });
  for (const place of places.splice(0, order.worn ?? 0))
    specials.set(place, { condition: 'soiled', wornPositions: [random.integer(2, 9)] });
  return plain.map((note, i) => ({ id: `${idPrefix}-${String(i + 1).padStart(4, '0')}`, ...note, ...specials.get(i) }));
}

/** What the best reader can make of the serial number; worn positions are `mark`. */
export function readableSerial(note: Note, mark: string): string {
  return note.serial.replace(/./g, (character, i: number) => (note.wornPositions.includes(i) ? mark : character));
}

/** Count of notes by `CNY 100`. */
export function countByFace(notes: readonly Note[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { currency, face } of notes) counts[`${currency} ${face}`] = (counts[`${currency} ${face}`] ?? 0) + 1;
  return counts;
}

/** Whether two collections of notes are the same objects, in whatever order. */
export function hasSameNotes(one: readonly Note[], other: readonly Note[]): boolean {
  const ids = new Set(one.map((note) => note.id));
  return ids.size === one.length && one.length === other.length && other.every((note) => ids.delete(note.id));
}

interface Kind {
  readonly count: number;
  readonly face: number;
  readonly currency: string;
}

const STACK_MAX = 2_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUWXYZ';
const CNY_EDITIONS: Readonly<Record<number, number>> = { 100: 2015, 50: 2019, 20: 2019, 10: 2019, 5: 2020, 1: 2019 };
/** Where the second letter of a renminbi serial number may stand: AA12345678, A1A2345678, A123A45678. */
const SECOND_LETTER = [1, 2, 4] as const;

function readPreset(preset: string): readonly Kind[] | undefined {
  const kinds: Kind[] = [];
  for (const part of preset.split('+')) {
    const words = /^\s*(?:([A-Z]{3})\s+)?(\d{1,4})\s*[×x*]\s*(\d{1,6})\s*$/.exec(part);
    if (words === null) return undefined;
    kinds.push({ currency: words[1] ?? 'CNY', count: Number(words[2]), face: Number(words[3]) });
  }
  const total = kinds.reduce((sum, kind) => sum + kind.count, 0);
  return total <= STACK_MAX && kinds.every((kind) => kind.face > 0) ? kinds : undefined;
}

function editionOf(currency: string, face: number): number {
  return currency === 'CNY' ? (CNY_EDITIONS[face] ?? 0) : 0;
}

function freshSerial(taken: Set<string>, random: Random): string {
  for (;;) {
    const second = random.pick(SECOND_LETTER);
    const letter = (): string => LETTERS[random.integer(0, LETTERS.length - 1)] ?? 'A';
    const digits = String(random.integer(1, 99_999_999)).padStart(8, '0');
    const serial = letter() + digits.slice(0, second - 1) + letter() + digits.slice(second - 1);
    if (taken.has(serial)) continue;
    taken.add(serial);
    return serial;
  }
}

function shuffled(count: number, random: Random): number[] {
  const places = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(0, i);
    const kept = places[i] ?? 0;
    places[i] = places[j] ?? 0;
    places[j] = kept;
  }
  return places;
}
