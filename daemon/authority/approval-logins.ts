import type { Sql } from '../journal/journal-database.ts';

/** Which login asked: the second person must come with another (P-4). Kept privately; a login id is no part of the record. */
export class ApprovalLogins {
  readonly #get;
  readonly #put;

  constructor(sql: Sql) {
    this.#get = sql.prepare<[string], { asked_login: string }>('SELECT asked_login FROM approval_logins WHERE approval_id = ?');
    this.#put = sql.prepare<[string, string]>('INSERT INTO approval_logins (approval_id, asked_login) VALUES (?, ?)');
  }

  /** Inside a transaction. */
  add(approvalId: string, loginId: string): void {
    this.#put.run(approvalId, loginId);
  }

  of(approvalId: string): string | undefined {
    return this.#get.get(approvalId)?.asked_login;
  }
}
