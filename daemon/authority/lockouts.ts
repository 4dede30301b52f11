import type { Sql } from '../journal/journal-database.ts';

export const WRONG_MAX = 3;
export const LOCKED_MS = 5 * 60_000;
/** Numbers nobody has are kept too, so that guessing them looks the same; not more than this many. */
const ROWS_MAX = 2_000;

interface Row {
  readonly wrong_count: number;
  readonly last_wrong_ms: number;
  readonly locked_until_ms: number;
}

/** Wrong attempts by person number, whether or not anybody has it. Survives a restart. */
export class Lockouts {
  readonly #get;
  readonly #put;
  readonly #clear;
  readonly #trim;

  constructor(sql: Sql) {
    this.#get = sql.prepare<[string], Row>('SELECT wrong_count, last_wrong_ms, locked_until_ms FROM lockouts WHERE person_number = ?');
    this.#put = sql.prepare<[string, number, number, number]>('INSERT OR REPLACE INTO lockouts VALUES (?, ?, ?, ?)');
    this.#clear = sql.prepare<[string]>('DELETE FROM lockouts WHERE person_number = ?');
    this.#trim = sql.prepare<[number]>(
      'DELETE FROM lockouts WHERE person_number IN (SELECT person_number FROM lockouts ORDER BY last_wrong_ms DESC LIMIT -1 OFFSET ?)',
    );
  }

  isLocked(personNumber: string, nowMs: number): boolean {
    return this.#isLockedRow(this.#get.get(personNumber), nowMs);
  }

  /** Inside a transaction. Returns until when the number is locked, when this attempt locked it. */
  addWrong(personNumber: string, nowMs: number): number | undefined {
    const row = this.#get.get(personNumber);
    const isOld = row === undefined || row.locked_until_ms > 0 || nowMs - row.last_wrong_ms > LOCKED_MS;
    const wrongCount = isOld ? 1 : row.wrong_count + 1;
    const lockedUntilMs = wrongCount >= WRONG_MAX ? nowMs + LOCKED_MS : 0;
    this.#put.run(personNumber, wrongCount, nowMs, lockedUntilMs);
    this.#trim.run(ROWS_MAX);
    return lockedUntilMs === 0 ? undefined : lockedUntilMs;
  }

  /** Inside a transaction. */
  clear(personNumber: string): void {
    this.#clear.run(personNumber);
  }

  /** A clock set back must not lock anybody for longer than the rule says. */
  #isLockedRow(row: Row | undefined, nowMs: number): boolean {
    return row !== undefined && nowMs < row.locked_until_ms && row.locked_until_ms - nowMs <= LOCKED_MS;
  }
}
