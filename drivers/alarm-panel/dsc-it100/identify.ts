/** From an open line to an online panel: 000, a quarter of a second, 001, and what comes back decides. */
import type { ErrorCode } from '../../kit/errors.ts';
import type { Frame } from './frames.ts';
import { emptyPicture, withEveryZone } from './picture.ts';
import { initialState, type Turn } from './turn.ts';

/** Field experience: the first command after opening is often lost in line noise, so a poll goes first. */
const SETTLE_MS = 250;
/** After power-up the module may tell its defaults - ready, closed - for this long (guide). */
const POWER_UP_MS = 300_000;
/** Junk alone, more of it than a port's noise and a spoilt line, and not one good line: another device, or another speed. */
const FOREIGN_BYTES = 20;

/** A new link: nothing believed is fresh, and the module may have been powered up a moment ago. */
export function beginLink(turn: Turn): void {
  const { picture } = turn.state;
  turn.set({
    ...initialState,
    phase: 'settling',
    picture: picture === emptyPicture ? picture : withEveryZone({ ...picture, isSettled: false, isFresh: false }, { isVerified: false }),
    setup: setupOf(turn),
  });
  turn.send('000');
  turn.arm('settle', SETTLE_MS);
}

/**
 * What is asked of the module once it is known: its clock broadcast, and its labels if none are known. Labels come as lines of their
 * own after the acknowledgement; orders wait until they are through.
 */
function setupOf({ options: { hasTimeBroadcast }, state: { picture } }: Turn): readonly Frame[] {
  const broadcast = hasTimeBroadcast === undefined ? [] : [{ code: '056', data: hasTimeBroadcast ? '1' : '0' }];
  const hasLabels = Object.keys(picture.labels).length > 0;
  return hasLabels ? broadcast : [...broadcast, { code: '002', data: '' }];
}

/** The module said its version, or enough else to be believed. */
export function recognise(turn: Turn, version: string | undefined): void {
  if (turn.state.phase === 'online') return;
  turn.set({ phase: 'online' });
  const firmware = version === undefined ? undefined : firmwareOf(version);
  turn.ready({ maker: 'DSC', model: 'IT-100', ...(firmware === undefined ? {} : { firmware }) });
  beginPowerUpTime(turn);
}

/** From now on for five minutes nothing a snapshot tells is verified. */
export function beginPowerUpTime(turn: Turn): void {
  turn.paint(withEveryZone({ ...turn.picture, isSettled: false }, { isVerified: false }));
  turn.arm('verify', POWER_UP_MS);
}

/** VVSSXX: version and sub-version; the last two are reserved. */
export function learnFirmware(turn: Turn, version: string): void {
  const firmware = firmwareOf(version);
  if (turn.picture.firmware !== firmware) turn.paint({ ...turn.picture, firmware });
}

/** Nobody answered as an IT-100 does: nobody is there, or somebody else is. */
export function strangerCode(turn: Turn): ErrorCode {
  const { goodFrames, junkBytes } = turn.state;
  return goodFrames === 0 && junkBytes >= FOREIGN_BYTES ? 'CD_DEVICE_WRONG_IDENTITY' : 'CD_DEVICE_NO_ANSWER';
}

/** 505 greets on a network module, which wants a password and has other commands: not this model. */
export function isStranger({ code }: Frame): boolean {
  return code === '505';
}

function firmwareOf(version: string): string {
  return `${version.slice(0, 2)}.${version.slice(2, 4)}`;
}
