/**
 * Who armed, who disarmed. The panel tells it in two lines - 652 and 700/701, 655 and 750/751 - whose order the
 * guide does not state. Whichever comes first waits a moment for the other, and one event tells both.
 */
import type { ArmMode } from '../words.ts';
import { partitionIn } from './picture.ts';
import type { Pair, Turn, Who } from './turn.ts';

const PAIR_MS = 2_000;

/** 652 turned a partition that was not armed into an armed one. */
export function sawArmed(turn: Turn, partition: number, mode: ArmMode | undefined): void {
  join(turn, partition, { kind: 'closing', hasState: true, mode, who: undefined });
}

/** 700 or 701. */
export function sawClosing(turn: Turn, partition: number, who: Who): void {
  join(turn, partition, { kind: 'closing', hasState: false, mode: undefined, who });
}

/** 655 ended an armed state, a delay or an alarm. */
export function sawDisarmed(turn: Turn, partition: number): void {
  join(turn, partition, { kind: 'opening', hasState: true, mode: undefined, who: undefined });
}

/** 750 or 751. */
export function sawOpening(turn: Turn, partition: number, who: Who): void {
  join(turn, partition, { kind: 'opening', hasState: false, mode: undefined, who });
}

/** Tells what is known of a pair whose other half did not come in time. */
export function flushPair(turn: Turn, partition: number): void {
  const pair = turn.state.pairs[partition];
  if (pair === undefined) return;
  forget(turn, partition);
  tell(turn, partition, pair);
}

function join(turn: Turn, partition: number, half: Pair): void {
  if (turn.state.pairs[partition]?.kind !== half.kind) flushPair(turn, partition);
  const known = turn.state.pairs[partition];
  const pair: Pair = {
    kind: half.kind,
    hasState: half.hasState || known?.hasState === true,
    mode: half.mode ?? known?.mode,
    who: half.who ?? known?.who,
  };
  if (pair.hasState && pair.who !== undefined) {
    forget(turn, partition);
    turn.disarm(`pair:${partition}`);
    tell(turn, partition, pair);
    return;
  }
  turn.set({ pairs: { ...turn.state.pairs, [partition]: pair } });
  turn.arm(`pair:${partition}`, PAIR_MS);
}

function forget(turn: Turn, partition: number): void {
  const pairs = Object.fromEntries(Object.entries(turn.state.pairs).filter(([key]) => key !== String(partition)));
  turn.set({ pairs });
}

function tell(turn: Turn, partition: number, pair: Pair): void {
  if (pair.kind === 'opening') {
    turn.emit('partition-disarmed', { partition, ...pair.who });
    return;
  }
  const mode = pair.mode ?? partitionIn(turn.picture, partition).mode;
  turn.emit('partition-armed', { partition, ...(mode === undefined ? {} : { mode }), ...pair.who });
}
