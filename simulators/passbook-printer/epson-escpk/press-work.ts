/** The machine at work: takes bytes as fast as the line brings them, strikes as fast as the head goes. */
import { blankPaper, readLines, withInk, type Mark } from '../../world/paper.ts';
import { dequeue, enqueue } from '../byte-queue.ts';
import { interpret } from '../escp/interpret.ts';
import type { PrinterAction } from '../escp/printer-action.ts';
import { mediumOf, removeMedium, strikeOn } from '../paper-path.ts';
import { isOnline, truth, type PressEffect, type PressState, type PressStep } from './press-state.ts';

const TICK_MS = 20;
/** 200 characters a second. */
const MARKS_PER_TICK = 4;
const BYTES_PER_TICK = 64;
/** Free bytes at which the host is stopped and let go again (SQ-850 manual). */
const XOFF_FREE_BYTES = 256;
const XON_FREE_BYTES = 512;

/** One byte came. A full buffer loses it, and asked the host to stop long before. */
export function receiveByte(state: PressState, byte: number): PressStep {
  if (!state.isPowered) return [state, []];
  if (state.received.count >= state.bufferBytes) {
    return [{ ...state, hasOverflowed: true }, state.hasOverflowed ? [] : [truth('buffer-overflowed')]];
  }
  const received = enqueue(state.received, byte);
  const isFull = !state.isHostPaused && received.count >= state.bufferBytes - XOFF_FREE_BYTES;
  const next = { ...state, received, isHostPaused: state.isHostPaused || isFull };
  return goOn(next, isFull ? [{ kind: 'send', frame: 'xoff' }] : []);
}

/** Sees to it that the machine works while there is work it can do. */
export function goOn(state: PressState, effects: readonly PressEffect[] = []): PressStep {
  const hasWork = state.work.length > 0 || state.received.count > 0;
  if (state.isTicking || !hasWork || !isOnline(state)) return [state, effects];
  return [{ ...state, isTicking: true }, [...effects, { kind: 'arm', timer: 'tick', ms: TICK_MS }]];
}

/** 20 milliseconds of work: a few marks, or reading on until there is something to strike. */
export function workOneTick(ticked: PressState): PressStep {
  let state: PressState = { ...ticked, isTicking: false };
  const effects: PressEffect[] = [];
  if (!isOnline(state)) return [state, effects];
  if (state.work.length === 0) {
    const taken = dequeue(state.received, BYTES_PER_TICK);
    const read = interpret(state.interpreter, taken.bytes);
    state = { ...state, received: taken.rest, interpreter: read.state, work: read.actions };
    if (state.isHostPaused && state.received.count <= state.bufferBytes - XON_FREE_BYTES) {
      state = { ...state, isHostPaused: false, hasOverflowed: false };
      effects.push({ kind: 'send', frame: 'xon' });
    }
  } else {
    const [next, done] = workOn(state, state.work[0]);
    state = next;
    effects.push(...done);
  }
  return goOn(state, effects);
}

function workOn(state: PressState, action: PrinterAction | undefined): PressStep {
  switch (action?.kind) {
    case 'strike':
      return strikeSome(state, action.marks);
    case 'eject':
      return [{ ...workDone(state), path: removeMedium(state.path) }, [truth('medium-ejected', mediumOf(state))]];
    case 'bell':
      return [{ ...workDone(state), bellCount: state.bellCount + 1 }, [truth('bell-rung')]];
    case 'ignored':
      return [workDone(state), [truth('command-ignored', { what: action.what })]];
    case undefined:
      return [state, []];
  }
}

function strikeSome(state: PressState, marks: readonly Mark[]): PressStep {
  const { path, struck, missed } = strikeOn(state, marks, MARKS_PER_TICK);
  if (struck < marks.length) return [{ ...state, path, missed, struck }, []];
  const inked = truth('line-struck', { ...mediumOf(state), text: textOf(marks) });
  const lost = missed > 0 ? [truth('ink-missed', { ...mediumOf(state), count: missed })] : [];
  return [{ ...workDone(state), path }, [inked, ...lost]];
}

function workDone(state: PressState): PressState {
  return { ...state, work: state.work.slice(1), struck: 0, missed: 0 };
}

/** A line that stops in the middle: what is on the paper stays, the rest is dropped. */
export function dropWork(state: PressState, because: string): PressStep {
  const [first] = state.work;
  const isCut = first?.kind === 'strike' && state.struck > 0;
  const cut = isCut
    ? [truth('line-cut-short', { ...mediumOf(state), because, struck: state.struck, of: first.marks.length, text: textOf(first.marks) })]
    : [];
  return [{ ...state, work: [], struck: 0, missed: 0 }, cut];
}

function textOf(marks: readonly Mark[]): string {
  const sheet = marks.filter((mark) => mark.kind === 'glyph').reduce(withInk, blankPaper({ widthMm: 1, heightMm: 1 }));
  return readLines(sheet)
    .map(({ text }) => text)
    .join('\n');
}
