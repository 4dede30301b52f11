import type { DaemonEvent } from '../../../daemon/contract/entry.ts';
import type { Pair } from '../text-table.ts';
import { deviceEntryTexts } from './device-entries.ts';

/** One sentence per entry type of the daemon’s own. A new type without a row here does not compile. */
const daemonEntryTexts = {
  'event.branch.started': ['{{branchName}} 服务启动, 版本 {{version}}', '{{branchName}}: service started, version {{version}}'],
  'event.branch.stopped': ['服务正常停止', 'Service stopped in good order'],
  'event.branch.demo-prepared': [
    '已建立演示人员 {{personCount}} 名、账户 {{accountCount}} 个',
    'Demo prepared: {{personCount}} people, {{accountCount}} accounts',
  ],

  'event.person.registered': ['登记人员 {{personId}} {{name}}', 'Person {{personId}} {{name}} registered'],
  'event.person.roles-changed': ['{{person}} 的岗位改为 {{roles}}', 'Roles of {{person}} are now {{roles}}'],
  'event.person.disabled': ['{{person}} 停用: {{reason}}', '{{person}} disabled: {{reason}}'],
  'event.person.password-set': ['{{person}} 的密码已重设', 'Password of {{person}} was set'],
  'event.login.succeeded': ['{{person}} 登录', '{{person}} logged in'],
  'event.login.refused': ['登录被拒绝 {{person}}', 'Login refused {{person}}'],
  'event.login.locked': ['{{person}} 多次输错, 锁定至 {{until}}', '{{person}} locked until {{until}} after wrong attempts'],
  'event.login.ended': ['{{person}} 的登录结束', 'Login of {{person}} ended'],
  'event.position.signed-in': ['{{person}} 在{{position}}签到', '{{person}} signed in at {{position}}'],
  'event.position.signed-off': ['{{person}} 在{{position}}签退', '{{person}} signed off from {{position}}'],
  'event.position.left': ['{{person}} 暂离{{position}}', '{{person}} left {{position}} for a moment'],
  'event.position.resumed': ['{{person}} 回到{{position}}', '{{person}} is back at {{position}}'],
  'event.display.paired': ['{{position}}的客户显示屏已配对', 'Customer display of {{position}} paired'],

  'event.device.phase-changed': ['{{device}}: {{phase}} {{because}}', '{{device}}: {{phase}} {{because}}'],
  'event.device.identified': ['{{device}} 自报身份 {{identity}}', '{{device}} identified itself {{identity}}'],
  'event.device.junk-received': [
    '{{device}} 发来无法识别的 {{byteCount}} 字节 ({{reason}})',
    '{{byteCount}} junk bytes from {{device}} ({{reason}})',
  ],
  'event.device.claimed': ['{{device}} 被占用', '{{device}} claimed'],
  'event.device.released': ['{{device}} 已释放', '{{device}} released'],
  'event.device.command-started': ['{{device}} 执行命令 {{command}}', '{{device}}: command {{command}} given'],
  'event.device.command-settled': [
    '{{device}} 命令 {{command}}: {{outcome}} {{because}}',
    '{{device}}: command {{command}} {{outcome}} {{because}}',
  ],

  'event.approval.requested': [
    '{{actor}} 申请{{action}} {{device}} 分区 {{partition}} {{zones}} {{reason}}',
    '{{actor}} asked to {{action}}: partition {{partition}} of {{device}} {{zones}} {{reason}}',
  ],
  'event.approval.opened': ['{{actor}} 打开了授权申请', '{{actor}} opened the request'],
  'event.approval.granted': ['{{actor}} 批准了申请', '{{actor}} granted the request'],
  'event.approval.refused': ['{{actor}} 拒绝了申请: {{reason}}', '{{actor}} refused the request: {{reason}}'],
  'event.approval.withdrawn': ['{{actor}} 撤回了申请', '{{actor}} withdrew the request'],
  'event.approval.expired': ['申请过期, 无人决定', 'The request expired; nobody decided'],
  'event.approval.used': ['批准的操作: {{outcome}} {{because}}', 'The granted act: {{outcome}} {{because}}'],
  'event.approval.missing': [
    '无批准的{{action}}: 分区 {{partition}} {{user}}',
    '{{action}} without approval: partition {{partition}} {{user}}',
  ],

  'event.passbook-update.started': [
    '补登折开始: {{accountMasked}} {{count}} 笔',
    'Passbook update began: {{accountMasked}}, {{count}} lines',
  ],
  'event.passbook-update.printing-asked': ['核对完毕, 开始打印', 'Checked; printing asked'],
  'event.passbook-update.line-intended': ['将打印第 {{page}} 页第 {{line}} 行', 'About to print page {{page}} line {{line}}'],
  'event.passbook-update.line-confirmed': ['第 {{page}} 页第 {{line}} 行已打印', 'Page {{page}} line {{line}} is printed'],
  'event.passbook-update.line-sent': ['第 {{page}} 页第 {{line}} 行已送出, 待核对', 'Page {{page}} line {{line}} is sent, to be checked'],
  'event.passbook-update.paper-check-asked': ['请核对存折第 {{page}} 页', 'Check page {{page}} of the book'],
  'event.passbook-update.line-not-printed': [
    '第 {{page}} 页第 {{line}} 行未打印: {{because}}',
    'Page {{page}} line {{line}} not printed: {{because}}',
  ],
  'event.passbook-update.line-doubted': [
    '第 {{page}} 页第 {{line}} 行存疑: {{because}}',
    'Page {{page}} line {{line}} in doubt: {{because}}',
  ],
  'event.passbook-update.doubt-answered': [
    '{{actor}} 看过存折, 第 {{line}} 行: {{answer}}',
    '{{actor}} looked at the book, line {{line}}: {{answer}}',
  ],
  'event.passbook-update.line-voided': [
    '第 {{page}} 页第 {{line}} 行作废, 改打第 {{nextPage}} 页第 {{nextLine}} 行',
    'Page {{page}} line {{line}} is void; on to page {{nextPage}} line {{nextLine}}',
  ],
  'event.passbook-update.replanned': ['未打的各笔重新排行', 'Lines not yet printed were placed anew'],
  'event.passbook-update.page-turn-asked': ['请翻到第 {{page}} 页', 'Turn to page {{page}}'],
  'event.passbook-update.page-turned': ['已翻到第 {{page}} 页', 'Turned to page {{page}}'],
  'event.passbook-update.paused': ['打印暂停 {{because}}', 'Printing paused {{because}}'],
  'event.passbook-update.stop-asked': ['请求停止, 本行打完后停', 'Stop asked, after the line in work'],
  'event.passbook-update.finished': ['补登折完成, {{printedCount}} 行', 'Passbook update finished, {{printedCount}} lines'],
  'event.passbook-update.cancelled': ['补登折放弃: {{reason}}', 'Passbook update given up: {{reason}}'],

  'event.cash-count.started': ['现金清点开始, 单据金额 {{total}}', 'Cash count began, slip {{total}}'],
  'event.cash-count.result-added': [
    '清点结果 {{noteCount}} 张 {{total}}, 退 {{rejectCount}} 张',
    'Counted {{noteCount}} notes, {{total}}, {{rejectCount}} rejected',
  ],
  'event.cash-count.recount-asked': ['要求复点', 'Recount asked'],
  'event.cash-count.difference-recorded': ['记录{{kind}} {{total}}: {{note}}', '{{kind}} of {{total}} recorded: {{note}}'],
  'event.cash-count.finished': ['现金收妥 {{total}}', 'Cash taken over: {{total}}'],
  'event.cash-count.cancelled': ['清点取消: {{reason}}', 'Count cancelled: {{reason}}'],

  'event.slip-scan.started': ['扫描开始: {{source}} {{dpi}} dpi', 'Scan began: {{source}} {{dpi}} dpi'],
  'event.slip-scan.continued': ['继续扫描: {{source}} {{dpi}} dpi', 'Scan goes on: {{source}} {{dpi}} dpi'],
  'event.slip-scan.page-kept': ['第 {{pageNumber}} 张影像已存', 'Picture {{pageNumber}} kept'],
  'event.slip-scan.finished': ['扫描结束: {{outcome}}, {{pageCount}} 张', 'Scan ended: {{outcome}}, {{pageCount}} pages'],
  'event.slip-scan.closed': ['影像办结', 'Pictures done with'],

  'event.journal.clock-set-back': ['主机时钟被拨回, 顺序以编号为准', 'The host’s clock went back; order is by number'],
  'event.journal.storage-recovered': ['记录恢复, 期间拒绝 {{refusedCount}} 次', 'Recording works again; {{refusedCount}} were refused'],
} as const satisfies Record<`event.${DaemonEvent['type']}`, Pair>;

export const entryTexts = { ...daemonEntryTexts, ...deviceEntryTexts } as const;
