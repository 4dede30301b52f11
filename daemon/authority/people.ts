import { CounterdError } from '../../drivers/kit/errors.ts';
import type { PersonView, Role } from '../contract/index.ts';
import { branchState } from '../registers/branch-state.ts';
import type { Authentication, AuthorityParts } from './authentication.ts';
import { checkRoles } from './roles.ts';
import { ownValue, said } from './said.ts';

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly password: string;
}

/** Registering, changing and disabling people. Who may ask for it is decided by whoever calls. */
export class People {
  readonly #parts: AuthorityParts;
  readonly #authentication: Authentication;

  constructor(parts: AuthorityParts, authentication: Authentication) {
    this.#parts = parts;
    this.#authentication = authentication;
  }

  list(): readonly PersonView[] {
    return Object.values(this.#parts.journal.stateOf(branchState).people);
  }

  /** Throws CD_AUTH_SEPARATION, CD_AUTH_PASSWORD, or CD_AUTH_PERSON when the number is taken. */
  async register(person: NewPerson): Promise<void> {
    checkRoles(person.roles);
    const passwordHash = await this.#authentication.hashPassword(person.password);
    await this.#parts.journal.transact((deciding) => {
      if (ownValue(deciding.stateOf(branchState).people, person.id) !== undefined) throw new CounterdError('CD_AUTH_PERSON', person.id);
      this.#authentication.storePassword(person.id, passwordHash);
      const { id: personId, name, roles } = person;
      return {
        entries: [
          said({ type: 'person.registered', data: { personId, name, roles: [...roles] } }),
          said({ type: 'person.password-set', data: { personId } }),
        ],
        result: undefined,
      };
    });
  }

  async changeRoles(personId: string, roles: readonly Role[]): Promise<void> {
    checkRoles(roles);
    await this.#change(personId, () => [said({ type: 'person.roles-changed', data: { personId, roles: [...roles] } })]);
  }

  async resetPassword(personId: string, password: string): Promise<void> {
    const passwordHash = await this.#authentication.hashPassword(password);
    await this.#change(personId, () => {
      this.#authentication.storePassword(personId, passwordHash);
      return [said({ type: 'person.password-set', data: { personId } })];
    });
  }

  /** Every login of the person ends in the same transaction. */
  async disable(personId: string, reason: string): Promise<void> {
    await this.#change(personId, () => [
      said({ type: 'person.disabled', data: { personId, reason } }),
      ...this.#authentication.endAllOf(personId),
    ]);
  }

  async #change(personId: string, entries: () => ReturnType<typeof said>[]): Promise<void> {
    await this.#parts.journal.transact((deciding) => {
      if (ownValue(deciding.stateOf(branchState).people, personId) === undefined) throw new CounterdError('CD_AUTH_PERSON', personId);
      return { entries: entries(), result: undefined };
    });
  }
}
