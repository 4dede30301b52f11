/**
 * The face of the core banking system, as far as the counter needs it. The embedded ledger stands in for it so
 * that everything runs on a fresh machine; a branch puts an adapter to its core behind the same interface.
 */
export interface Ledger {
  /** Books whose number or account matches `query` (all of them when empty), at most `limit`. */
  findPassbooks(query: string, limit: number): readonly Passbook[];
  /** Undefined when there is no such book. */
  passbook(passbookId: string): Passbook | undefined;
  /** All entries of the book's account, oldest first. */
  entries(passbookId: string): readonly LedgerEntry[];
  /** What is known of the paper of this book, by ledger entry. */
  printed(passbookId: string): readonly PrintedLine[];
}

export interface Passbook {
  readonly passbookId: string;
  readonly accountNumber: string;
  readonly holder: string;
  /** Layout profile of this kind of book. */
  readonly layout: string;
  readonly currency: string;
}

export interface LedgerEntry {
  readonly entryId: string;
  /** Business date, `2026-11-19`. */
  readonly date: string;
  readonly summary: string;
  /** Signed minor units: negative is money out. */
  readonly amountMinor: string;
  readonly balanceMinor: string;
  /** Person number of the teller who booked it. */
  readonly teller: string;
}

/** `void`: a spoiled line; the entry stands (or will stand) on a later one. */
export interface PrintedLine {
  readonly entryId: string;
  readonly page: number;
  readonly line: number;
  readonly state: 'printed' | 'unknown' | 'void';
}
