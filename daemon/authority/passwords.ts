import { hash, verify, type Options } from '@node-rs/argon2';
import type { Sql } from '../journal/journal-database.ts';

/** 19 MiB, two passes, with argon2id, which the library takes when no algorithm is named: OWASP’s advice, written out so that it is a decision. */
const cost: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Passwords, as hashes in a private table. Nothing here is ever journalled, logged or sent. */
export class Passwords {
  readonly #row;
  readonly #write;
  readonly #decoy: Promise<string>;

  constructor(sql: Sql) {
    this.#row = sql.prepare<[string], { password_hash: string }>('SELECT password_hash FROM credentials WHERE person_id = ?');
    this.#write = sql.prepare<[string, string, number]>('INSERT OR REPLACE INTO credentials VALUES (?, ?, ?)');
    // Verified for numbers nobody has, so that a wrong number takes as long as a wrong password.
    this.#decoy = hash('nobody has this password', cost);
  }

  /** The text to store for `password`. Slow on purpose; runs in a thread of its own. */
  async hash(password: string): Promise<string> {
    return hash(normalised(password), cost);
  }

  /** Inside a transaction. */
  store(personId: string, passwordHash: string, nowMs: number): void {
    this.#write.run(personId, passwordHash, nowMs);
  }

  /** Whether `password` is this person’s. Takes the same time when there is no such person. */
  async matches(personId: string, password: string): Promise<boolean> {
    const row = this.#row.get(personId);
    const isRight = await verify(row?.password_hash ?? (await this.#decoy), normalised(password));
    return isRight && row !== undefined;
  }
}

/** Full-width digits and composed characters typed on another keyboard are the same password. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
