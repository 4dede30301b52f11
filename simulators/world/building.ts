/**
 * A branch building: rooms, and the points in them that somebody can open, walk past, press or break.
 * Plain data and pure functions; what a panel makes of it is the panel's affair.
 */
export type PointKind = 'door' | 'window' | 'motion' | 'vault' | 'glass' | 'holdUp' | 'fire';

export interface Room {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly floor: number;
}

/** A door, a window, a detector or a button. `isActive`: open, moving, shaken, pressed. */
export interface Point {
  readonly id: string;
  readonly kind: PointKind;
  readonly room: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly isActive: boolean;
  /** Its cover is off or its wiring cut. */
  readonly isTampered: boolean;
  readonly isFaulty: boolean;
}

export interface Building {
  readonly rooms: readonly Room[];
  readonly points: readonly Point[];
}

/** A branch on one floor: hall, cash area, vault, office, corridor, ATM room. */
export function branchBuilding(): Building {
  return { rooms, points: points.map(([id, kind, room, zh, en]) => ({ ...atRest, id, kind, room, name: { zh, en } })) };
}

/** The point with this id, or undefined. */
export function pointOf(building: Building, id: string): Point | undefined {
  return building.points.find((point) => point.id === id);
}

/** The building after something happened to one point. Unknown points change nothing. */
export function withPoint(building: Building, id: string, change: Partial<Pick<Point, 'isActive' | 'isTampered' | 'isFaulty'>>): Building {
  return { ...building, points: building.points.map((point) => (point.id === id ? { ...point, ...change } : point)) };
}

/** The name of a room, for people. */
export function roomOf(building: Building, point: Point): Room | undefined {
  return building.rooms.find((room) => room.id === point.room);
}

/** True for points that come back to rest by themselves: movement and shaking do, doors and buttons do not. */
export function isPassing(kind: PointKind): boolean {
  return kind === 'motion' || kind === 'vault' || kind === 'glass';
}

const atRest = { isActive: false, isTampered: false, isFaulty: false };

const rooms: readonly Room[] = [
  { id: 'hall', name: { zh: '大厅', en: 'Banking hall' }, floor: 1 },
  { id: 'cash', name: { zh: '现金区', en: 'Cash area' }, floor: 1 },
  { id: 'vault', name: { zh: '金库', en: 'Vault' }, floor: 1 },
  { id: 'office', name: { zh: '办公室', en: 'Office' }, floor: 1 },
  { id: 'corridor', name: { zh: '后走廊', en: 'Back corridor' }, floor: 1 },
  { id: 'atm', name: { zh: '自助区', en: 'ATM room' }, floor: 1 },
];

// prettier-ignore
const points: readonly (readonly [id: string, kind: PointKind, room: string, zh: string, en: string])[] = [
  ['hall-door', 'door', 'hall', '大厅正门', 'Main door'],
  ['hall-window', 'window', 'hall', '大厅橱窗', 'Hall window'],
  ['hall-motion', 'motion', 'hall', '大厅移动', 'Hall motion'],
  ['hall-glass', 'glass', 'hall', '大厅玻璃', 'Hall glass'],
  ['cash-door', 'door', 'cash', '现金区门', 'Cash area door'],
  ['cash-motion', 'motion', 'cash', '现金区移动', 'Cash motion'],
  ['cash-hold-up-1', 'holdUp', 'cash', '1 号柜紧急按钮', 'Hold-up 1'],
  ['cash-hold-up-2', 'holdUp', 'cash', '2 号柜紧急按钮', 'Hold-up 2'],
  ['vault-shock', 'vault', 'vault', '金库震动', 'Vault shock'],
  ['vault-door', 'door', 'vault', '金库门', 'Vault door'],
  ['office-motion', 'motion', 'office', '办公室移动', 'Office motion'],
  ['back-window', 'window', 'corridor', '后窗', 'Back window'],
  ['back-door', 'door', 'corridor', '后门', 'Back door'],
  ['hall-hold-up', 'holdUp', 'hall', '大堂紧急按钮', 'Hall hold-up'],
  ['atm-door', 'door', 'atm', '自助区后门', 'ATM room door'],
  ['atm-shock', 'vault', 'atm', '自助机震动', 'ATM shock'],
];
