import type { PhaseWord } from '../../../daemon/contract/events/devices.ts';
import type { Pair, TextTable } from '../text-table.ts';

type OutcomeWord = 'done' | 'refused' | 'failed' | 'in-doubt';

const phases = {
  'phase.absent': ['未接入', 'absent'],
  'phase.opening': ['正在打开', 'opening'],
  'phase.identifying': ['正在识别', 'identifying'],
  'phase.online': ['在线', 'online'],
  'phase.waiting': ['重试中', 'waiting'],
  'phase.quarantined': ['已隔离', 'quarantined'],
  'phase.stopped': ['已停用', 'stopped'],
} as const satisfies Record<`phase.${PhaseWord}`, Pair>;

const outcomes = {
  'outcome.done': ['已完成', 'done'],
  'outcome.refused': ['已拒绝, 未动', 'refused, nothing moved'],
  'outcome.failed': ['失败, 未发生', 'failed, did not happen'],
  'outcome.in-doubt': ['存疑', 'in doubt'],
} as const satisfies Record<`outcome.${OutcomeWord}`, Pair>;

const states = {
  'state.retry-in': ['重试 {{seconds}} 秒', 'retry in {{seconds}} s'],
  'state.quarantined': ['已隔离, 重试无用', 'quarantined, retrying cannot help'],
  'state.doubt': ['存疑, 待回答', 'in doubt, answer it'],
  'state.claimed': ['本笔占用', 'claimed'],
  'state.ready': ['就绪', 'ready'],
  'state.busy': ['忙', 'busy'],
  'state.book-in': ['存折在口', 'book in'],
  'state.jam': ['夹纸', 'jammed'],
  'state.cover-open': ['盖板打开', 'cover open'],
  'state.ribbon-low': ['色带将尽', 'ribbon low'],
  'state.ribbon-out': ['色带用尽', 'ribbon out'],
  'state.fault': ['故障, 看面板', 'fault, see its panel'],
  'state.power-off': ['已断电', 'power off'],
  'state.user-error': ['等人处理', 'needs hands'],
  'state.starting': ['正在启动', 'starting'],
  'state.stacker-full': ['接钞口已满', 'stacker full'],
  'state.counting': ['清点中', 'counting'],
  'state.standby': ['待机', 'standby'],
  'state.pocket-full': ['退钞口已满', 'reject pocket full'],
  'state.notes-waiting': ['接钞口有钞', 'notes in stacker'],
  'state.paper-in': ['有纸', 'paper in'],
  'state.unverified': ['未核实', 'unverified'],
  'state.disarmed': ['已撤防', 'disarmed'],
  'state.armed': ['已布防', 'armed'],
  'state.exitDelay': ['退出延时', 'exit delay'],
  'state.entryDelay': ['进入延时', 'entry delay'],
  'state.alarm': ['报警', 'alarm'],
  'state.unknown': ['不知', 'unknown'],
  'state.stale': ['停在 {{time}}', 'as of {{time}}'],
  'state.since': ['自 {{time}}', 'since {{time}}'],
} as const satisfies TextTable;

export const statusTexts = { ...phases, ...outcomes, ...states } as const;
