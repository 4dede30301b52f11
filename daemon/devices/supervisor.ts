/**
 * Supervision of one device as a pure function: when to open, when to give up, how long to wait, when waiting
 * cannot help. Time and chance are arguments; `device.ts` does what the effects say.
 *
 *   stopped ──start──> opening ──opened──> identifying ──ready──> online
 *                        │ nothing there      │ gives up             │ link lost
 *                        v                    v                      v
 *                      absent               waiting (back-off, because) ──> opening …
 *                                           quarantined: retrying cannot help; a person says `reconnect`
 *
 * - `absent` looks again every two seconds, so a device that is plugged in is found without a restart.
 * - `waiting` doubles from half a second to a minute, each time a random fifth more or less, so that sixteen
 *   devices behind one dead serial server do not come back in one instant. What a person must put right waits
 *   the longest at once. The count starts again after ten steady seconds online.
 */
import { errorEntry, type ErrorCode } from '../../drivers/kit/errors.ts';

export type DevicePhase =
  | { readonly phase: 'stopped' }
  | { readonly phase: 'absent'; readonly because: ErrorCode }
  | { readonly phase: 'opening'; readonly attempt: number }
  | { readonly phase: 'identifying'; readonly attempt: number }
  | { readonly phase: 'online'; readonly sinceMs: number }
  | { readonly phase: 'waiting'; readonly attempt: number; readonly untilMs: number; readonly because: ErrorCode }
  | { readonly phase: 'quarantined'; readonly because: ErrorCode };

export interface SupervisorState {
  readonly phase: DevicePhase;
  /** Tries since the device was last online for a while; the next try is `attempt` + 1. */
  readonly attempt: number;
  /** What was last said aloud: repeated tries are not, see `isNews`. */
  readonly said: DevicePhase;
}

export type SupervisorTimer = 'retry' | 'open-limit' | 'identify-limit' | 'steady';

export type SupervisorInput =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  /** A person, or the operating system's news of a device, asks for a try now. */
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'open-failed'; readonly code: ErrorCode }
  | { readonly kind: 'identified' }
  /** The driver sees no use in this link, or cannot go on. */
  | { readonly kind: 'given-up'; readonly code: ErrorCode }
  | { readonly kind: 'link-ended'; readonly code: ErrorCode }
  | { readonly kind: 'timer'; readonly timer: SupervisorTimer };

export type SupervisorEffect =
  /** Opens a link; ends as `opened` or `open-failed`. */
  | { readonly kind: 'open' }
  /** Closes the link, or gives up opening one. No input follows from it. */
  | { readonly kind: 'close' }
  | { readonly kind: 'arm'; readonly timer: SupervisorTimer; readonly ms: number }
  | { readonly kind: 'disarm'; readonly timer: SupervisorTimer }
  /** The phase is worth an entry. */
  | { readonly kind: 'say'; readonly phase: DevicePhase };

/** What a step may know of the world. */
export interface Moment {
  readonly nowMs: number;
  /** Random, in [0, 1). */
  readonly jitter: number;
}

export const BACKOFF_MIN_MS = 500;
export const BACKOFF_MAX_MS = 60_000;
export const ABSENT_LOOK_MS = 2_000;
/** Only against transports and drivers that never answer at all; their own limits are shorter. */
export const OPEN_LIMIT_MS = 30_000;
export const IDENTIFY_LIMIT_MS = 60_000;
export const STEADY_MS = 10_000;

const STOPPED: DevicePhase = { phase: 'stopped' };
export const initialSupervision: SupervisorState = { phase: STOPPED, attempt: 0, said: STOPPED };

type Step = readonly [SupervisorState, readonly SupervisorEffect[]];

/** One step. Inputs that make no sense in a phase - news of a link that is gone - change nothing. */
export function supervise(state: SupervisorState, input: SupervisorInput, moment: Moment): Step {
  switch (input.kind) {
    case 'start':
      return state.phase.phase === 'stopped' ? open({ ...state, attempt: 0 }) : [state, []];
    case 'stop':
      return state.phase.phase === 'stopped' ? [state, []] : enter({ ...state, attempt: 0 }, STOPPED, [...quiet, { kind: 'close' }]);
    case 'reconnect':
      return isResting(state.phase) ? open({ ...state, attempt: 0 }) : [state, []];
    case 'opened':
      return opened(state);
    case 'open-failed':
      return isTrying(state.phase) ? failed(state, input.code, moment) : [state, []];
    case 'identified':
      return identified(state, moment);
    case 'given-up':
      return isTrying(state.phase) || isLinked(state.phase) ? failed(state, input.code, moment) : [state, []];
    case 'link-ended':
      return isLinked(state.phase) ? failed(state, input.code, moment) : [state, []];
    case 'timer':
      return timedOut(state, input.timer, moment);
  }
}

/** How long to wait before try `attempt` + 1. */
export function backoffMs(attempt: number, code: ErrorCode, jitter: number): number {
  const { fault, retry } = errorEntry(code);
  const needsPerson = fault === 'config' || retry === 'after-operator';
  const doubled = needsPerson ? BACKOFF_MAX_MS : BACKOFF_MIN_MS * 2 ** Math.min(attempt - 1, 20);
  return Math.round(Math.min(doubled, BACKOFF_MAX_MS) * (0.8 + 0.4 * jitter));
}

const quiet: readonly SupervisorEffect[] = (['retry', 'open-limit', 'identify-limit', 'steady'] as const).map((timer) => ({
  kind: 'disarm',
  timer,
}));

const isResting = ({ phase }: DevicePhase): boolean => phase === 'absent' || phase === 'waiting' || phase === 'quarantined';
/** `absent` keeps its name while it looks. */
const isTrying = ({ phase }: DevicePhase): boolean => phase === 'opening' || phase === 'absent';
const isLinked = ({ phase }: DevicePhase): boolean => phase === 'identifying' || phase === 'online';

function open(state: SupervisorState): Step {
  const attempt = state.attempt + 1;
  const tries: SupervisorEffect[] = [...quiet, { kind: 'open' }, { kind: 'arm', timer: 'open-limit', ms: OPEN_LIMIT_MS }];
  return enter({ ...state, attempt }, { phase: 'opening', attempt }, tries);
}

function opened(state: SupervisorState): Step {
  if (!isTrying(state.phase)) return [state, []];
  const attempt = Math.max(1, state.attempt);
  return enter({ ...state, attempt }, { phase: 'identifying', attempt }, [
    ...quiet,
    { kind: 'arm', timer: 'identify-limit', ms: IDENTIFY_LIMIT_MS },
  ]);
}

function identified(state: SupervisorState, { nowMs }: Moment): Step {
  if (state.phase.phase !== 'identifying') return [state, []];
  return enter(state, { phase: 'online', sinceMs: nowMs }, [...quiet, { kind: 'arm', timer: 'steady', ms: STEADY_MS }]);
}

function failed(state: SupervisorState, code: ErrorCode, { nowMs, jitter }: Moment): Step {
  const ends: readonly SupervisorEffect[] = [...quiet, { kind: 'close' }];
  if (code === 'CD_LINK_NOT_FOUND') {
    return enter({ ...state, attempt: 0 }, { phase: 'absent', because: code }, [
      ...ends,
      { kind: 'arm', timer: 'retry', ms: ABSENT_LOOK_MS },
    ]);
  }
  if (errorEntry(code).retry === 'never') return enter({ ...state, attempt: 0 }, { phase: 'quarantined', because: code }, ends);
  const attempt = Math.max(1, state.attempt);
  const ms = backoffMs(attempt, code, jitter);
  return enter({ ...state, attempt }, { phase: 'waiting', attempt, untilMs: nowMs + ms, because: code }, [
    ...ends,
    { kind: 'arm', timer: 'retry', ms },
  ]);
}

function timedOut(state: SupervisorState, timer: SupervisorTimer, moment: Moment): Step {
  const { phase } = state.phase;
  if (timer === 'steady' && phase === 'online') return [{ ...state, attempt: 0 }, []];
  if (timer === 'open-limit' && isTrying(state.phase)) return failed(state, 'CD_LINK_FAILED', moment);
  if (timer === 'identify-limit' && phase === 'identifying') return failed(state, 'CD_DEVICE_NO_ANSWER', moment);
  if (timer !== 'retry') return [state, []];
  if (phase === 'waiting') return open(state);
  if (phase === 'absent') return [state, [{ kind: 'open' }, { kind: 'arm', timer: 'open-limit', ms: OPEN_LIMIT_MS }]];
  return [state, []];
}

function enter(state: SupervisorState, phase: DevicePhase, effects: readonly SupervisorEffect[]): Step {
  if (!isNews(state.said, phase)) return [{ ...state, phase }, effects];
  return [{ ...state, phase, said: phase }, [...effects, { kind: 'say', phase }]];
}

/**
 * A device that is off all night is tried more than a thousand times. Said are tries 1, 2, 4, 8 … and every
 * change of the reason; the phase itself is always up to date.
 */
function isNews(said: DevicePhase, next: DevicePhase): boolean {
  if (next.phase === 'absent' || next.phase === 'quarantined') return said.phase !== next.phase || said.because !== next.because;
  if (next.phase === 'waiting' && said.phase === 'waiting' && said.because !== next.because) return true;
  return 'attempt' in next ? Number.isInteger(Math.log2(next.attempt)) : true;
}
