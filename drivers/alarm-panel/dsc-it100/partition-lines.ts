/** What one partition line says about the partition, given what was believed. Shared by events and snapshots. */
import { modeOf, partitionIn, type PartitionPicture, type Picture } from './picture.ts';
import { partitionOf, type Frame } from './frames.ts';

/** The codes that tell a partition's state, alone or in a snapshot. */
export const partitionLines: ReadonlySet<string> = new Set(['650', '651', '652', '653', '654', '655', '656', '657']);

/**
 * The change a live partition line makes, or `contradiction` when it cannot follow what was believed: then a line
 * was lost, and only a snapshot can tell what is true.
 * An alarm outlives its bell: the 650 or 652 at the end of the bell time only ends the sounding.
 */
export function liveChange(picture: Picture, { code, data }: Frame): Partial<PartitionPicture> | 'contradiction' {
  const was = partitionIn(picture, partitionOf(data) ?? 0);
  switch (code) {
    case '650':
    case '651':
    case '653':
      return readiness(was, code);
    case '652':
      return was.state === 'alarm'
        ? { isSounding: false, isLockedOut: false, mode: modeOf(data.slice(1)) }
        : { ...notReady, state: 'armed', mode: modeOf(data.slice(1)), isSounding: false, isLockedOut: false };
    case '654':
      return { state: 'alarm', isSounding: true };
    case '655':
      return { ...notReady, state: 'disarmed', mode: undefined, isSounding: false, isLockedOut: false };
    case '656':
      return { ...notReady, state: 'exitDelay', mode: undefined, isSounding: false, isLockedOut: false };
    case '657':
      return was.isSounding ? {} : { state: 'entryDelay' };
    default:
      return {};
  }
}

/** The state a snapshot's partition line stands for. `mode` of a delay or an alarm is not in it: the known one stays. */
export function snapshotChange(picture: Picture, { code, data }: Frame): Partial<PartitionPicture> {
  const partition = partitionOf(data) ?? 0;
  const was = partitionIn(picture, partition);
  const isAlarmHeld = was.state === 'alarm' && picture.hasAlarmMemory && partition === 1;
  switch (code) {
    case '652': {
      const mode = modeOf(data.slice(1));
      const state = isAlarmHeld && was.mode !== undefined ? 'alarm' : 'armed';
      return { ...notReady, state, mode, isSounding: false, isLockedOut: false };
    }
    case '654':
      return { state: 'alarm', isSounding: true };
    case '656':
      return { ...notReady, state: 'exitDelay', mode: undefined, isSounding: false };
    case '657':
      return { state: 'entryDelay', isSounding: false };
    default: {
      const state = isAlarmHeld && was.mode === undefined && code !== '655' ? 'alarm' : 'disarmed';
      return { ...(code === '655' ? notReady : readyFlags(code)), state, mode: undefined, isSounding: false, isLockedOut: false };
    }
  }
}

/** Ready is a word for disarmed partitions; a 650 follows every 655. */
const notReady = { isReady: false, canForceArm: false };

function readiness(was: PartitionPicture, code: string): Partial<PartitionPicture> | 'contradiction' {
  const flags = readyFlags(code);
  switch (was.state) {
    case 'disarmed':
      return { ...flags, isLockedOut: false };
    case 'unknown':
      return { ...flags, state: 'disarmed' };
    case 'alarm':
      return was.mode === undefined ? { ...flags, isSounding: false } : 'contradiction';
    case 'exitDelay':
    case 'armed':
    case 'entryDelay':
      return 'contradiction';
  }
}

function readyFlags(code: string): Pick<PartitionPicture, 'isReady' | 'canForceArm'> {
  return { isReady: code === '650', canForceArm: code === '653' };
}
