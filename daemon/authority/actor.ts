import type { Role } from '../contract/index.ts';

/** A person with a valid login, as every decision sees them. */
export interface Actor {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly loginId: string;
  /** Where they are signed in. */
  readonly positionId?: string;
  /** They are on temporary leave: nothing but coming back is possible (P-6). */
  readonly isLeft: boolean;
  /** UTC; the latest moment this login can last to. */
  readonly expiresAt: string;
}

/** Who did it, for the entries. */
export function stampOf(
  actor: Pick<Actor, 'personId' | 'positionId'>,
  commandId?: string,
): { actor: string; position?: string; cause?: string } {
  return {
    actor: actor.personId,
    ...(actor.positionId === undefined ? {} : { position: actor.positionId }),
    ...(commandId === undefined ? {} : { cause: commandId }),
  };
}
