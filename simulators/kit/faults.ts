import { Type, oneOf, record, type Static, type TObject } from '../../drivers/kit/schema.ts';

/**
 * The fault vocabulary: one table for tests, scenarios, the control panel, the virtual branch and
 * `counterd sim faults`. Faults never travel on the protocol itself (always out of band).
 */
export const faultVocabulary = {
  silence: fault('wire', '设备不再发出任何字节', 'Nothing the device says arrives', record({})),
  unplug: fault('wire', '拔掉线缆', 'The cable is pulled', record({})),
  corrupt: fault('wire', '按比例改坏字节', 'Each byte is altered with this probability', record({ ratio: ratio() })),
  drop: fault('wire', '按比例丢失字节', 'Each byte is lost with this probability', record({ ratio: ratio() })),
  split: fault(
    'wire',
    '把数据切成小块到达',
    'Bytes arrive in pieces of at most this many',
    record({ everyBytes: Type.Integer({ minimum: 1, maximum: 4096 }) }),
  ),
  slow: fault('wire', '线路变慢', 'Every piece takes this much longer', record({ byMs: Type.Integer({ minimum: 1, maximum: 600_000 }) })),
  'answer-twice': fault('wire', '每个应答发送两次', 'Everything the device says arrives twice', record({})),
  'answer-late': fault(
    'wire',
    '应答迟到',
    'What the device says arrives this late',
    record({ byMs: Type.Integer({ minimum: 1, maximum: 600_000 }) }),
  ),
  'wrong-identity': fault('firmware', '换成另一台设备', 'Another device answers in its place', record({})),
  busy: fault(
    'firmware',
    '设备一段时间内答忙',
    'The device says it is busy for this long',
    record({ forMs: Type.Integer({ minimum: 1, maximum: 600_000 }) }),
  ),
  'power-cut': fault('firmware', '断电', 'The device loses power; what it had in memory is gone', record({})),
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

function fault<A extends TObject>(place: FaultSpec['place'], zh: string, en: string, args: A): FaultSpec<A> {
  return { place, doc: { zh, en }, args };
}

function ratio() {
  return Type.Number({ minimum: 0, maximum: 1 });
}
