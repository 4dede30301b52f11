import type { Clock } from '../../drivers/kit/clock.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { BranchState, PersonView } from '../contract/index.ts';
import type { NewEntry } from '../journal/entry.ts';
import type { Sql } from '../journal/journal-database.ts';
import type { Journal } from '../journal/journal.ts';
import { branchState } from '../registers/branch-state.ts';
import type { Actor } from './actor.ts';
import { Lockouts } from './lockouts.ts';
import { Logins, hashOf, type LoginRow, type LoginSecrets } from './logins.ts';
import { Passwords } from './passwords.ts';
import { ownValue, said } from './said.ts';

/** What every part of authority stands on. */
export interface AuthorityParts {
  readonly journal: Journal;
  /** Private tables of the same database; written inside `journal.transact` only. */
  readonly sql: Sql;
  readonly clock: Clock;
  readonly limits: { readonly loginIdleMs: number; readonly loginMaxMs: number; readonly approvalMs: number };
}

export interface NewLogin extends LoginSecrets {
  readonly loginId: string;
  readonly person: PersonView;
  readonly expiresAt: string;
}

/** A login used within this time is not written down again. */
const TOUCH_EVERY_MS = 60_000;

/** Who somebody is: passwords, logins, and the lock after three wrong attempts. */
export class Authentication {
  readonly #parts: AuthorityParts;
  readonly #passwords: Passwords;
  readonly #lockouts: Lockouts;
  readonly #logins: Logins;
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(parts: AuthorityParts) {
    this.#parts = parts;
    this.#passwords = new Passwords(parts.sql);
    this.#lockouts = new Lockouts(parts.sql);
    this.#logins = new Logins(parts.sql, parts.limits);
  }

  /** Throws CD_AUTH_WRONG or CD_AUTH_LOCKED; which of number and password was wrong is not told, nor measurable. */
  async login(personNumber: string, password: string): Promise<NewLogin> {
    await this.prove(personNumber, password);
    const { result } = await this.#parts.journal.transact((deciding) => {
      const person = ownValue(deciding.stateOf(branchState).people, personNumber);
      if (person === undefined || person.isDisabled) throw new CounterdError('CD_AUTH_WRONG');
      const login = this.#logins.add(person.id, this.#nowMs());
      const expiresAt = new Date(login.expiresMs).toISOString();
      return {
        entries: [said({ type: 'login.succeeded', data: { personId: person.id } }, { actor: person.id })],
        result: { ...login, person, expiresAt },
      };
    });
    return result;
  }

  /**
   * Asks for the password again, at login and at every act that needs one. One attempt per number at a time:
   * a hundred at once are still three.
   */
  prove(personNumber: string, password: string): Promise<void> {
    return this.#oneAtATime(personNumber, async () => {
      if (this.#lockouts.isLocked(personNumber, this.#nowMs())) throw new CounterdError('CD_AUTH_LOCKED');
      const isRight = await this.#passwords.matches(personNumber, password);
      const person = ownValue(this.#state().people, personNumber);
      if (isRight && person !== undefined && !person.isDisabled) {
        await this.#note(() => this.#lockouts.clear(personNumber));
        return;
      }
      throw new CounterdError(await this.#noteWrong(personNumber, person));
    });
  }

  /** The person behind a cookie; `token` is the half that other ports of this host never get. */
  actorOf(secrets: { readonly cookie: string; readonly token?: string }): Actor | undefined {
    const login = this.#logins.find(secrets.cookie);
    if (login === undefined || (secrets.token !== undefined && hashOf(secrets.token) !== login.tokenHash)) return undefined;
    const actor = this.#actorOfLogin(login);
    if (actor !== undefined && this.#nowMs() - login.usedMs > TOUCH_EVERY_MS) this.#touch(login.loginId);
    return actor;
  }

  /** The same person as they are now; undefined once the login is over. */
  actorOfLogin(loginId: string): Actor | undefined {
    const login = this.#logins.byId(loginId);
    return login === undefined ? undefined : this.#actorOfLogin(login);
  }

  async logout(actor: Actor): Promise<void> {
    await this.#end((login) => login.loginId === actor.loginId, { personId: actor.personId, reason: 'logged-out' });
  }

  /** Ends every login of a person. Inside a transaction: returns the entries that say so. */
  endAllOf(personId: string): readonly NewEntry[] {
    const logins = this.#logins.ofPerson(personId);
    for (const login of logins) this.#logins.remove(login.loginId);
    return logins.map(() => said({ type: 'login.ended', data: { personId, reason: 'disabled' } }));
  }

  /** Ends what is over: call it now and then. */
  async sweep(): Promise<void> {
    const over = this.#logins.expired(this.#nowMs());
    for (const login of over) await this.#end((row) => row.loginId === login.loginId, { personId: login.personId, reason: 'expired' });
  }

  hashPassword(password: string): Promise<string> {
    if (password.normalize('NFKC').length < 8) throw new CounterdError('CD_AUTH_PASSWORD');
    return this.#passwords.hash(password);
  }

  /** Inside a transaction. Also lifts a lock: who resets a password has seen the person. */
  storePassword(personId: string, passwordHash: string): void {
    this.#passwords.store(personId, passwordHash, this.#nowMs());
    this.#lockouts.clear(personId);
  }

  #actorOfLogin(login: LoginRow): Actor | undefined {
    const state = this.#state();
    const person = ownValue(state.people, login.personId);
    if (person === undefined || person.isDisabled || this.#logins.isOver(login, this.#nowMs())) return undefined;
    const position = Object.values(state.positions).find((one) => one.personId === person.id);
    return {
      personId: person.id,
      name: person.name,
      roles: person.roles,
      loginId: login.loginId,
      isLeft: position?.isLeft ?? false,
      expiresAt: new Date(login.expiresMs).toISOString(),
      ...(position === undefined ? {} : { positionId: position.id }),
    };
  }

  async #noteWrong(personNumber: string, person: PersonView | undefined): Promise<'CD_AUTH_WRONG' | 'CD_AUTH_LOCKED'> {
    const { result } = await this.#parts.journal.transact(() => {
      const untilMs = this.#lockouts.addWrong(personNumber, this.#nowMs());
      const entries: NewEntry[] = [said({ type: 'login.refused', data: person === undefined ? {} : { personId: person.id } })];
      if (untilMs !== undefined && person !== undefined) {
        entries.push(said({ type: 'login.locked', data: { personId: person.id, untilAt: new Date(untilMs).toISOString() } }));
      }
      return { entries, result: untilMs };
    });
    return result === undefined ? 'CD_AUTH_WRONG' : 'CD_AUTH_LOCKED';
  }

  async #end(
    isMeant: (login: LoginRow) => boolean,
    data: { readonly personId: string; readonly reason: 'logged-out' | 'expired' },
  ): Promise<void> {
    await this.#parts.journal.transact(() => {
      const ended = this.#logins.ofPerson(data.personId).filter(isMeant);
      for (const login of ended) this.#logins.remove(login.loginId);
      return { entries: ended.map(() => said({ type: 'login.ended', data }, { actor: data.personId })), result: undefined };
    });
  }

  #touch(loginId: string): void {
    const touched = this.#note(() => this.#logins.touch(loginId, this.#nowMs()));
    // Safe: when the disk refuses, the login only ends a minute earlier.
    touched.catch(() => undefined);
  }

  /** Private tables change in a transaction of the journal, like everything else. */
  async #note(write: () => void): Promise<void> {
    await this.#parts.journal.transact(() => {
      write();
      return { entries: [], result: undefined };
    });
  }

  async #oneAtATime<R>(key: string, task: () => Promise<R>): Promise<R> {
    const before = this.#queues.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#queues.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#queues.get(key) === mine) this.#queues.delete(key);
    }
  }

  #state(): BranchState {
    return this.#parts.journal.stateOf(branchState);
  }

  #nowMs(): number {
    return this.#parts.clock.nowMs();
  }
}
