/** What the module tells by itself: zones, readiness, trouble and lamps when they change; and everything after 001. */
import { displayText, VIRTUAL } from './keypad.ts';
import { readyCode, stateLine } from './partitions.ts';
import { tellLedBitmaps } from './envisalink.ts';
import type { Told } from './panel.ts';
import { zoneDigits, type Step } from './step.ts';

const ZONE_COUNT = 64;
const VERSION = '010000';

/** Compares the panel with what was told last and tells the changes; the last thing of every step. */
export function tellChanges(step: Step): void {
  const { told, programming, isPowered, module } = step.panel;
  if (!isPowered) return;
  for (const { zone } of programming.zones) {
    const isOpen = step.isOpen(zone);
    if ((told.zones[zone] ?? false) !== isOpen) step.tell(isOpen ? '609' : '610', zoneDigits(zone));
  }
  const isTpi = programming.tpiPassword !== undefined;
  for (const { partition } of programming.partitions) tellReady(step, partition);
  tellTroubles(step);
  const lamps = lampsOf(step);
  if (lamps !== step.panel.told.lamps && isTpi) tellLedBitmaps(step, lamps);
  else if (lamps !== step.panel.told.lamps && module.hasVirtualKeypad) tellLamps(step, lamps);
  const text = displayText(step, VIRTUAL);
  if (text !== told.text && module.hasVirtualKeypad && !isTpi) step.tell('901', `00032${text}`);
  remember(step, { ...step.panel.told, lamps, text });
}

/** Takes the panel as it is for told, without telling: at the first power-up, and after a power cut. */
export function tellNothing(step: Step): void {
  const { partitions } = step.panel.programming;
  const ready = Object.fromEntries(partitions.map(({ partition }) => [partition, readyNow(step, partition)]));
  const troubles = Object.fromEntries(partitions.map(({ partition }) => [partition, isInTrouble(step)]));
  remember(step, { ...step.panel.told, ready, troubles, lamps: lampsOf(step), text: displayText(step, VIRTUAL) });
}

/** The answer to 001. While the module learns after power-up it tells defaults: ready, closed. */
export function tellEverything(step: Step): void {
  const { programming, module } = step.panel;
  const isTpi = programming.tpiPassword !== undefined;
  const isLearning = module.learningSecondsLeft > 0;
  if (!isTpi) step.tell('908', VERSION);
  for (const { partition } of programming.partitions) {
    const learnt = module.learnt[`partition ${String(partition)}`];
    const [code, data] = isLearning ? [learnt?.slice(0, 3) ?? '650', learnt?.slice(3) ?? String(partition)] : stateLine(step, partition);
    step.tell(code, data);
  }
  for (const { partition } of programming.partitions) step.tell(isInTrouble(step) ? '840' : '841', String(partition));
  if (isTpi) tellLedBitmaps(step, lampsOf(step));
  else tellLamps(step, lampsOf(step), true);
  for (let zone = 1; zone <= ZONE_COUNT; zone++) {
    const isOpen = isLearning ? module.learnt[`zone ${zoneDigits(zone)}`]?.startsWith('609') === true : step.isOpen(zone);
    step.tell(isOpen ? '609' : '610', zoneDigits(zone));
  }
}

/** A module that was powered up says so. */
export function tellVersion(step: Step): void {
  step.tell('908', VERSION);
}

/** Nine lamps of partition 1's keypad, `0` off, `1` on, `2` flashing: ready armed memory bypass trouble program fire backlight AC. */
export function lampsOf(step: Step): string {
  const { phase, bellSecondsLeft, hasMemory } = step.partition(1);
  const isReady = phase === 'disarmed' && bellSecondsLeft === 0 && readyCode(step, 1) !== '651';
  const hasBypass = step.panel.bypassed.some((zone) => step.wiring(zone)?.partition === 1);
  const isMenu = step.keypad(VIRTUAL).menu !== 'idle';
  const lamps = [
    isReady,
    phase !== 'disarmed',
    hasMemory,
    hasBypass,
    isInTrouble(step),
    isMenu,
    false,
    true,
    !step.panel.troubles.includes('ac'),
  ];
  return lamps.map((isOn, at) => (at === 5 && isOn ? '2' : isOn ? '1' : '0')).join('');
}

function tellLamps(step: Step, lamps: string, isEvery = false): void {
  const { told } = step.panel;
  for (let at = 0; at < lamps.length; at++) {
    if (isEvery || told.lamps[at] !== lamps[at]) step.tell('903', `${String(at + 1)}${lamps.charAt(at)}`);
  }
}

function tellReady(step: Step, partition: number): void {
  const is = readyNow(step, partition);
  if (is !== '' && step.panel.told.ready[partition] !== is) step.tell(is, String(partition));
  remember(step, { ...step.panel.told, ready: { ...step.panel.told.ready, [partition]: is } });
}

/** The ready line of a partition that has one: disarmed and quiet. */
function readyNow(step: Step, partition: number): string {
  const { phase, bellSecondsLeft } = step.partition(partition);
  return phase === 'disarmed' && bellSecondsLeft === 0 ? readyCode(step, partition) : '';
}

/** A tampered or faulty zone lights the trouble lamp as a failed supply does. */
function isInTrouble({ panel }: Step): boolean {
  return panel.troubles.length > 0 || panel.building.points.some(({ isTampered, isFaulty }) => isTampered || isFaulty);
}

function tellTroubles(step: Step): void {
  const has = isInTrouble(step);
  for (const { partition } of step.panel.programming.partitions) {
    const { told } = step.panel;
    if ((told.troubles[partition] ?? false) === has) continue;
    step.tell(has ? '840' : '841', String(partition));
    remember(step, { ...told, troubles: { ...told.troubles, [partition]: has } });
  }
}

function remember(step: Step, told: Told): void {
  const zones = Object.fromEntries(step.panel.programming.zones.map(({ zone }) => [zone, step.isOpen(zone)]));
  step.set({ told: { ...told, zones } });
}
