import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Sql } from '../journal/journal-database.ts';

/** How long an intention is remembered: longer than any login lasts. */
const KEPT_MS = 48 * 3_600_000;

interface Row {
  readonly what: string;
  readonly answer: string | null;
}

/**
 * One command id is one intention of one person (U4). The second time it gets the answer of the first; with
 * other content it is refused. A refused intention is not kept: nothing happened, so trying again is honest.
 */
export class Intents {
  readonly #get;
  readonly #put;
  readonly #drop;
  readonly #trim;

  constructor(sql: Sql) {
    this.#get = sql.prepare<[string, string], Row>('SELECT what, answer FROM intents WHERE person_id = ? AND command_id = ?');
    this.#put = sql.prepare<[string, string, string, string | null, number]>('INSERT OR REPLACE INTO intents VALUES (?, ?, ?, ?, ?)');
    this.#drop = sql.prepare<[string, string]>('DELETE FROM intents WHERE person_id = ? AND command_id = ?');
    this.#trim = sql.prepare<[number]>('DELETE FROM intents WHERE at_ms < ?');
  }

  /** The answer given before. Throws CD_COMMAND_DUPLICATE when the id was used for something else or never got an answer. */
  answered(key: IntentKey): { readonly answer: unknown } | undefined {
    const row = this.#get.get(key.personId, key.commandId);
    if (row === undefined) return undefined;
    if (row.what !== key.what) throw new CounterdError('CD_COMMAND_DUPLICATE', key.commandId);
    if (row.answer === null) throw new CounterdError('CD_COMMAND_DUPLICATE', `${key.commandId} was begun and its end is not known`);
    return { answer: JSON.parse(row.answer) as unknown };
  }

  /** Inside a transaction: before something leaves the daemon that cannot be taken back. */
  begin(key: IntentKey, nowMs: number): void {
    this.#put.run(key.personId, key.commandId, key.what, null, nowMs);
  }

  /** Inside a transaction. */
  settle(key: IntentKey, answer: unknown, nowMs: number): void {
    this.#put.run(key.personId, key.commandId, key.what, JSON.stringify(answer ?? null), nowMs);
    this.#trim.run(nowMs - KEPT_MS);
  }

  /** Inside a transaction: it was refused before anything happened. */
  forget(key: IntentKey): void {
    this.#drop.run(key.personId, key.commandId);
  }
}

export interface IntentKey {
  readonly personId: string;
  readonly commandId: string;
  /** Route and content, without secrets. */
  readonly what: string;
}
