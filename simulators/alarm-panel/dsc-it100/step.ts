/** One step of the firmware in progress: the panel so far, and what it puts on the line and into the world. */
import type { CommandId, Effect } from '../../../drivers/kit/machine.ts';
import { done, refused } from '../../../drivers/kit/outcome.ts';
import type { GroundTruth } from '../../kit/simulator.ts';
import { pointOf, type Point } from '../../world/building.ts';
import type { ModuleLine } from './line.ts';
import { idleKeypad, restingPartition, type Keypad, type Module, type Panel, type Partition, type ZoneWiring } from './panel.ts';

export type PanelTimer = 'second' | 'minute';
export type PanelEffect = Effect<ModuleLine, GroundTruth, PanelTimer>;

export class Step {
  readonly effects: PanelEffect[] = [];
  #panel: Panel;

  constructor(panel: Panel) {
    this.#panel = panel;
  }

  get panel(): Panel {
    return this.#panel;
  }

  set(change: Partial<Panel>): void {
    this.#panel = { ...this.#panel, ...change };
  }

  partition(partition: number): Partition {
    return this.#panel.partitions[partition] ?? restingPartition;
  }

  setPartition(partition: number, change: Partial<Partition>): void {
    this.set({ partitions: { ...this.#panel.partitions, [partition]: { ...this.partition(partition), ...change } } });
  }

  setModule(change: Partial<Module>): void {
    this.set({ module: { ...this.#panel.module, ...change } });
  }

  keypad(id: string): Keypad {
    return this.#panel.keypads[id] ?? idleKeypad;
  }

  setKeypad(id: string, change: Partial<Keypad>): void {
    this.set({ keypads: { ...this.#panel.keypads, [id]: { ...this.keypad(id), ...change } } });
  }

  wiring(zone: number): ZoneWiring | undefined {
    return this.#panel.programming.zones.find((wiring) => wiring.zone === zone);
  }

  point(zone: number): Point | undefined {
    const wiring = this.wiring(zone);
    return wiring === undefined ? undefined : pointOf(this.#panel.building, wiring.point);
  }

  isOpen(zone: number): boolean {
    return this.point(zone)?.isActive === true;
  }

  /** Tells the application something; nothing leaves a module without power or before a network login. */
  tell(code: string, data = ''): void {
    const { isPowered, isForeign, module } = this.#panel;
    if (!isPowered) return;
    // What the panel says is learnt also while somebody else's module stands at the host's end of the cable.
    if (module.learningSecondsLeft > 0) this.#learn(code, data);
    if (isForeign || (!module.isLoggedIn && code !== '505' && code !== '500')) return;
    const stamp = module.hasStamps ? { stamp: this.#stamp() } : {};
    this.effects.push({ kind: 'send', frame: { kind: 'line', code, data, ...stamp } });
  }

  put(frame: ModuleLine): void {
    this.effects.push({ kind: 'send', frame });
  }

  /** What really happened, for those who compare. */
  truth(type: string, data: Readonly<Record<string, unknown>> = {}): void {
    this.effects.push({ kind: 'emit', event: { type, data } });
  }

  arm(timer: PanelTimer, ms: number): void {
    this.effects.push({ kind: 'arm', timer, ms });
  }

  performed(id: CommandId): void {
    this.effects.push({ kind: 'settle', id, outcome: done({}) });
  }

  impossible(id: CommandId, why: string): void {
    this.effects.push({ kind: 'settle', id, outcome: refused('CD_SIM_GESTURE', why) });
  }

  /** While the module learns, a change it saw replaces its default. */
  #learn(code: string, data: string): void {
    const isZone = code === '609' || code === '610';
    if (isZone || /^65\d$/.test(code))
      this.setModule({ learnt: { ...this.#panel.module.learnt, [isZone ? `zone ${data}` : `partition ${data[0] ?? ''}`]: code + data } });
  }

  /** hhmmMMDDYY: ten digits, although the guide says eight. */
  #stamp(): string {
    return clockDigits(this.#panel.clockMinutes);
  }
}

/** The panel's clock as 550 and the stamps write it. */
export function clockDigits(clockMinutes: number): string {
  const [date = '', time = ''] = new Date(Date.UTC(2000, 0, 1) + clockMinutes * 60_000).toISOString().split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${time.slice(0, 2)}${time.slice(3, 5)}${month}${day}${year.slice(2)}`;
}

export const zoneDigits = (zone: number): string => String(zone).padStart(3, '0');
export const userDigits = (user: number): string => String(user).padStart(4, '0');
