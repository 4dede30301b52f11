import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type, checker, record } from '../../drivers/kit/schema.ts';
import type { EntryRule, EntryRules, NewEntry } from '../../daemon/journal/entry.ts';
import type { Fold } from '../../daemon/journal/fold.ts';
import type { Projection } from '../../daemon/journal/projection.ts';

/** A data folder of its own for one test, and how to remove it. */
export function journalFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'counterd-journal-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const Note = record({ number: Type.Integer({ minimum: 0 }), text: Type.String({ maxLength: 4_000 }) });
const Bag = record({ bag: Type.String(), by: Type.String() });

const rules = new Map<string, EntryRule>([
  ['toy.note-counted', checker(Note)],
  ['toy.bag-drawn', checker(Bag)],
  ['toy.hold-up-raised', { ...checker(record({})), audience: 'security' }],
]);

/** A catalogue of toy entries, so that the journal is tested without the contract. */
export const toyRules: EntryRules = (type) => rules.get(type);

export function note(number: number, text = 'a note of a hundred'): NewEntry {
  return { type: 'toy.note-counted', data: { number, text }, device: 'toy-1' };
}

export function drawn(bag: string, by: string): NewEntry {
  return { type: 'toy.bag-drawn', data: { bag, by }, actor: by };
}

/** Who drew which bag: a table that is a fold of the journal. */
export const bagBook: Projection = {
  name: 'bag_book',
  version: 1,
  tables: ['bag_book'],
  create: 'CREATE TABLE bag_book (bag TEXT PRIMARY KEY, by TEXT NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID',
  types: ['toy.bag-drawn'],
  prepare(sql) {
    const insert = sql.prepare<[string, string, number]>('INSERT INTO bag_book VALUES (?, ?, ?)');
    return ({ data, seq }) => {
      const { bag, by } = data as { bag: string; by: string };
      insert.run(bag, by, seq);
    };
  },
};

export interface NoteSum {
  readonly noteCount: number;
  readonly lastSeq: number;
}

/** How many notes were counted: a state in memory that is a fold of the journal. */
export const noteSum: Fold<NoteSum> = {
  name: 'note-sum',
  version: 1,
  initial: () => ({ noteCount: 0, lastSeq: 0 }),
  evolve: (state, entry) => ({ noteCount: state.noteCount + (entry.type === 'toy.note-counted' ? 1 : 0), lastSeq: entry.seq }),
};
