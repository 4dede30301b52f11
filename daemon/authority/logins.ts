import { hash, randomBytes } from 'node:crypto';
import type { Sql } from '../journal/journal-database.ts';

/** The two halves a browser needs: the cookie is sent to every port of the host, so alone it proves nothing. */
export interface LoginSecrets {
  readonly cookie: string;
  readonly token: string;
}

export interface LoginRow {
  readonly loginId: string;
  readonly personId: string;
  readonly tokenHash: string;
  readonly usedMs: number;
  readonly expiresMs: number;
}

interface Limits {
  readonly loginIdleMs: number;
  readonly loginMaxMs: number;
}

const columns = 'login_id AS loginId, person_id AS personId, token_hash AS tokenHash, used_ms AS usedMs, expires_ms AS expiresMs';

/** Logins, by the hashes of their secrets: reading the table lets nobody in. They outlive a restart of the daemon. */
export class Logins {
  readonly #limits: Limits;
  readonly #sql;

  constructor(sql: Sql, limits: Limits) {
    this.#limits = limits;
    this.#sql = {
      add: sql.prepare<[string, string, string, string, number, number, number]>('INSERT INTO logins VALUES (?, ?, ?, ?, ?, ?, ?)'),
      byCookie: sql.prepare<[string], LoginRow>(`SELECT ${columns} FROM logins WHERE cookie_hash = ?`),
      byId: sql.prepare<[string], LoginRow>(`SELECT ${columns} FROM logins WHERE login_id = ?`),
      ofPerson: sql.prepare<[string], LoginRow>(`SELECT ${columns} FROM logins WHERE person_id = ?`),
      all: sql.prepare<[], LoginRow>(`SELECT ${columns} FROM logins`),
      touch: sql.prepare<[number, string]>('UPDATE logins SET used_ms = ? WHERE login_id = ?'),
      remove: sql.prepare<[string]>('DELETE FROM logins WHERE login_id = ?'),
    };
  }

  /** Inside a transaction. */
  add(personId: string, nowMs: number): LoginSecrets & { readonly loginId: string; readonly expiresMs: number } {
    const secrets = { cookie: randomBytes(32).toString('base64url'), token: randomBytes(32).toString('base64url') };
    const loginId = randomBytes(12).toString('hex');
    const expiresMs = nowMs + this.#limits.loginMaxMs;
    this.#sql.add.run(loginId, personId, hashOf(secrets.cookie), hashOf(secrets.token), nowMs, nowMs, expiresMs);
    return { ...secrets, loginId, expiresMs };
  }

  find(cookie: string): LoginRow | undefined {
    return this.#sql.byCookie.get(hashOf(cookie));
  }

  byId(loginId: string): LoginRow | undefined {
    return this.#sql.byId.get(loginId);
  }

  ofPerson(personId: string): readonly LoginRow[] {
    return this.#sql.ofPerson.all(personId);
  }

  expired(nowMs: number): readonly LoginRow[] {
    return this.#sql.all.all().filter((login) => this.isOver(login, nowMs));
  }

  isOver(login: LoginRow, nowMs: number): boolean {
    return nowMs >= login.expiresMs || nowMs - login.usedMs >= this.#limits.loginIdleMs;
  }

  /** Inside a transaction. */
  touch(loginId: string, nowMs: number): void {
    this.#sql.touch.run(nowMs, loginId);
  }

  /** Inside a transaction. */
  remove(loginId: string): void {
    this.#sql.remove.run(loginId);
  }
}

/** SHA-256 suffices for 256 random bits; comparing hashes leaks nothing about the secret. */
export function hashOf(secret: string): string {
  return hash('sha256', secret, 'hex');
}
