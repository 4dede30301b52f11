/** What people do in the building and to the panel. */
import { Type, oneOf, record } from '../../../drivers/kit/schema.ts';
import type { Gesture, GestureSpec } from '../../kit/simulator.ts';
import { isPassing, withPoint } from '../../world/building.ts';
import { codeOf } from '../../world/people.ts';
import { keypadOf, pressKey, raiseEmergency } from './keypad.ts';
import { disarm, openZones, startArming, zoneActive, zoneAtRest } from './partitions.ts';
import { troubleKinds, type TroubleKind } from './panel.ts';
import { powerCut, powerUp } from './power.ts';
import type { Step } from './step.ts';

const zone = { zone: Type.Integer({ minimum: 1, maximum: 64 }) };
const partition = { partition: Type.Integer({ minimum: 1, maximum: 8 }) };
const spec = (zh: string, en: string, args = record({})): GestureSpec => ({ doc: { zh, en }, args });

export const gestures: Readonly<Record<string, GestureSpec>> = {
  'open-door': spec('打开门窗', 'Open a door or window', record(zone)),
  'close-door': spec('关上门窗', 'Close a door or window', record(zone)),
  walk: spec('从探测器前走过 (或震动金库)', 'Walk past a motion detector, or shake a vault', record(zone)),
  'hold-up': spec(
    '按紧急按钮; 不给防区则按键盘 [P]',
    'Press a hold-up button, or [P] at a keypad when no zone is given',
    record({ zone: Type.Optional(zone.zone) }),
  ),
  'reset-hold-up': spec('用钥匙复位紧急按钮', 'Reset a hold-up button with its key', record(zone)),
  'press-keys': spec(
    '在键盘上按键',
    'Press keys at a keypad: digits, * #, F A P held, a stay, b away',
    record({ ...partition, keys: Type.String({ maxLength: 40 }) }),
  ),
  'enter-code': spec(
    '某人在键盘输入自己的操作码',
    'A person keys in their code',
    record({ ...partition, person: Type.String(), isDuress: Type.Optional(Type.Boolean()) }),
  ),
  'turn-key': spec('用钥匙开关布防或撤防', 'Arm or disarm with the key switch', record(partition)),
  tamper: spec(
    '打开探测器盖; 不给防区则打开主机箱',
    'Open a detector, or the panel’s cabinet when no zone is given',
    record({ zone: Type.Optional(zone.zone) }),
  ),
  'restore-tamper': spec('盖好', 'Close it again', record({ zone: Type.Optional(zone.zone) })),
  'fault-zone': spec('防区线路故障', 'Break a zone’s wiring', record(zone)),
  'repair-zone': spec('修好防区线路', 'Repair a zone’s wiring', record(zone)),
  'cut-ac': spec('切断市电', 'Cut the mains', record({})),
  'restore-ac': spec('恢复市电', 'Restore the mains', record({})),
  'low-battery': spec('电池电压低', 'The battery runs low', record({})),
  'restore-battery': spec('更换电池', 'Replace the battery', record({})),
  'raise-trouble': spec('制造故障', 'Make a supervised line fail', record({ kind: oneOf([...troubleKinds]) })),
  'clear-trouble': spec('排除故障', 'Make a supervised line well again', record({ kind: oneOf([...troubleKinds]) })),
  'drift-clock': spec(
    '主机时钟走偏',
    'The panel’s clock is off by this many minutes',
    record({ minutes: Type.Integer({ minimum: -1440, maximum: 1440 }) }),
  ),
  'enter-installer-mode': spec('安装工进入编程', 'An installer starts programming', record({})),
  'leave-installer-mode': spec('安装工退出编程', 'The installer is done', record({})),
};

/** Performs one gesture; undefined when done, else why it is not possible now. */
export function perform(step: Step, { name, args }: Gesture): string | undefined {
  const at = typeof args['zone'] === 'number' ? args['zone'] : undefined;
  const where = typeof args['partition'] === 'number' ? args['partition'] : 1;
  const inZone = inZoneOf(name);
  if (inZone !== undefined && at !== undefined) return inZone(step, at);
  switch (name) {
    case 'hold-up':
      if (step.panel.isPowered) raiseEmergency(step, '625');
      return undefined;
    case 'press-keys':
      return keys(step, where, String(args['keys']));
    case 'enter-code': {
      const code = codeOf(step.panel.people, String(args['person']), args['isDuress'] === true);
      return code === undefined ? 'nobody of this name has such a code' : keys(step, where, code);
    }
    case 'turn-key':
      return turnKey(step, where);
    default:
      return toPanel(step, name, args);
  }
}

function inZoneOf(name: string): ((step: Step, zone: number) => string | undefined) | undefined {
  switch (name) {
    case 'open-door':
    case 'hold-up':
      return (step, at) => setActive(step, at, true);
    case 'close-door':
    case 'reset-hold-up':
      return (step, at) => setActive(step, at, false);
    case 'walk':
      return walk;
    case 'tamper':
    case 'restore-tamper':
      return (step, at) => disturb(step, at, { isTampered: name === 'tamper' });
    case 'fault-zone':
    case 'repair-zone':
      return (step, at) => disturb(step, at, { isFaulty: name === 'fault-zone' });
    default:
      return undefined;
  }
}

/** The point on a loop changes; the panel sees it if it has power. */
export function setActive(step: Step, at: number, isActive: boolean): string | undefined {
  const wiring = step.wiring(at);
  const point = step.point(at);
  if (wiring === undefined || point === undefined) return 'there is no such zone in the building';
  if (point.isActive === isActive) return isActive ? 'it is open or pressed already' : 'it is at rest already';
  step.set({ building: withPoint(step.panel.building, point.id, { isActive }) });
  step.truth('zone', { zone: at, isOpen: isActive });
  if (!step.panel.isPowered) return undefined;
  if (isActive) zoneActive(step, wiring);
  else zoneAtRest(step, wiring);
  return undefined;
}

function walk(step: Step, at: number): string | undefined {
  const point = step.point(at);
  if (point === undefined || !isPassing(point.kind)) return 'no motion or shock detector is on this zone';
  step.set({ passing: { ...step.panel.passing, [at]: 3 } });
  if (!point.isActive) setActive(step, at, true);
  return undefined;
}

function disturb(step: Step, at: number, change: { readonly isTampered: boolean } | { readonly isFaulty: boolean }): string | undefined {
  const wiring = step.wiring(at);
  const point = step.point(at);
  if (wiring === undefined || point === undefined) return 'there is no such zone in the building';
  const digits = String(at).padStart(3, '0');
  const [was, is, codes] =
    'isTampered' in change ? [point.isTampered, change.isTampered, ['603', '604']] : [point.isFaulty, change.isFaulty, ['605', '606']];
  if (was === is) return 'it is so already';
  step.set({ building: withPoint(step.panel.building, point.id, change) });
  const isTamper = 'isTampered' in change;
  step.tell(codes[is ? 0 : 1] ?? '', isTamper ? String(wiring.partition) + digits : digits);
  step.truth(isTamper ? 'tamper' : 'zone-fault', { zone: at, is });
  return undefined;
}

function keys(step: Step, where: number, pressed: string): string | undefined {
  if (!step.panel.isPowered) return 'the keypads are dead';
  if (step.panel.partitions[where] === undefined) return 'there is no such partition';
  for (const key of pressed) pressKey(step, keypadOf(where), key);
  return undefined;
}

function turnKey(step: Step, where: number): string | undefined {
  if (!step.panel.isPowered) return 'the panel is dead';
  if (step.panel.partitions[where] === undefined) return 'there is no such partition';
  if (step.partition(where).phase !== 'disarmed') disarm(step, where, {});
  else if (!startArming(step, where, { mode: 0, by: {} }))
    return `open zones: ${openZones(step, where)
      .map((open) => String(open.zone))
      .join(', ')}`;
  return undefined;
}

// prettier-ignore
const troubleCodes: Readonly<Record<TroubleKind, readonly [raised: string, restored: string]>> = {
  battery: ['800', '801'], ac: ['802', '803'], bell: ['806', '807'], phoneLine1: ['810', '811'], phoneLine2: ['812', '813'],
  communication: ['814', ''], tamper: ['829', '830'],
};

function toPanel(step: Step, name: string, args: Gesture['args']): string | undefined {
  switch (name) {
    case 'tamper':
    case 'restore-tamper':
      return trouble(step, 'tamper', name === 'tamper');
    case 'cut-ac':
    case 'restore-ac':
      return trouble(step, 'ac', name === 'cut-ac');
    case 'low-battery':
    case 'restore-battery':
      return trouble(step, 'battery', name === 'low-battery');
    case 'raise-trouble':
    case 'clear-trouble':
      return trouble(step, troubleKinds.find((kind) => kind === args['kind']) ?? 'ac', name === 'raise-trouble');
    case 'drift-clock':
      step.set({ clockMinutes: step.panel.clockMinutes + Number(args['minutes']) });
      return undefined;
    case 'enter-installer-mode':
    case 'leave-installer-mode':
      step.set({ isInstallerMode: name === 'enter-installer-mode' });
      return undefined;
    default:
      return fault(step, name, args);
  }
}

function fault(step: Step, name: string, args: Gesture['args']): string | undefined {
  const kind = name === 'fault:clear' ? String(args['kind']) : name.replace('fault:', '');
  const isSet = name !== 'fault:clear';
  switch (kind) {
    case 'wrong-identity':
      step.set({ isForeign: isSet });
      return undefined;
    case 'busy':
      step.set({ busySecondsLeft: isSet ? Math.ceil(Number(args['forMs']) / 1000) : 0 });
      return undefined;
    case 'power-cut':
      if (isSet) powerCut(step);
      else powerUp(step);
      return undefined;
    default:
      return 'there is no such gesture';
  }
}

function trouble(step: Step, kind: TroubleKind, isRaised: boolean): string | undefined {
  const { troubles } = step.panel;
  if (troubles.includes(kind) === isRaised) return 'it is so already';
  step.set({ troubles: isRaised ? [...troubles, kind] : troubles.filter((other) => other !== kind) });
  const code = troubleCodes[kind][isRaised ? 0 : 1];
  if (code !== '') step.tell(code);
  step.truth('trouble', { kind, isRaised });
  return undefined;
}
