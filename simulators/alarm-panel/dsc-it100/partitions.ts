/** Arming, disarming, delays and alarms of a partition. */
import { type Step, userDigits, zoneDigits } from './step.ts';
import type { Actor, Partition, ZoneWiring } from './panel.ts';

/** Zones of a partition that keep it from arming: open, not bypassed, and not watching 24 hours. */
export function openZones(step: Step, partition: number): readonly ZoneWiring[] {
  return step.panel.programming.zones.filter(
    ({ zone, type, partition: owner }) =>
      owner === partition && !isAlwaysOn(type) && step.isOpen(zone) && !step.panel.bypassed.includes(zone),
  );
}

/** `650` ready, `653` ready to force arm, `651` not ready. */
export function readyCode(step: Step, partition: number): '650' | '651' | '653' {
  const open = openZones(step, partition);
  if (open.length === 0) return '650';
  return open.every(({ canForceArm }) => canForceArm) ? '653' : '651';
}

export function isAlwaysOn(type: ZoneWiring['type']): boolean {
  return type === 'vault' || type === 'holdUp' || type === 'fire';
}

/** Starts the exit delay; false when the partition cannot be armed now. */
export function startArming(step: Step, partition: number, order: { readonly mode: number; readonly by: Actor }): boolean {
  const { phase, bellSecondsLeft } = step.partition(partition);
  if (phase !== 'disarmed' || bellSecondsLeft > 0 || readyCode(step, partition) === '651') return false;
  const { exitDelaySeconds } = step.panel.programming;
  const forced = openZones(step, partition).map(({ zone }) => zone);
  step.set({ bypassed: [...new Set([...step.panel.bypassed, ...forced])] });
  step.setPartition(partition, {
    phase: 'exit',
    mode: order.mode,
    armedBy: order.by,
    secondsLeft: exitDelaySeconds,
    hasMemory: false,
    isAlarmOpen: false,
  });
  step.tell('656', String(partition));
  step.truth('exit-delay', { partition, ...whoOf(order.by) });
  if (exitDelaySeconds === 0) finishArming(step, partition);
  return true;
}

/** End of the exit delay. A zone left open is an exit error: the panel says so and stays disarmed. */
export function finishArming(step: Step, partition: number): void {
  const { mode, armedBy } = step.partition(partition);
  const left = openZones(step, partition).filter(({ type }) => type !== 'interior');
  if (left.length > 0) {
    step.setPartition(partition, { phase: 'disarmed', secondsLeft: 0 });
    endBypass(step, partition);
    step.tell('672', String(partition));
    step.truth('failed-to-arm', { partition, zones: left.map(({ zone }) => zone) });
    forgetReady(step, partition);
    return;
  }
  step.setPartition(partition, { phase: 'armed', secondsLeft: 0 });
  const state = () => step.tell('652', `${String(partition)}${String(mode)}`);
  const who = () =>
    armedBy.userNumber === undefined
      ? step.tell('701', String(partition))
      : step.tell('700', String(partition) + userDigits(armedBy.userNumber));
  inOrder(step, who, state);
  if (bypassedIn(step, partition).length > 0) step.tell('702', String(partition));
  step.truth('armed', { partition, mode, ...whoOf(armedBy) });
}

/** Ends whatever runs: armed state, delays, alarm, bypasses. */
export function disarm(step: Step, partition: number, by: Actor): void {
  step.setPartition(partition, { phase: 'disarmed', secondsLeft: 0, bellSecondsLeft: 0, isAlarmOpen: false, wrongCodes: 0 });
  endBypass(step, partition);
  const who = () =>
    by.userNumber === undefined ? step.tell('751', String(partition)) : step.tell('750', String(partition) + userDigits(by.userNumber));
  inOrder(step, who, () => step.tell('655', String(partition)));
  if (by.isDuress === true) {
    step.tell('620', '0000');
    step.truth('duress', { partition });
  }
  step.truth('disarmed', { partition, ...whoOf(by) });
  forgetReady(step, partition);
}

/** A zone raises an alarm: once until it is at rest again. */
export function raiseAlarm(step: Step, wiring: ZoneWiring): void {
  const { zone, partition, type } = wiring;
  if (step.panel.zonesInAlarm.includes(zone)) return;
  step.set({ zonesInAlarm: [...step.panel.zonesInAlarm, zone] });
  step.tell('601', String(partition) + zoneDigits(zone));
  const { bellSecondsLeft, phase } = step.partition(partition);
  if (bellSecondsLeft === 0) step.tell('654', String(partition));
  step.setPartition(partition, {
    bellSecondsLeft: step.panel.programming.bellSeconds,
    hasMemory: true,
    isAlarmOpen: true,
    ...(phase === 'entry' ? { phase: 'armed' as const, secondsLeft: 0 } : {}),
  });
  step.truth('alarm', { partition, zone });
  if (type === 'holdUp') step.truth('hold-up', { source: 'zone', zone });
}

/** A zone became active: what the partition makes of it. */
export function zoneActive(step: Step, wiring: ZoneWiring): void {
  const { zone, partition, type } = wiring;
  if (isAlwaysOn(type)) {
    raiseAlarm(step, wiring);
    return;
  }
  const { phase, mode } = step.partition(partition);
  if (step.panel.bypassed.includes(zone) || phase === 'disarmed' || phase === 'exit') return;
  const isStay = mode === 1 || mode === 3;
  if (type === 'interior' && (isStay || phase === 'entry')) return;
  if (type !== 'entry' || mode >= 2) {
    raiseAlarm(step, wiring);
    return;
  }
  if (phase === 'entry' || step.partition(partition).bellSecondsLeft > 0) return;
  step.setPartition(partition, { phase: 'entry', secondsLeft: step.panel.programming.entryDelaySeconds, entryZone: zone });
  step.tell('657', String(partition));
  step.truth('entry-delay', { partition, zone });
}

/** A zone is at rest again. */
export function zoneAtRest(step: Step, wiring: ZoneWiring): void {
  const { zone, partition } = wiring;
  if (!step.panel.zonesInAlarm.includes(zone)) return;
  step.set({ zonesInAlarm: step.panel.zonesInAlarm.filter((other) => other !== zone) });
  step.tell('602', String(partition) + zoneDigits(zone));
}

/** One second of a partition's delays, bell and lock-out. */
export function passSecond(step: Step, partition: number): void {
  const was = step.partition(partition);
  const { phase, secondsLeft, bellSecondsLeft, lockoutSecondsLeft } = was;
  if (lockoutSecondsLeft > 0) step.setPartition(partition, { lockoutSecondsLeft: lockoutSecondsLeft - 1 });
  if (phase === 'exit' || phase === 'entry') step.setPartition(partition, { secondsLeft: Math.max(0, secondsLeft - 1) });
  if (phase === 'exit' && secondsLeft <= 1) finishArming(step, partition);
  if (phase === 'entry' && secondsLeft <= 1) expireEntry(step, was, partition);
  if (bellSecondsLeft > 0) ringSecond(step, partition, bellSecondsLeft);
}

/** The line that tells a partition's state as it is: what 001 answers and what ends a bell. */
export function stateLine(step: Step, partition: number): readonly [code: string, data: string] {
  const { phase, mode, bellSecondsLeft, lockoutSecondsLeft } = step.partition(partition);
  const data = String(partition);
  if (bellSecondsLeft > 0) return ['654', data];
  if (phase === 'exit') return ['656', data];
  if (phase === 'entry') return ['657', data];
  if (phase === 'armed') return ['652', data + String(mode)];
  return lockoutSecondsLeft > 0 ? ['658', data] : [readyCode(step, partition), data];
}

/** The bell time ends only where a state line says it without being taken for something else. */
function ringSecond(step: Step, partition: number, bellSecondsLeft: number): void {
  const { phase } = step.partition(partition);
  const isDelay = phase === 'exit' || phase === 'entry';
  step.setPartition(partition, { bellSecondsLeft: isDelay ? Math.max(1, bellSecondsLeft - 1) : bellSecondsLeft - 1 });
  if (isDelay || bellSecondsLeft > 1) return;
  const [code, data] = phase === 'armed' ? stateLine(step, partition) : [readyCode(step, partition), String(partition)];
  step.tell(code, data);
  step.truth('bell-ended', { partition });
}

const whoOf = ({ userNumber }: Actor) => (userNumber === undefined ? { special: true } : { userNumber });

function expireEntry(step: Step, { entryZone }: Partition, partition: number): void {
  step.setPartition(partition, { phase: 'armed', secondsLeft: 0 });
  const wiring = step.wiring(entryZone);
  if (wiring !== undefined) raiseAlarm(step, wiring);
}

function bypassedIn(step: Step, partition: number): readonly number[] {
  return step.panel.bypassed.filter((zone) => step.wiring(zone)?.partition === partition);
}

function endBypass(step: Step, partition: number): void {
  const mine = bypassedIn(step, partition);
  step.set({ bypassed: step.panel.bypassed.filter((zone) => !mine.includes(zone)) });
}

/** Ready or not is told anew after every disarming. */
function forgetReady(step: Step, partition: number): void {
  const { told } = step.panel;
  step.set({ told: { ...told, ready: { ...told.ready, [partition]: '' } } });
}

function inOrder(step: Step, who: () => void, state: () => void): void {
  const { isUserFirst } = step.panel.programming;
  if (isUserFirst) who();
  state();
  if (!isUserFirst) who();
}
