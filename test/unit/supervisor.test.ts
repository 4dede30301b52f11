import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { errorCatalog } from '../../drivers/kit/error-catalog.ts';
import { errorEntry, type ErrorCode } from '../../drivers/kit/errors.ts';
import {
  ABSENT_LOOK_MS,
  BACKOFF_MAX_MS,
  backoffMs,
  initialSupervision,
  supervise,
  type SupervisorEffect,
  type SupervisorInput,
  type SupervisorState,
} from '../../daemon/devices/supervisor.ts';

const moment = { nowMs: 1_000_000, jitter: 0.5 };

/** Runs inputs from the start; the state they lead to and the effects of the last. */
function after(...inputs: readonly SupervisorInput[]): { readonly state: SupervisorState; readonly effects: readonly SupervisorEffect[] } {
  let state = initialSupervision;
  let effects: readonly SupervisorEffect[] = [];
  for (const input of inputs) [state, effects] = supervise(state, input, moment);
  return { state, effects };
}

const start: SupervisorInput = { kind: 'start' };
const opened: SupervisorInput = { kind: 'opened' };
const identified: SupervisorInput = { kind: 'identified' };
const retry: SupervisorInput = { kind: 'timer', timer: 'retry' };
const openFailed = (code: ErrorCode): SupervisorInput => ({ kind: 'open-failed', code });
const lost: SupervisorInput = { kind: 'link-ended', code: 'CD_LINK_LOST' };

describe('supervision', () => {
  it('opens, identifies, is online', () => {
    expect(after(start).effects).toContainEqual({ kind: 'open' });
    expect(after(start, opened).state.phase).toEqual({ phase: 'identifying', attempt: 1 });
    expect(after(start, opened, identified).state.phase).toEqual({ phase: 'online', sinceMs: moment.nowMs });
  });

  it('looks again every two seconds for a device that is not there, without a word', () => {
    const { state, effects } = after(start, openFailed('CD_LINK_NOT_FOUND'));
    expect(state.phase).toEqual({ phase: 'absent', because: 'CD_LINK_NOT_FOUND' });
    expect(effects).toContainEqual({ kind: 'arm', timer: 'retry', ms: ABSENT_LOOK_MS });
    const looking = after(start, openFailed('CD_LINK_NOT_FOUND'), retry, openFailed('CD_LINK_NOT_FOUND'));
    expect(looking.state.phase.phase).toBe('absent');
    expect(looking.effects.filter(({ kind }) => kind === 'say')).toEqual([]);
    expect(after(start, openFailed('CD_LINK_NOT_FOUND'), retry, opened).state.phase.phase).toBe('identifying');
  });

  it('starts counting tries again only after a device was steadily online', () => {
    const flapping = after(start, openFailed('CD_LINK_BUSY'), retry, opened, identified, lost);
    expect(flapping.state.phase).toMatchObject({ phase: 'waiting', attempt: 2 });
    const steady = after(start, openFailed('CD_LINK_BUSY'), retry, opened, identified, { kind: 'timer', timer: 'steady' }, lost);
    expect(steady.state.phase).toMatchObject({ phase: 'waiting', attempt: 1 });
  });

  it('quarantines where trying again can never help, and waits the longest where a person must act', () => {
    for (const code of Object.keys(errorCatalog) as ErrorCode[]) {
      const { phase } = after(start, opened, { kind: 'given-up', code }).state;
      const { retry: isRetried, fault } = errorEntry(code);
      if (code === 'CD_LINK_NOT_FOUND') expect(phase.phase, code).toBe('absent');
      else if (isRetried === 'never') expect(phase, code).toEqual({ phase: 'quarantined', because: code });
      else if (isRetried === 'after-operator' || fault === 'config')
        expect(phase, code).toMatchObject({ untilMs: moment.nowMs + BACKOFF_MAX_MS });
      else expect(phase, code).toMatchObject({ phase: 'waiting', untilMs: moment.nowMs + 500 });
    }
  });

  it('never gives a transport or a driver more than its limit', () => {
    expect(after(start, { kind: 'timer', timer: 'open-limit' }).state.phase).toMatchObject({ phase: 'waiting', because: 'CD_LINK_FAILED' });
    expect(after(start, opened, { kind: 'timer', timer: 'identify-limit' }).state.phase).toMatchObject({ because: 'CD_DEVICE_NO_ANSWER' });
  });

  it('doubles its patience to a minute, a fifth more or less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 0.999_999, noNaN: true }), (attempt, jitter) => {
        const wholeMs = Math.min(500 * 2 ** Math.min(attempt - 1, 30), BACKOFF_MAX_MS);
        const ms = backoffMs(attempt, 'CD_LINK_LOST', jitter);
        expect(ms).toBeGreaterThanOrEqual(Math.floor(wholeMs * 0.8));
        expect(ms).toBeLessThanOrEqual(Math.ceil(wholeMs * 1.2));
      }),
    );
  });

  it('speaks of tries 1, 2, 4, 8 … and of every new reason', () => {
    let state = after(start).state;
    const said: number[] = [];
    const feed = (input: SupervisorInput): void => {
      const [next, effects] = supervise(state, input, moment);
      state = next;
      for (const effect of effects) if (effect.kind === 'say' && effect.phase.phase === 'waiting') said.push(effect.phase.attempt);
    };
    for (let i = 0; i < 70; i++) {
      feed(openFailed(i === 20 ? 'CD_LINK_BUSY' : 'CD_LINK_REFUSED'));
      feed(retry);
    }
    expect(said).toEqual([1, 2, 4, 8, 16, 21, 22, 32, 64]);
  });
});

const code = fc.constantFrom<ErrorCode>(
  'CD_LINK_LOST',
  'CD_LINK_NOT_FOUND',
  'CD_DEVICE_WRONG_IDENTITY',
  'CD_LINK_FORBIDDEN',
  'CD_DEVICE_NO_ANSWER',
  'CD_BUG',
);
const input: fc.Arbitrary<SupervisorInput> = fc.oneof(
  fc.constantFrom<SupervisorInput>(start, { kind: 'stop' }, { kind: 'reconnect' }, opened, identified),
  code.map((each): SupervisorInput => ({ kind: 'open-failed', code: each })),
  code.map((each): SupervisorInput => ({ kind: 'given-up', code: each })),
  code.map((each): SupervisorInput => ({ kind: 'link-ended', code: each })),
  fc.constantFrom('retry', 'open-limit', 'identify-limit', 'steady').map((timer) => ({ kind: 'timer', timer }) as const),
);

describe('supervision under any sequence of inputs', () => {
  it('always has a way on: a timer, a link, or a person', () => {
    fc.assert(
      fc.property(fc.array(input, { maxLength: 80 }), (inputs) => {
        let state = initialSupervision;
        const armed = new Set<string>();
        let isOpening = false;
        for (const each of inputs) {
          // News only comes from what is there: a timer that is armed, a link that is being opened.
          if (each.kind === 'timer' && !armed.delete(each.timer)) continue;
          if ((each.kind === 'opened' || each.kind === 'open-failed') && !isOpening) continue;
          if (each.kind === 'opened' || each.kind === 'open-failed') isOpening = false;
          const [next, effects] = supervise(state, each, moment);
          state = next;
          for (const effect of effects) {
            if (effect.kind === 'arm') armed.add(effect.timer);
            else if (effect.kind === 'disarm') armed.delete(effect.timer);
            else if (effect.kind === 'open') isOpening = true;
            else if (effect.kind === 'close') isOpening = false;
          }
          const { phase } = state.phase;
          if (phase === 'waiting') expect(armed.has('retry')).toBe(true);
          if (phase === 'absent') expect(armed.has('retry') || armed.has('open-limit')).toBe(true);
          if (phase === 'opening') expect(armed.has('open-limit') && isOpening).toBe(true);
          if (phase === 'identifying') expect(armed.has('identify-limit')).toBe(true);
          if (phase === 'stopped' || phase === 'quarantined') expect([...armed]).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});
