import type { AnyStatus } from '../../../daemon/contract/state.ts';
import type { Pair } from '../text-table.ts';

/** Shown in places of their own. */
type Elsewhere = 'partitions' | 'zones' | 'labels' | 'abilities' | 'job';
/** Names that somebody gave: shown as they are. */
type Given = 'firmware' | 'jobId';

type MemberOf<S> = S extends unknown ? Exclude<keyof S & string, Elsewhere> : never;
type WordOf<S> = S extends unknown ? Extract<{ [M in keyof S]: M extends Elsewhere | Given ? never : S[M] }[keyof S], string> : never;

const members = {
  'status.device': ['设备', 'device'],
  'status.media': ['介质', 'medium'],
  'status.cover': ['盖板', 'cover'],
  'status.ribbon': ['色带', 'ribbon'],
  'status.isLoaded': ['页已装入', 'page loaded'],
  'status.activity': ['动作', 'activity'],
  'status.isCounting': ['清点未完', 'batch open'],
  'status.hopper': ['进钞口', 'hopper'],
  'status.stacker': ['接钞口', 'stacker'],
  'status.rejectPocket': ['退钞口', 'reject pocket'],
  'status.jobId': ['任务', 'job'],
  'status.batch': ['批次', 'batch'],
  'status.platen': ['平板', 'platen'],
  'status.feeder': ['进纸器', 'feeder'],
  'status.isBusy': ['忙', 'busy'],
  'status.verified': ['已核实', 'verified'],
  'status.alarmMemory': ['报警记忆', 'alarm memory'],
  'status.tamper': ['防拆', 'tamper'],
  'status.trouble': ['故障', 'trouble'],
  'status.lockout': ['键盘锁定', 'keypad lockout'],
  'status.bypass': ['旁路', 'bypass'],
  'status.ac': ['交流电', 'mains'],
  'status.battery': ['电池', 'battery'],
  'status.bell': ['警号', 'bell'],
  'status.communication': ['上报通信', 'reporting'],
  'status.phoneLine1': ['电话线 1', 'phone line 1'],
  'status.phoneLine2': ['电话线 2', 'phone line 2'],
  'status.fire': ['火警回路', 'fire loop'],
  'status.firmware': ['固件', 'firmware'],
} as const satisfies Record<`status.${MemberOf<AnyStatus>}`, Pair>;

const words = {
  'status-word.online': ['在线', 'online'],
  'status-word.offline': ['离线', 'offline'],
  'status-word.powerOff': ['已断电', 'power off'],
  'status-word.noDevice': ['无设备', 'no device'],
  'status-word.hardwareError': ['硬件故障', 'hardware error'],
  'status-word.userError': ['等人处理', 'needs hands'],
  'status-word.deviceBusy': ['忙', 'busy'],
  'status-word.fraudAttempt': ['有人作弊', 'fraud attempt'],
  'status-word.potentialFraud': ['可能作弊', 'potential fraud'],
  'status-word.starting': ['正在启动', 'starting'],
  'status-word.present': ['有', 'present'],
  'status-word.notPresent': ['无', 'not present'],
  'status-word.jammed': ['卡住', 'jammed'],
  'status-word.entering': ['正在进入', 'entering'],
  'status-word.retracted': ['已收回', 'retracted'],
  'status-word.unknown': ['不知', 'unknown'],
  'status-word.closed': ['关闭', 'closed'],
  'status-word.open': ['打开', 'open'],
  'status-word.locked': ['锁住', 'locked'],
  'status-word.bolted': ['闩住', 'bolted'],
  'status-word.tampered': ['被拆动', 'tampered'],
  'status-word.full': ['满', 'full'],
  'status-word.low': ['将尽', 'low'],
  'status-word.out': ['用尽', 'out'],
  'status-word.empty': ['空', 'empty'],
  'status-word.notEmpty': ['有钞', 'not empty'],
  'status-word.idle': ['空闲', 'idle'],
  'status-word.counting': ['清点中', 'counting'],
  'status-word.pocketFull': ['接钞口已满', 'pocket full'],
  'status-word.standby': ['待机', 'standby'],
  'status-word.ok': ['正常', 'ok'],
  'status-word.trouble': ['故障', 'trouble'],
  'status-word.none': ['没有', 'none'],
  'status-word.some': ['有', 'some'],
} as const satisfies Record<`status-word.${WordOf<AnyStatus>}`, Pair>;

/** What a device says of itself: a member or a word that a family gains does not compile until it is worded here. */
export const deviceStatusTexts = { ...members, ...words } as const;
