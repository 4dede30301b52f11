import type { Sql } from '../journal/journal-database.ts';
import type { DemoBook } from './demo-accounts.ts';
import type { Ledger, LedgerEntry, Passbook, PrintedLine } from './ledger.ts';

/**
 * The stand-in for the core: books and entries as given, the paper's state from the journal's projection
 * `printedLines`. What the given books say is on the paper already comes first.
 */
export class EmbeddedLedger implements Ledger {
  readonly #books: ReadonlyMap<string, DemoBook>;
  readonly #sql: Sql;

  constructor(books: readonly DemoBook[], sql: Sql) {
    this.#books = new Map(books.map((book) => [book.passbook.passbookId, book]));
    this.#sql = sql;
  }

  findPassbooks(query: string, limit: number): readonly Passbook[] {
    const wanted = query.replace(/\s+/g, '');
    return [...this.#books.values()]
      .map(({ passbook }) => passbook)
      .filter(
        ({ passbookId, accountNumber, holder }) =>
          passbookId.startsWith(wanted) || accountNumber.endsWith(wanted) || holder.startsWith(wanted),
      )
      .slice(0, limit);
  }

  passbook(passbookId: string): Passbook | undefined {
    return this.#books.get(passbookId)?.passbook;
  }

  entries(passbookId: string): readonly LedgerEntry[] {
    return this.#books.get(passbookId)?.entries ?? [];
  }

  printed(passbookId: string): readonly PrintedLine[] {
    const since = this.#sql
      .prepare<[string], PrintedLine>(
        'SELECT entry_id AS entryId, page, line, state FROM ledger_printed_line WHERE passbook_id = ? ORDER BY page, line',
      )
      .all(passbookId);
    return [...(this.#books.get(passbookId)?.printed ?? []), ...since];
  }
}
