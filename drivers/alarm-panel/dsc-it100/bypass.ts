/**
 * Bypassing zones by the virtual keypad (guide, appendix C). There is no command for it: the driver presses the
 * keys a person would press and reads the display a person would read.
 *
 *   058 1     the virtual keypad on; it is the keypad of partition 1
 *   * ^ 1 ^   the bypass menu; each key is followed by its break `^`
 *   code ^…   when the display asks "Enter Your Access Code"
 *   n n ^     two digits of a zone toggle it; the last character of the display line is B (bypassed) or a space
 *   # ^       leave
 *
 * Every key is acknowledged by 500 before the next. Toggling is blind until the display answers, so a zone is
 * pressed a second time only after its display line was read and shows the wrong state. A menu left open closes
 * by itself after about 30 seconds.
 */
import type { CommandId } from '../../kit/machine.ts';
import { done, failed, inDoubt, refused, type Outcome } from '../../kit/outcome.ts';
import { watched24Hours } from '../watched-24-hours.ts';
import { KEYPAD_PARTITION, type Frame } from './frames.ts';
import { ask } from './line.ts';
import { endTask } from './pledges.ts';
import { partitionIn, withZone } from './picture.ts';
import { refusalOf } from './refusals.ts';
import type { BypassProgress, CommandTask, Turn } from './turn.ts';

/** Time for the display to follow a key. */
const DISPLAY_MS = 4_000;

interface BypassArgs {
  readonly partition: number;
  readonly zones: readonly number[];
  readonly isBypassed: boolean;
}

/** A command on its way through the menu. */
type Walk = CommandTask & { readonly bypass: BypassProgress };

export function beginBypass(turn: Turn, id: CommandId, args: BypassArgs): void {
  const refusal = refusalBeforeKeys(turn, args);
  if (refusal !== undefined) {
    turn.settle(id, refusal);
    endTask(turn, id);
    return;
  }
  const { task } = turn.state;
  if (task?.kind !== 'command') return;
  const zones = [...new Set(args.zones)];
  keep(turn, {
    ...task,
    bypass: { keys: '*^1^', stage: 'entering', zones, pressesOfZone: 0, display: undefined, results: [], outcome: undefined },
  });
  ask(turn, { code: '058', data: '1' }, 2);
}

/** A key was acknowledged: the next one. */
export function bypassAcknowledged(turn: Turn, task: CommandTask): void {
  const walk = walkOf(task);
  if (walk !== undefined) pressNext(turn, walk);
}

/** A line while the menu is walked: display lines are read, errors end it. */
export function bypassHears(turn: Turn, task: CommandTask, { code, data }: Frame): void {
  const walk = walkOf(task);
  if (walk === undefined) return;
  if (code === '502') leave(turn, walk, refusedBy(walk.bypass, data));
  else if (code === '670' || code === '658') leave(turn, walk, refused('CD_PANEL_CODE', code));
  else if (code === '901') readDisplay(turn, walk, data.slice(5));
}

/** No acknowledgement or no display in time. Once a zone was pressed, its state is not known. */
export function bypassStalls(turn: Turn, task: CommandTask): void {
  const walk = walkOf(task);
  if (walk === undefined) return;
  if (walk.bypass.stage === 'leaving') finish(turn, walk);
  else leave(turn, walk, hasPressedZones(walk.bypass) ? inDoubt('CD_PROTOCOL_NO_ANSWER') : failed('CD_PROTOCOL_NO_ANSWER'));
}

function refusalBeforeKeys(turn: Turn, { partition, zones }: BypassArgs): Outcome | undefined {
  if (partition !== KEYPAD_PARTITION) return refused('CD_COMMAND_ARGS', 'the virtual keypad belongs to partition 1');
  const { state, mode } = partitionIn(turn.picture, partition);
  if (mode !== undefined || state === 'exitDelay') return refused('CD_PANEL_ALREADY_ARMED');
  const kindOf = (zone: number) => turn.options.zones?.find((entry) => entry.zone === zone)?.kind ?? 'other';
  if (zones.some((zone) => zone > 64 || watched24Hours.has(kindOf(zone))))
    return refused('CD_COMMAND_ARGS', 'a zone that may not be bypassed');
  return undefined;
}

function walkOf(task: CommandTask): Walk | undefined {
  return task.bypass === undefined ? undefined : { ...task, bypass: task.bypass };
}

const changed = (walk: Walk, change: Partial<BypassProgress>): Walk => ({ ...walk, bypass: { ...walk.bypass, ...change } });

function pressNext(turn: Turn, walk: Walk): void {
  const { keys, stage, display } = walk.bypass;
  const key = keys.slice(0, 1);
  if (key !== '') {
    const rest = keys.slice(1);
    // What the display shows from the last key of a row on is its answer; what it showed before is not.
    keep(turn, changed(walk, { keys: rest, display: rest === '^' ? undefined : display }));
    ask(turn, { code: '070', data: key });
    return;
  }
  keep(turn, walk);
  if (stage === 'leaving') finish(turn, walk);
  else if (display !== undefined) interpret(turn, walk, display);
  else turn.arm('task', DISPLAY_MS);
}

function readDisplay(turn: Turn, walk: Walk, text: string): void {
  const isAwaited = walk.bypass.stage !== 'leaving' && walk.bypass.keys === '' && turn.state.request === undefined;
  if (isAwaited) interpret(turn, walk, text);
  else keep(turn, changed(walk, { display: text }));
}

/** The display after the last key of a row. A text that is no answer is passed over; the time-out ends the wait. */
function interpret(turn: Turn, walk: Walk, text: string): void {
  if (walk.bypass.stage === 'toggling') {
    readZone(turn, walk, text.endsWith('B'));
  } else if (/access code/i.test(text)) {
    enterCode(turn, walk);
  } else if (/bypass|zone/i.test(text)) {
    toggle(turn, changed(walk, { stage: 'toggling' }));
  } else {
    keep(turn, changed(walk, { display: undefined }));
    turn.arm('task', DISPLAY_MS);
  }
}

function enterCode(turn: Turn, walk: Walk): void {
  const { code } = turn.options;
  if (code === undefined || walk.hasSentCode) {
    leave(turn, walk, refused('CD_PANEL_CODE', code === undefined ? 'the panel asks for a code and none is configured' : '901'));
    return;
  }
  pressNext(turn, changed({ ...walk, hasSentCode: true }, { keys: code.replace(/./g, '$&^') }));
}

function toggle(turn: Turn, walk: Walk): void {
  const zone = walk.bypass.zones[0];
  if (zone === undefined) {
    leave(turn, walk, outcomeOf(walk));
    return;
  }
  const [tens, units] = String(zone).padStart(2, '0');
  turn.disarm('task');
  pressNext(turn, changed(walk, { keys: `${tens ?? ''}^${units ?? ''}^`, pressesOfZone: walk.bypass.pressesOfZone + 1 }));
}

function readZone(turn: Turn, walk: Walk, isBypassed: boolean): void {
  const { zones, pressesOfZone, results } = walk.bypass;
  const [zone, ...rest] = zones;
  if (zone === undefined) return;
  if (isBypassed !== isWantedBypassed(walk) && pressesOfZone < 2) {
    toggle(turn, walk);
    return;
  }
  const wasBypassed = turn.picture.zones[zone]?.isBypassed ?? false;
  turn.paint(withZone(turn.picture, zone, { isBypassed }));
  if (wasBypassed !== isBypassed) turn.emit(isBypassed ? 'zone-bypassed' : 'zone-unbypassed', { zone, partition: KEYPAD_PARTITION });
  toggle(turn, changed(walk, { zones: rest, pressesOfZone: 0, results: [...results, { zone, isBypassed }] }));
}

function outcomeOf(walk: Walk): Outcome {
  const { results } = walk.bypass;
  const missed = results.filter(({ isBypassed }) => isBypassed !== isWantedBypassed(walk)).map(({ zone }) => String(zone));
  return missed.length === 0 ? done({ zones: results }) : failed('CD_DEVICE_REJECTED', `zones ${missed.join(', ')}`);
}

function isWantedBypassed({ command }: Walk): boolean {
  return command.name === 'bypass' && command.args.isBypassed;
}

function hasPressedZones({ pressesOfZone, results }: BypassProgress): boolean {
  return pressesOfZone > 0 || results.length > 0;
}

/** An error before any zone was pressed moved nothing. */
function refusedBy(bypass: BypassProgress, error: string): Outcome {
  const { code, words } = refusalOf(error);
  const detail = `${error} ${words}`;
  return hasPressedZones(bypass) ? inDoubt(code, detail) : refused(code, detail);
}

/**
 * Leaves the menu as a person would, then settles. A zone that was pressed and not read is taken for bypassed:
 * of the two mistakes that is the one that makes people look.
 */
function leave(turn: Turn, walk: Walk, outcome: Outcome): void {
  if (walk.bypass.stage === 'leaving') return;
  turn.disarm('task');
  const unread = walk.bypass.pressesOfZone > 0 ? walk.bypass.zones[0] : undefined;
  if (unread !== undefined) turn.paint(withZone(turn.picture, unread, { isBypassed: true }));
  const leaving = changed(walk, { stage: 'leaving', keys: '#^', outcome });
  if (turn.state.request === undefined) pressNext(turn, leaving);
  else keep(turn, leaving);
}

function finish(turn: Turn, { id, bypass }: Walk): void {
  turn.settle(id, bypass.outcome ?? inDoubt('CD_PROTOCOL_NO_ANSWER'));
  endTask(turn, id);
}

function keep(turn: Turn, task: CommandTask): void {
  turn.set({ task });
}
