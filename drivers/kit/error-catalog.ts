import type { ErrorEntry } from './errors.ts';

/**
 * Every error of the product: `CD_<AREA>_<WHAT>`. `docs/ERRORS.md` is generated from this table and a test
 * holds both to each other. Add a row here and nothing else.
 */
export const errorCatalog = {
  // --- link: the wire to a device
  CD_LINK_LOST: row(
    'link',
    'backoff',
    503,
    '与设备的连接中断。检查线缆和电源; 接好后自动恢复。',
    'The connection to the device broke. Check cable and power; it recovers by itself.',
  ),
  CD_LINK_NOT_FOUND: row(
    'link',
    'backoff',
    503,
    '找不到该设备地址。设备未插上, 或地址写错。',
    'Nothing is at this device address. Plug the device in, or correct the address.',
  ),
  CD_LINK_BUSY: row(
    'link',
    'backoff',
    503,
    '端口正被另一个程序占用。关闭那个程序。',
    'Another program holds the port. Close that program.',
  ),
  CD_LINK_FORBIDDEN: row(
    'config',
    'backoff',
    503,
    '没有权限打开端口。把运行账户加入端口所属的组 (见 operate 手册)。',
    'No permission to open the port. Add the account to the port’s group (see the operate guide).',
  ),
  CD_LINK_REFUSED: row(
    'link',
    'backoff',
    503,
    '对方拒绝连接。设备或串口服务器未启动。',
    'The other side refused the connection. Start the device or the serial server.',
  ),
  CD_LINK_FAILED: row('link', 'backoff', 503, '无法打开到设备的连接。', 'The connection to the device could not be opened.'),
  CD_LINK_ABORTED: row('link', 'backoff', 503, '打开连接的过程被取消。', 'Opening the connection was cancelled.'),

  // --- device: what the box itself says or does not say
  CD_DEVICE_UNKNOWN: row('operator', 'never', 404, '没有这台设备。', 'There is no such device.'),
  CD_DEVICE_NOT_ONLINE: row('device', 'after-operator', 409, '设备不在线, 命令未发出。', 'The device is not online; nothing was sent.'),
  CD_DEVICE_NO_ANSWER: row(
    'device',
    'backoff',
    503,
    '设备没有应答。检查电源和线缆。',
    'The device does not answer. Check power and cable.',
  ),
  CD_DEVICE_WRONG_IDENTITY: row(
    'config',
    'never',
    409,
    '这个端口上的不是所配置的型号。核对接线和配置。',
    'The device at this port is not the configured model. Check wiring and configuration.',
  ),
  CD_DEVICE_BUSY: row(
    'device',
    'after-operator',
    409,
    '设备正忙, 命令未执行。稍后再试。',
    'The device is busy; the command was not carried out. Try again later.',
  ),
  CD_DEVICE_REJECTED: row('device', 'after-operator', 409, '设备拒绝了命令。', 'The device refused the command.'),
  CD_DEVICE_FAULT: row(
    'device',
    'after-operator',
    503,
    '设备报告故障。按设备面板的提示处理。',
    'The device reports a fault. Follow what its panel says.',
  ),
  CD_DEVICE_CLAIMED: row(
    'operator',
    'after-operator',
    409,
    '设备正被另一项业务占用。等它结束。',
    'Another task holds the device. Wait until it ends.',
  ),
  CD_DEVICE_CANCELLED: row('operator', 'after-operator', 409, '命令已被取消。', 'The command was cancelled.'),
  CD_DEVICE_IN_DOUBT: row(
    'operator',
    'after-operator',
    409,
    '设备上有未回答的存疑。先看实物并回答。',
    'An open question about this device waits for an answer. Look at it and answer first.',
  ),

  // --- protocol
  CD_PROTOCOL_NO_ANSWER: row('protocol', 'after-operator', 503, '命令发出后没有得到答复。', 'The command was sent and no answer came.'),
  CD_PROTOCOL_UNEXPECTED: row('protocol', 'after-operator', 503, '设备的答复不符合协议。', 'The device answered against its protocol.'),

  // --- command
  CD_COMMAND_UNKNOWN: row('operator', 'never', 404, '该设备没有这个命令。', 'The device has no such command.'),
  CD_COMMAND_ARGS: row('operator', 'never', 400, '命令参数不符合要求。', 'The arguments of the command do not fit.'),
  CD_COMMAND_DUPLICATE: row('operator', 'never', 409, '这个命令编号已经用过。', 'This command id has been used already.'),

  // --- input over HTTP or socket
  CD_INPUT_SHAPE: row('operator', 'never', 400, '请求内容的格式不对。', 'The request does not have the right shape.'),
  CD_INPUT_JSON: row('operator', 'never', 400, '请求内容不是有效的 JSON。', 'The request body is not valid JSON.'),
  CD_INPUT_TOO_LARGE: row('operator', 'never', 413, '请求内容太大。', 'The request body is too large.'),
  CD_INPUT_MEDIA_TYPE: row('operator', 'never', 415, '请求必须是 application/json。', 'Requests must be application/json.'),
  CD_INPUT_NOT_FOUND: row('operator', 'never', 404, '没有这个地址或这个对象。', 'There is nothing at this address.'),
  CD_INPUT_ORIGIN: row('operator', 'never', 403, '请求来自别的网页, 已拒绝。', 'The request comes from another web page and was refused.'),
  CD_INPUT_HOST: row('operator', 'never', 421, '请求的主机名不是本服务, 已拒绝。', 'The request names another host and was refused.'),
  CD_INPUT_TOKEN: row('operator', 'never', 403, '缺少登录令牌, 请重新登录。', 'The login token is missing. Log in again.'),
  CD_INPUT_RATE: row('operator', 'backoff', 429, '请求太频繁, 请稍后再试。', 'Too many requests. Wait a little.'),

  // --- people and authority
  CD_AUTH_REQUIRED: row('operator', 'never', 401, '请先登录。', 'Log in first.'),
  CD_AUTH_WRONG: row('operator', 'never', 401, '工号或密码不对。', 'Person number or password is wrong.'),
  CD_AUTH_LOCKED: row('operator', 'backoff', 429, '多次输错, 已锁定 5 分钟。', 'Too many wrong attempts: locked for 5 minutes.'),
  CD_AUTH_ROLE: row('operator', 'never', 403, '您的岗位不能做这件事。', 'Your role may not do this.'),
  CD_AUTH_SELF: row('operator', 'never', 403, '不能批准自己的申请 (P-3)。', 'Nobody approves their own request (P-3).'),
  CD_AUTH_POSITION: row('operator', 'after-operator', 409, '请先选择柜口并签到。', 'Choose a position and sign in there first.'),
  CD_AUTH_POSITION_TAKEN: row('operator', 'after-operator', 409, '该柜口已有人签到。', 'Somebody is signed in at this position.'),
  CD_AUTH_SEPARATION: row('operator', 'never', 403, '岗位不相容, 不能兼任 (P-3)。', 'These roles exclude each other (P-3).'),
  CD_AUTH_EXPIRED: row('operator', 'after-operator', 409, '申请已过期, 请重新发起。', 'The request has expired. Start it again.'),
  CD_AUTH_SAME_LOGIN: row('operator', 'never', 403, '第二人必须用自己的登录。', 'The second person must use a login of their own.'),

  // --- workflows
  CD_FLOW_OPEN: row('operator', 'after-operator', 409, '本柜口已有一笔业务未结束 (D-1)。', 'A transaction is open at this position (D-1).'),
  CD_FLOW_UNKNOWN: row('operator', 'never', 404, '没有这笔业务。', 'There is no such transaction.'),
  CD_FLOW_STEP: row('operator', 'after-operator', 409, '现在不能做这一步。', 'This step is not possible now.'),
  CD_FLOW_NOTHING: row('operator', 'never', 409, '没有需要办理的内容。', 'There is nothing to do.'),
  CD_LEDGER_ACCOUNT: row('operator', 'never', 404, '没有这个账号或存折。', 'There is no such account or passbook.'),
  CD_PRINT_TEXT: row('operator', 'never', 422, '有字符无法打印, 未打印任何内容。', 'A character cannot be printed; nothing was printed.'),
  CD_PRINT_LAYOUT: row(
    'config',
    'never',
    422,
    '版面配置放不下内容, 未打印任何内容。',
    'The layout does not fit its content; nothing was printed.',
  ),
  CD_PRINT_NO_MEDIA: row(
    'operator',
    'after-operator',
    409,
    '打印机里没有存折。放入存折。',
    'There is no passbook in the printer. Insert it.',
  ),
  CD_PRINT_WRONG_BOOK: row(
    'operator',
    'after-operator',
    409,
    '存折与账户不符, 未打印 (B-4)。',
    'The book is not the account’s; nothing was printed (B-4).',
  ),
  CD_SCAN_NO_MEDIA: row('operator', 'after-operator', 409, '扫描仪里没有纸。放入纸张。', 'There is no paper in the scanner. Put it in.'),
  CD_SCAN_JAM: row('device', 'after-operator', 409, '扫描仪卡纸。清除后重试。', 'The scanner jammed. Clear it and try again.'),
  CD_SCAN_COVER: row(
    'device',
    'after-operator',
    409,
    '扫描仪盖板打开。合上后重试。',
    'The scanner’s cover is open. Close it and try again.',
  ),
  CD_PANEL_NOT_READY: row(
    'operator',
    'after-operator',
    409,
    '有防区打开, 不能布防。关闭防区或旁路。',
    'A zone is open: the panel cannot arm. Close it or bypass it.',
  ),
  CD_PANEL_NOT_ARMED: row('operator', 'never', 409, '分区未布防。', 'The partition is not armed.'),
  CD_PANEL_ALREADY_ARMED: row('operator', 'never', 409, '分区已经布防。', 'The partition is armed already.'),
  CD_PANEL_CODE: row(
    'operator',
    'after-operator',
    409,
    '主机不接受操作码。程序不会再试。',
    'The panel did not accept the code. The program does not try again.',
  ),

  // --- configuration
  CD_CONFIG_INVALID: row('config', 'never', 500, '配置文件有错。', 'The configuration is not valid.'),
  CD_CONFIG_UNKNOWN_KEY: row('config', 'never', 500, '配置里有不认识的键。', 'The configuration has an unknown key.'),
  CD_CONFIG_MISSING: row('config', 'never', 500, '找不到配置文件。', 'The configuration file is not there.'),
  CD_CONFIG_ADDRESS: row('config', 'never', 400, '设备地址的写法不认识。', 'The device address has no known form.'),
  CD_CONFIG_MODEL: row('config', 'never', 400, '没有这个设备型号。', 'There is no such device model.'),
  CD_CONFIG_SIMULATED: row(
    'config',
    'never',
    500,
    '模拟设备不与真实设备同时运行, 除非配置明确允许。',
    'Simulated devices do not run next to real ones unless the configuration says so.',
  ),
  CD_CONFIG_PORT: row(
    'config',
    'never',
    500,
    '网络端口已被占用。换一个端口或关闭占用者。',
    'The network port is in use. Choose another or stop what uses it.',
  ),
  CD_CONFIG_TLS: row('config', 'never', 500, '不在本机回环地址上时必须使用 TLS。', 'Bound to anything but loopback, TLS is required.'),

  // --- storage
  CD_STORAGE_FULL: row(
    'storage',
    'backoff',
    507,
    '磁盘已满, 不再接受记录。腾出空间后自动恢复。',
    'The disk is full: nothing more is recorded. It recovers once there is room.',
  ),
  CD_STORAGE_IO: row(
    'storage',
    'never',
    500,
    '读写数据文件夹失败。检查磁盘。',
    'Reading or writing the data folder failed. Check the disk.',
  ),
  CD_STORAGE_CHAIN: row(
    'storage',
    'never',
    500,
    '事件日志的链断了: 有人改过或文件损坏。',
    'The journal’s chain is broken: it was altered or is damaged.',
  ),
  CD_STORAGE_LOCKED: row('storage', 'never', 500, '另一个 counterd 正在使用这个数据文件夹。', 'Another counterd uses this data folder.'),
  CD_STORAGE_NEWER: row('storage', 'never', 500, '数据文件夹由更新的版本写成。', 'The data folder was written by a newer version.'),

  // --- simulator
  CD_SIM_UNKNOWN: row('operator', 'never', 404, '没有这个模拟设备、动作或故障。', 'There is no such simulated device, gesture or fault.'),
  CD_SIM_GESTURE: row('operator', 'after-operator', 409, '现在做不了这个动作。', 'This gesture is not possible now.'),
  CD_SIM_SCENARIO: row('config', 'never', 400, '场景文件有错。', 'The scenario is not valid.'),

  CD_USE_ARGUMENTS: row('operator', 'never', 400, '命令行参数不对。', 'The arguments are wrong.'),
  CD_BUG: row('bug', 'never', 500, '程序内部错误, 已记录。', 'An internal error; it has been recorded.'),
} as const satisfies Record<`CD_${string}`, ErrorEntry>;

function row(fault: ErrorEntry['fault'], retry: ErrorEntry['retry'], http: number, zh: string, en: string): ErrorEntry {
  return { fault, retry, http, text: { zh, en } };
}
