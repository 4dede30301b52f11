/**
 * Who armed, who disarmed. The panel tells it in two lines - 652 and 700/701, 655 and 750/751 - whose order the
 * guide does not state. Whichever comes first waits a moment for the other, and one event tells both.
 */
import { mistrust } from './line.ts';
import { partitionIn, partitionWords, type PartitionPicture } from './picture.ts';
import type { Pair, Turn, Who } from './turn.ts';

const PAIR_MS = 2_000;

/**
 * 652 turned a partition that was not armed into an armed one. Without an exit delay before and a 700 or 701 beside
 * it, the arming may be long past - a bell that ends tells 652 too - and is told as a difference.
 */
export function sawArmed(turn: Turn, partition: number, was: PartitionPicture): void {
  const unforeseenFrom = was.state === 'exitDelay' ? undefined : partitionWords(was);
  join(turn, partition, { ...half, kind: 'closing', hasState: true, unforeseenFrom, mode: partitionIn(turn.picture, partition).mode });
}

/** 700 or 701. */
export function sawClosing(turn: Turn, partition: number, who: Who): void {
  join(turn, partition, { ...half, kind: 'closing', who });
}

/** 655 ended an armed state, a delay or an alarm. */
export function sawDisarmed(turn: Turn, partition: number): void {
  join(turn, partition, { ...half, kind: 'opening', hasState: true });
}

/** 750 or 751. */
export function sawOpening(turn: Turn, partition: number, who: Who): void {
  join(turn, partition, { ...half, kind: 'opening', who });
}

/** Tells what is known of a pair whose other half did not come in time. */
export function flushPair(turn: Turn, partition: number): void {
  const pair = turn.state.pairs[partition];
  if (pair === undefined) return;
  forget(turn, partition);
  tell(turn, partition, pair);
}

const half: Omit<Pair, 'kind'> = { hasState: false, unforeseenFrom: undefined, mode: undefined, who: undefined };

function join(turn: Turn, partition: number, heard: Pair): void {
  if (turn.state.pairs[partition]?.kind !== heard.kind) flushPair(turn, partition);
  const known = turn.state.pairs[partition];
  const pair: Pair = {
    kind: heard.kind,
    hasState: heard.hasState || known?.hasState === true,
    unforeseenFrom: heard.unforeseenFrom ?? known?.unforeseenFrom,
    mode: heard.mode ?? known?.mode,
    who: heard.who ?? known?.who,
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
  const is = partitionIn(turn.picture, partition);
  if (pair.who === undefined && pair.unforeseenFrom !== undefined) {
    const differences = [{ subject: 'partition' as const, number: partition, was: pair.unforeseenFrom, is: partitionWords(is) }];
    turn.emit('resynchronised', { reason: 'damaged', isComplete: false, differences });
    mistrust(turn);
    return;
  }
  const mode = pair.mode ?? is.mode;
  turn.emit('partition-armed', { partition, ...(mode === undefined ? {} : { mode }), ...pair.who });
}
