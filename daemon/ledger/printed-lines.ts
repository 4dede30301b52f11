import type { Projection } from '../journal/projection.ts';
import type { EntryOf } from '../contract/index.ts';

type Seen =
  | EntryOf<'passbook-update.started'>
  | EntryOf<'passbook-update.line-confirmed'>
  | EntryOf<'passbook-update.line-sent'>
  | EntryOf<'passbook-update.line-doubted'>
  | EntryOf<'passbook-update.doubt-answered'>
  | EntryOf<'passbook-update.line-voided'>;

/**
 * What is known of the paper of each book: a fold of the passbook updates. `unknown` holds a place until a
 * person has looked; a line that is known not to be printed leaves no row.
 */
export const printedLines: Projection = {
  name: 'ledger_printed',
  version: 2,
  tables: ['ledger_printed_line', 'ledger_printed_flow'],
  create: `
    CREATE TABLE ledger_printed_flow (flow TEXT PRIMARY KEY, passbook_id TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE ledger_printed_line (
      passbook_id TEXT NOT NULL, page INTEGER NOT NULL, line INTEGER NOT NULL, entry_id TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('printed', 'unknown', 'void')),
      PRIMARY KEY (passbook_id, page, line)
    ) WITHOUT ROWID;`,
  types: [
    'passbook-update.started',
    'passbook-update.line-confirmed',
    'passbook-update.line-sent',
    'passbook-update.line-doubted',
    'passbook-update.doubt-answered',
    'passbook-update.line-voided',
  ],
  prepare(sql) {
    const addFlow = sql.prepare('INSERT OR REPLACE INTO ledger_printed_flow VALUES (?, ?)');
    const bookOf = sql.prepare<[string], string>('SELECT passbook_id FROM ledger_printed_flow WHERE flow = ?').pluck();
    const put = sql.prepare('INSERT OR REPLACE INTO ledger_printed_line VALUES (?, ?, ?, ?, ?)');
    const drop = sql.prepare('DELETE FROM ledger_printed_line WHERE passbook_id = ? AND page = ? AND line = ?');
    return (stored) => {
      const entry = stored as unknown as Seen;
      const flow = entry.flow ?? '';
      if (entry.type === 'passbook-update.started') {
        addFlow.run(flow, entry.data.passbookId);
        return;
      }
      const passbookId = bookOf.get(flow);
      if (passbookId === undefined) return;
      const { entryId, page, line } = entry.data;
      const state = stateAfter(entry);
      if (state === undefined) drop.run(passbookId, page, line);
      else put.run(passbookId, page, line, entryId, state);
    };
  },
};

function stateAfter(entry: Exclude<Seen, EntryOf<'passbook-update.started'>>): 'printed' | 'unknown' | 'void' | undefined {
  switch (entry.type) {
    case 'passbook-update.line-confirmed':
      return 'printed';
    case 'passbook-update.line-sent':
    case 'passbook-update.line-doubted':
      return 'unknown';
    case 'passbook-update.line-voided':
      return 'void';
    case 'passbook-update.doubt-answered':
      return entry.data.answer === 'printed' ? 'printed' : entry.data.answer === 'partly' ? 'void' : undefined;
  }
}
