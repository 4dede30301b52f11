import { randomBytes, randomInt } from 'node:crypto';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { branchState } from '../registers/branch-state.ts';
import type { Actor } from './actor.ts';
import type { AuthorityParts } from './authentication.ts';
import { hashOf } from './logins.ts';
import { requireMay } from './policy.ts';
import { ownValue, said } from './said.ts';

/** Letters and digits that are not mistaken for one another on a screen. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
const CODE_MS = 5 * 60_000;
const CODES_MAX = 64;

interface Offer {
  readonly positionId: string;
  readonly untilMs: number;
}

/**
 * Customer displays: a screen without a person. Somebody at the position makes a code, the display types it
 * once and gets a token of its own, which opens the display's view and nothing else.
 */
export class Displays {
  readonly #parts: AuthorityParts;
  readonly #offers = new Map<string, Offer>();
  readonly #find;
  readonly #add;

  constructor(parts: AuthorityParts) {
    this.#parts = parts;
    this.#find = parts.sql.prepare<[string], { position_id: string }>('SELECT position_id FROM displays WHERE token_hash = ?');
    this.#add = parts.sql.prepare<[string, string, number]>('INSERT INTO displays VALUES (?, ?, ?)');
  }

  /** A code for one display, good once and for five minutes. Codes are kept in memory: after a restart make another. */
  offer(actor: Actor, positionId: string): { readonly code: string; readonly expiresAt: string } {
    if (ownValue(this.#parts.journal.stateOf(branchState).positions, positionId) === undefined)
      throw new CounterdError('CD_INPUT_NOT_FOUND', positionId);
    requireMay(actor, 'position.display', [actor.positionId === positionId ? 'own-position' : 'other-position']);
    this.#dropOld();
    const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)] ?? '').join('');
    const untilMs = this.#parts.clock.nowMs() + CODE_MS;
    this.#offers.set(code, { positionId, untilMs });
    return { code, expiresAt: new Date(untilMs).toISOString() };
  }

  /** Trades a code for a token. Throws CD_AUTH_DISPLAY. */
  async pair(code: string): Promise<{ readonly displayToken: string; readonly positionId: string }> {
    this.#dropOld();
    const given = code.trim().toUpperCase();
    const offer = this.#offers.get(given);
    if (offer === undefined) throw new CounterdError('CD_AUTH_DISPLAY');
    this.#offers.delete(given);
    const displayToken = randomBytes(32).toString('base64url');
    const { positionId } = offer;
    await this.#parts.journal.transact(() => {
      this.#add.run(hashOf(displayToken), positionId, this.#parts.clock.nowMs());
      return { entries: [said({ type: 'display.paired', data: { positionId } }, { position: positionId })], result: undefined };
    });
    return { displayToken, positionId };
  }

  positionOf(displayToken: string): string | undefined {
    return this.#find.get(hashOf(displayToken))?.position_id;
  }

  #dropOld(): void {
    const nowMs = this.#parts.clock.nowMs();
    for (const [code, { untilMs }] of this.#offers) {
      if (nowMs >= untilMs || this.#offers.size >= CODES_MAX) this.#offers.delete(code);
    }
  }
}
