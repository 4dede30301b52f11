import { Type, oneOf, record, type Static, type TObject } from '../../drivers/kit/schema.ts';

/**
 * The fault vocabulary: one table for tests, scenarios, the control panel, the virtual branch and
 * `counterd sim faults`. Faults never travel on the protocol itself (always out of band).
 */
export const faultVocabulary = {
  silence: { place: 'wire', doc: { zh: '设备不再发出任何字节', en: 'Nothing the device says arrives' }, args: record({}) },
  unplug: { place: 'wire', doc: { zh: '拔掉线缆', en: 'The cable is pulled' }, args: record({}) },
  corrupt: {
    place: 'wire',
    doc: { zh: '按比例改坏字节', en: 'Each byte is altered with this probability' },
    args: record({ ratio: ratio() }),
  },
  drop: { place: 'wire', doc: { zh: '按比例丢失字节', en: 'Each byte is lost with this probability' }, args: record({ ratio: ratio() }) },
  split: {
    place: 'wire',
    doc: { zh: '把数据切成小块到达', en: 'Bytes arrive in pieces of at most this many' },
    args: record({ everyBytes: Type.Integer({ minimum: 1, maximum: 4096 }) }),
  },
  slow: {
    place: 'wire',
    doc: { zh: '线路变慢', en: 'Every piece takes this much longer' },
    args: record({ byMs: Type.Integer({ minimum: 1, maximum: 600_000 }) }),
  },
  'answer-twice': { place: 'wire', doc: { zh: '每个应答发送两次', en: 'Everything the device says arrives twice' }, args: record({}) },
  'answer-late': {
    place: 'wire',
    doc: { zh: '应答迟到', en: 'What the device says arrives this late' },
    args: record({ byMs: Type.Integer({ minimum: 1, maximum: 600_000 }) }),
  },
  'wrong-identity': { place: 'firmware', doc: { zh: '换成另一台设备', en: 'Another device answers in its place' }, args: record({}) },
  busy: {
    place: 'firmware',
    doc: { zh: '设备一段时间内答忙', en: 'The device says it is busy for this long' },
    args: record({ forMs: Type.Integer({ minimum: 1, maximum: 600_000 }) }),
  },
  'power-cut': { place: 'firmware', doc: { zh: '断电', en: 'The device loses power; what it had in memory is gone' }, args: record({}) },
} as const satisfies Record<string, FaultSpec>;

export interface FaultSpec<A extends TObject = TObject> {
  /** `wire`: done to bytes by the wire. `firmware`: done to the device, as the gesture `fault:<kind>`. */
  readonly place: 'wire' | 'firmware';
  readonly doc: { readonly zh: string; readonly en: string };
  readonly args: A;
}

export type FaultKind = keyof typeof faultVocabulary;

/** `{ kind: 'slow', byMs: 200 } | …` */
export type Fault = { [K in FaultKind]: { readonly kind: K } & Static<(typeof faultVocabulary)[K]['args']> }[FaultKind];

export type WireFault = Extract<
  Fault,
  { kind: 'silence' | 'unplug' | 'corrupt' | 'drop' | 'split' | 'slow' | 'answer-twice' | 'answer-late' }
>;

export const FaultKindWord = oneOf(Object.keys(faultVocabulary) as [FaultKind, ...FaultKind[]]);

function ratio() {
  return Type.Number({ minimum: 0, maximum: 1 });
}
