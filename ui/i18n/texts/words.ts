import type { Role } from '../../../daemon/contract/events/words.ts';
import type { Family } from '../../../daemon/contract/entry.ts';
import type { Pair, TextTable } from '../text-table.ts';

const roles = {
  'role.teller': ['柜员', 'teller'],
  'role.cash-teller': ['现金柜员', 'cash teller'],
  'role.supervisor': ['营业主管', 'supervisor'],
  'role.cash-supervisor': ['现金业务主管', 'cash supervisor'],
  'role.security-officer': ['安全员', 'security officer'],
  'role.reconciliation-manager': ['对账业务主管', 'reconciliation manager'],
  'role.reconciliation-operator': ['操作员', 'operator'],
  'role.reconciliation-reviewer': ['复核员', 'reviewer'],
  'role.reconciliation-clerk': ['专职对账员', 'full-time reconciliation clerk'],
  'role.archivist': ['档案管理员', 'archivist'],
  'role.auditor': ['审计员', 'auditor'],
  'role.administrator': ['管理员', 'administrator'],
  'role.rig': ['试验台', 'rig'],
} as const satisfies Record<`role.${Role}`, Pair>;

const families = {
  'family.passbook-printer': ['存折打印机', 'passbook printer'],
  'family.cash-counter': ['点钞机', 'cash counter'],
  'family.seal-scanner': ['扫描仪', 'seal scanner'],
  'family.alarm-panel': ['报警主机', 'alarm panel'],
} as const satisfies Record<`family.${Family['kind']}`, Pair>;

const others = {
  'word.yes': ['是', 'yes'],
  'word.no': ['否', 'no'],
  'word.unknown': ['不知', 'unknown'],
  'word.nobody': ['无人', 'nobody'],
  'word.daemon': ['主机', 'daemon'],
  'word.command': ['命令', 'command'],
  'word.away': ['外出布防', 'away'],
  'word.stay': ['留守布防', 'stay'],
  'word.arm': ['布防', 'arm'],
  'word.disarm': ['撤防', 'disarm'],
  'word.bypass': ['旁路', 'bypass'],
  'word.platen': ['平板', 'platen'],
  'word.feeder': ['进纸器', 'feeder'],
  'word.more': ['多', 'over'],
  'word.less': ['少', 'short'],
  'word.even': ['平', 'even'],
  'word.shortage': ['短款', 'shortage'],
  'word.surplus': ['长款', 'surplus'],
  'word.and': ['、', ', '],
} as const satisfies TextTable;

/** Words that stand alone wherever they appear; one word, one meaning. */
export const wordTexts = { ...roles, ...families, ...others } as const;
