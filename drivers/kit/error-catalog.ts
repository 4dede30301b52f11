import type { ErrorEntry } from './error-entry.ts';

/**
 * Every error of the product: `CD_<AREA>_<WHAT>`. `docs/ERRORS.md` is generated from this table and a test
 * holds both to each other. Add a row here and nothing else.
 */
// prettier-ignore
export const errorCatalog = {
  // --- link: the wire to a device
  CD_LINK_LOST: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '与设备的连接中断。检查线缆和电源; 接好后自动恢复。', en: 'The connection to the device broke. Check cable and power; it recovers by itself.' } },
  CD_LINK_NOT_FOUND: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '找不到该设备地址。设备未插上, 或地址写错。', en: 'Nothing is at this device address. Plug the device in, or correct the address.' } },
  CD_LINK_BUSY: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '端口正被另一个程序占用。关闭那个程序。', en: 'Another program holds the port. Close that program.' } },
  CD_LINK_FORBIDDEN: { fault: 'config', retry: 'backoff', http: 503, text: { zh: '没有权限打开端口。把运行账户加入端口所属的组 (见 operate 手册)。', en: 'No permission to open the port. Add the account to the port’s group (see the operate guide).' } },
  CD_LINK_REFUSED: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '对方拒绝连接。设备或串口服务器未启动。', en: 'The other side refused the connection. Start the device or the serial server.' } },
  CD_LINK_FAILED: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '无法打开到设备的连接。', en: 'The connection to the device could not be opened.' } },
  CD_LINK_ABORTED: { fault: 'link', retry: 'backoff', http: 503, text: { zh: '打开连接的过程被取消。', en: 'Opening the connection was cancelled.' } },

  // --- device: what the box itself says or does not say
  CD_DEVICE_UNKNOWN: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这台设备。', en: 'There is no such device.' } },
  CD_DEVICE_NOT_ONLINE: { fault: 'device', retry: 'after-operator', http: 409, text: { zh: '设备不在线, 命令未发出。', en: 'The device is not online; nothing was sent.' } },
  CD_DEVICE_NO_ANSWER: { fault: 'device', retry: 'backoff', http: 503, text: { zh: '设备没有应答。检查电源和线缆。', en: 'The device does not answer. Check power and cable.' } },
  CD_DEVICE_WRONG_IDENTITY: { fault: 'config', retry: 'never', http: 409, text: { zh: '这个端口上的不是所配置的型号。核对接线和配置。', en: 'The device at this port is not the configured model. Check wiring and configuration.' } },
  CD_DEVICE_BUSY: { fault: 'device', retry: 'after-operator', http: 409, text: { zh: '设备正忙, 命令未执行。稍后再试。', en: 'The device is busy; the command was not carried out. Try again later.' } },
  CD_DEVICE_REJECTED: { fault: 'device', retry: 'after-operator', http: 409, text: { zh: '设备拒绝了命令。', en: 'The device refused the command.' } },
  CD_DEVICE_FAULT: { fault: 'device', retry: 'after-operator', http: 503, text: { zh: '设备报告故障。按设备面板的提示处理。', en: 'The device reports a fault. Follow what its panel says.' } },
  CD_DEVICE_CLAIMED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '设备正被另一项业务占用。等它结束。', en: 'Another task holds the device. Wait until it ends.' } },
  CD_DEVICE_CANCELLED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '命令已被取消。', en: 'The command was cancelled.' } },
  CD_DEVICE_IN_DOUBT: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '设备上有未回答的存疑。先看实物并回答。', en: 'An open question about this device waits for an answer. Look at it and answer first.' } },

  // --- protocol
  CD_PROTOCOL_NO_ANSWER: { fault: 'protocol', retry: 'after-operator', http: 503, text: { zh: '命令发出后没有得到答复。', en: 'The command was sent and no answer came.' } },
  CD_PROTOCOL_UNEXPECTED: { fault: 'protocol', retry: 'after-operator', http: 503, text: { zh: '设备的答复不符合协议。', en: 'The device answered against its protocol.' } },

  // --- command
  CD_COMMAND_UNKNOWN: { fault: 'operator', retry: 'never', http: 404, text: { zh: '该设备没有这个命令。', en: 'The device has no such command.' } },
  CD_COMMAND_ARGS: { fault: 'operator', retry: 'never', http: 400, text: { zh: '命令参数不符合要求。', en: 'The arguments of the command do not fit.' } },
  CD_COMMAND_DUPLICATE: { fault: 'operator', retry: 'never', http: 409, text: { zh: '这个命令编号已经用过。', en: 'This command id has been used already.' } },
  CD_COMMAND_INTERRUPTED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '程序在命令执行期间停止。核对设备上的实物。', en: 'The program stopped while the command ran. Look at the device.' } },

  // --- input over HTTP or socket
  CD_INPUT_SHAPE: { fault: 'operator', retry: 'never', http: 400, text: { zh: '请求内容的格式不对。', en: 'The request does not have the right shape.' } },
  CD_INPUT_JSON: { fault: 'operator', retry: 'never', http: 400, text: { zh: '请求内容不是有效的 JSON。', en: 'The request body is not valid JSON.' } },
  CD_INPUT_TOO_LARGE: { fault: 'operator', retry: 'never', http: 413, text: { zh: '请求内容太大。', en: 'The request body is too large.' } },
  CD_INPUT_MEDIA_TYPE: { fault: 'operator', retry: 'never', http: 415, text: { zh: '请求必须是 application/json。', en: 'Requests must be application/json.' } },
  CD_INPUT_NOT_FOUND: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这个地址或这个对象。', en: 'There is nothing at this address.' } },
  CD_INPUT_ORIGIN: { fault: 'operator', retry: 'never', http: 403, text: { zh: '请求来自别的网页, 已拒绝。', en: 'The request comes from another web page and was refused.' } },
  CD_INPUT_HOST: { fault: 'operator', retry: 'never', http: 421, text: { zh: '请求的主机名不是本服务, 已拒绝。', en: 'The request names another host and was refused.' } },
  CD_INPUT_TOKEN: { fault: 'operator', retry: 'never', http: 403, text: { zh: '缺少登录令牌, 请重新登录。', en: 'The login token is missing. Log in again.' } },
  CD_INPUT_RATE: { fault: 'operator', retry: 'backoff', http: 429, text: { zh: '请求太频繁, 请稍后再试。', en: 'Too many requests. Wait a little.' } },

  // --- people and authority
  CD_AUTH_REQUIRED: { fault: 'operator', retry: 'never', http: 401, text: { zh: '请先登录。', en: 'Log in first.' } },
  CD_AUTH_WRONG: { fault: 'operator', retry: 'never', http: 401, text: { zh: '工号或密码不对。', en: 'Person number or password is wrong.' } },
  CD_AUTH_LOCKED: { fault: 'operator', retry: 'backoff', http: 429, text: { zh: '多次输错, 已锁定 5 分钟。', en: 'Too many wrong attempts: locked for 5 minutes.' } },
  CD_AUTH_ROLE: { fault: 'operator', retry: 'never', http: 403, text: { zh: '您的岗位不能做这件事。', en: 'Your role may not do this.' } },
  CD_AUTH_SELF: { fault: 'operator', retry: 'never', http: 403, text: { zh: '不能批准自己的申请 (P-3)。', en: 'Nobody approves their own request (P-3).' } },
  CD_AUTH_POSITION: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '请先选择柜口并签到。', en: 'Choose a position and sign in there first.' } },
  CD_AUTH_POSITION_TAKEN: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '该柜口已有人签到。', en: 'Somebody is signed in at this position.' } },
  CD_AUTH_SEPARATION: { fault: 'operator', retry: 'never', http: 403, text: { zh: '岗位不相容, 不能兼任 (P-3)。', en: 'These roles exclude each other (P-3).' } },
  CD_AUTH_EXPIRED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '申请已过期, 请重新发起。', en: 'The request has expired. Start it again.' } },
  CD_AUTH_SAME_LOGIN: { fault: 'operator', retry: 'never', http: 403, text: { zh: '第二人必须用自己的登录。', en: 'The second person must use a login of their own.' } },
  CD_AUTH_OFFICER: { fault: 'operator', retry: 'never', http: 403, text: { zh: '布防和撤防的两人中至少一人是安全员。', en: 'One of the two who arm or disarm must be a security officer.' } },
  CD_AUTH_UNOPENED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '未打开内容, 不能批准 (P-5)。', en: 'Open the content before deciding (P-5).' } },
  CD_AUTH_CONTENT: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '批准的内容与申请不一致, 请重新打开。', en: 'The content is not the one that was asked for. Open it again.' } },
  CD_AUTH_DECIDED: { fault: 'operator', retry: 'never', http: 409, text: { zh: '该申请已有决定。', en: 'This request has been decided already.' } },
  CD_AUTH_ABSENT: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '申请人已退出登录, 请重新发起。', en: 'Whoever asked has logged out. Start the request again.' } },
  CD_AUTH_LEFT: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '暂离中。先由本人解锁。', en: 'On temporary leave: the same person unlocks first.' } },
  CD_AUTH_POSITION_HELD: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '您已在另一柜口签到, 请先签退。', en: 'You are signed in at another position. Sign off there first.' } },
  CD_AUTH_PERSON: { fault: 'operator', retry: 'never', http: 409, text: { zh: '没有这个人员, 或工号已被使用。', en: 'There is no such person, or the number is taken.' } },
  CD_AUTH_PASSWORD: { fault: 'operator', retry: 'never', http: 400, text: { zh: '密码至少 8 位。', en: 'A password has at least 8 characters.' } },
  CD_AUTH_DISPLAY: { fault: 'operator', retry: 'after-operator', http: 403, text: { zh: '配对码不对或已过期。在柜口重新生成。', en: 'The pairing code is wrong or too old. Make a new one at the position.' } },

  // --- workflows
  CD_FLOW_OPEN: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '本柜口已有一笔业务未结束 (D-1)。', en: 'A transaction is open at this position (D-1).' } },
  CD_FLOW_UNKNOWN: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这笔业务。', en: 'There is no such transaction.' } },
  CD_FLOW_STEP: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '现在不能做这一步。', en: 'This step is not possible now.' } },
  CD_FLOW_INTERRUPTED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '办理中程序停过。看实物并回答后继续。', en: 'The program stopped in the middle of this. Look at the paper, answer, and go on.' } },
  CD_FLOW_PAPER: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '有已送出而无人核对的行。先看存折并回答。', en: 'Lines were sent that nobody has checked. Look at the book and answer first.' } },
  CD_FLOW_POSITION: { fault: 'operator', retry: 'never', http: 403, text: { zh: '这笔业务属于另一个柜口。', en: 'This transaction belongs to another position.' } },
  CD_FLOW_DEVICE: { fault: 'config', retry: 'never', http: 409, text: { zh: '本柜口没有配置这种设备。', en: 'This position has no such device.' } },
  CD_FLOW_DIFFERENCE: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '实点与单据不符: 复点, 或把差额记为短款/长款。', en: 'Count and slip differ: count again, or record the difference.' } },
  CD_FLOW_NOTHING: { fault: 'operator', retry: 'never', http: 409, text: { zh: '没有需要办理的内容。', en: 'There is nothing to do.' } },
  CD_LEDGER_ACCOUNT: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这个账号或存折。', en: 'There is no such account or passbook.' } },
  CD_PRINT_TEXT: { fault: 'operator', retry: 'never', http: 422, text: { zh: '有字符无法打印, 未打印任何内容。', en: 'A character cannot be printed; nothing was printed.' } },
  CD_PRINT_LAYOUT: { fault: 'config', retry: 'never', http: 422, text: { zh: '版面配置放不下内容, 未打印任何内容。', en: 'The layout does not fit its content; nothing was printed.' } },
  CD_PRINT_NO_MEDIA: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '打印机里没有存折。放入存折。', en: 'There is no passbook in the printer. Insert it.' } },
  CD_PRINT_WRONG_MEDIA: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '放入的不是这种存折, 或放歪了。取出核对后重放。', en: 'This is another kind of book, or it lies askew. Take it out, check it, put it in again.' } },
  CD_PRINT_STRIPE: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '磁条读不出。再试一次, 或不用磁条办理。', en: 'The magnetic stripe cannot be read. Try again, or go on without it.' } },
  CD_PRINT_STRIPE_SPOILED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '磁条写后校验不符, 内容可能已损坏。重新写入。', en: 'What was written to the stripe does not read back; it may be spoiled. Write it again.' } },
  CD_SCAN_NO_MEDIA: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '扫描仪里没有纸。放入纸张。', en: 'There is no paper in the scanner. Put it in.' } },
  CD_SCAN_JAM: { fault: 'device', retry: 'after-operator', http: 409, text: { zh: '扫描仪卡纸。清除后重试。', en: 'The scanner jammed. Clear it and try again.' } },
  CD_SCAN_COVER: { fault: 'device', retry: 'after-operator', http: 409, text: { zh: '扫描仪盖板打开。合上后重试。', en: 'The scanner’s cover is open. Close it and try again.' } },
  CD_SCAN_NO_JOB: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这次扫描, 或它已经结束。', en: 'There is no such scan job, or it is over.' } },
  CD_SEAL_PICTURE: { fault: 'operator', retry: 'never', http: 422, text: { zh: '图像打不开或已损坏。重新扫描。', en: 'The picture cannot be read or is damaged. Scan again.' } },
  CD_SEAL_COLOUR: { fault: 'operator', retry: 'never', http: 422, text: { zh: '验印需要彩色图像。请用彩色、至少 200 dpi 重新扫描。', en: 'Seals are compared in colour only. Scan again in colour, at 200 dpi or more.' } },
  CD_SEAL_DPI: { fault: 'operator', retry: 'never', http: 422, text: { zh: '图像分辨率不明或不足 150 dpi。请注明分辨率或重新扫描。', en: 'The picture’s resolution is unknown or below 150 dpi. Name it, or scan again.' } },
  CD_SEAL_SIZE: { fault: 'operator', retry: 'never', http: 422, text: { zh: '图像太大或太小, 不能验印。', en: 'The picture is too large or too small for comparing seals.' } },
  CD_SEAL_NONE: { fault: 'operator', retry: 'never', http: 422, text: { zh: '图像里没有找到印章。', en: 'No seal impression was found in the picture.' } },
  CD_SEAL_INPUT: { fault: 'operator', retry: 'never', http: 400, text: { zh: '这一行不是有效的比对请求。', en: 'This line is not a valid request for comparison.' } },
  CD_PANEL_NOT_READY: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '有防区打开, 不能布防。关闭防区或旁路。', en: 'A zone is open: the panel cannot arm. Close it or bypass it.' } },
  CD_PANEL_NOT_ARMED: { fault: 'operator', retry: 'never', http: 409, text: { zh: '分区未布防。', en: 'The partition is not armed.' } },
  CD_PANEL_ALREADY_ARMED: { fault: 'operator', retry: 'never', http: 409, text: { zh: '分区已经布防。', en: 'The partition is armed already.' } },
  CD_PANEL_CODE: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '主机不接受操作码。程序不会再试。', en: 'The panel did not accept the code. The program does not try again.' } },
  CD_PANEL_ZONE: { fault: 'operator', retry: 'never', http: 409, text: { zh: '这个分区没有这个防区。', en: 'This partition has no such zone.' } },
  CD_PANEL_ZONE_24H: { fault: 'operator', retry: 'never', http: 409, text: { zh: '24 小时防区, 或没有配置种类的防区, 不得旁路。', en: 'A zone that watches 24 hours, or whose kind is not configured, is never bypassed.' } },
  CD_PANEL_BYPASS_MANY: { fault: 'operator', retry: 'never', http: 409, text: { zh: '同时旁路的防区太多。请关闭其中的防区。', en: 'Too many zones would be bypassed. Close some of them.' } },
  CD_PANEL_BYPASS_ARMED: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '只有已撤防的分区可以旁路防区。', en: 'Zones are bypassed only while the partition is disarmed.' } },

  // --- configuration
  CD_CONFIG_INVALID: { fault: 'config', retry: 'never', http: 500, text: { zh: '配置文件有错。', en: 'The configuration is not valid.' } },
  CD_CONFIG_UNKNOWN_KEY: { fault: 'config', retry: 'never', http: 500, text: { zh: '配置里有不认识的键。', en: 'The configuration has an unknown key.' } },
  CD_CONFIG_MISSING: { fault: 'config', retry: 'never', http: 500, text: { zh: '找不到配置文件。', en: 'The configuration file is not there.' } },
  CD_CONFIG_ADDRESS: { fault: 'config', retry: 'never', http: 400, text: { zh: '设备地址的写法不认识。', en: 'The device address has no known form.' } },
  CD_CONFIG_MODEL: { fault: 'config', retry: 'never', http: 400, text: { zh: '没有这个设备型号。', en: 'There is no such device model.' } },
  CD_CONFIG_SIMULATED: { fault: 'config', retry: 'never', http: 500, text: { zh: '模拟设备不与真实设备同时运行, 除非配置明确允许。', en: 'Simulated devices do not run next to real ones unless the configuration says so.' } },
  CD_CONFIG_PORT: { fault: 'config', retry: 'never', http: 500, text: { zh: '网络端口已被占用。换一个端口或关闭占用者。', en: 'The network port is in use. Choose another or stop what uses it.' } },
  CD_CONFIG_TLS: { fault: 'config', retry: 'never', http: 500, text: { zh: '不在本机回环地址上时必须使用 TLS。', en: 'Bound to anything but loopback, TLS is required.' } },
  CD_CONFIG_MODE: { fault: 'config', retry: 'never', http: 500, text: { zh: '配置文件可被他人读取。改为 0600。', en: 'Others can read the configuration file. Give it mode 0600.' } },

  // --- storage
  CD_STORAGE_FULL: { fault: 'storage', retry: 'backoff', http: 507, text: { zh: '磁盘已满, 不再接受记录。腾出空间后自动恢复。', en: 'The disk is full: nothing more is recorded. It recovers once there is room.' } },
  CD_STORAGE_IO: { fault: 'storage', retry: 'never', http: 500, text: { zh: '读写数据文件夹失败。检查磁盘。', en: 'Reading or writing the data folder failed. Check the disk.' } },
  CD_STORAGE_CHAIN: { fault: 'storage', retry: 'never', http: 500, text: { zh: '事件日志的链断了: 有人改过或文件损坏。', en: 'The journal’s chain is broken: it was altered or is damaged.' } },
  CD_STORAGE_LOCKED: { fault: 'storage', retry: 'never', http: 500, text: { zh: '另一个 counterd 正在使用这个数据文件夹。', en: 'Another counterd uses this data folder.' } },
  CD_STORAGE_EXISTS: { fault: 'operator', retry: 'never', http: 409, text: { zh: '目标已存在且不为空, 不覆盖任何内容。请选一个新文件夹。', en: 'The target exists and is not empty; nothing is overwritten. Choose a new folder.' } },
  CD_STORAGE_NEWER: { fault: 'storage', retry: 'never', http: 500, text: { zh: '数据文件夹由更新的版本写成。', en: 'The data folder was written by a newer version.' } },

  // --- journal: what our own code may not do
  CD_JOURNAL_TYPE: { fault: 'bug', retry: 'never', http: 500, text: { zh: '记录了没有定义的条目类型。', en: 'An entry of a type that nobody defined was about to be recorded.' } },
  CD_JOURNAL_SHAPE: { fault: 'bug', retry: 'never', http: 500, text: { zh: '记录的内容不符合它的定义, 已拒绝。', en: 'An entry did not fit its definition and was refused.' } },

  // --- simulator
  CD_SIM_UNKNOWN: { fault: 'operator', retry: 'never', http: 404, text: { zh: '没有这个模拟设备、动作或故障。', en: 'There is no such simulated device, gesture or fault.' } },
  CD_SIM_GESTURE: { fault: 'operator', retry: 'after-operator', http: 409, text: { zh: '现在做不了这个动作。', en: 'This gesture is not possible now.' } },
  CD_SIM_TERMINAL: { fault: 'config', retry: 'after-operator', http: 500, text: { zh: '无法建立模拟设备的伪终端。需要 python3 和可写的路径。', en: 'The pseudo-terminal of a simulated device could not be made. It needs python3 and a path that can be written.' } },
  CD_SIM_SCENARIO: { fault: 'config', retry: 'never', http: 400, text: { zh: '场景文件有错。', en: 'The scenario is not valid.' } },

  CD_USE_ARGUMENTS: { fault: 'operator', retry: 'never', http: 400, text: { zh: '命令行参数不对。', en: 'The arguments are wrong.' } },
  CD_BUG: { fault: 'bug', retry: 'never', http: 500, text: { zh: '程序内部错误, 已记录。', en: 'An internal error; it has been recorded.' } },
} as const satisfies Record<`CD_${string}`, ErrorEntry>;
