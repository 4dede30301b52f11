/** Made-up companies and people. None is meant to exist. */
import type { Random } from '../../kit/random.ts';

const PLACES = split(
  '北京市 上海市 广州 深圳市 杭州 苏州 南京 宁波市 成都 重庆 武汉市 长沙 青岛 天津 大连市 厦门市 西安 郑州 沈阳市 济南 合肥 福州 昆明 南昌 无锡市 佛山 东莞市 温州 绍兴市 常州 江苏 浙江 广东 四川省 湖北 山东',
);
const FIRMS = split(
  '同方 新元 永正 力源 信和 明光 未来 正大 中科 三木 金诚 海天 日升 恒达 天源 合力 千里 安平 公平 大千 华泰 鑫源 瑞丰 博远 东升 宏图 嘉禾 九州 康宁 联创 美华 荣昌 盛世 泰和 万象 祥云 兴业达 亿通 振邦 众诚 启明星 云帆 德润 广厦 汇通 建业 凯旋 隆基 鹏程 青松 四海 腾飞 五洲 旭日 远景 卓越',
);
const TRADES = split(
  '科技 贸易 建设 纺织 农业 医药 环保 电子 食品 物流 文化 化工 能源 信息技术 建材 旅游 投资 机械 商贸 实业 传媒 装饰工程 餐饮管理 汽车销售 进出口 服装 印刷 软件 咨询 教育',
);
const FORMS = split('有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司');
const FAMILY = Array.from(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
);
const GIVEN = Array.from(
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文志永海云林辉鹏飞红梅春燕波斌宇浩凯健俊峰婷雪琳慧莉晨阳欣佳子轩博文雨桐思远嘉诚一木千里小四川山石成安康宁德仁义礼信光宗耀祖',
);

function split(words: string): readonly [string, ...string[]] {
  const [first = '', ...rest] = words.split(' ');
  return [first, ...rest];
}

function oneOf(random: Random, characters: readonly string[]): string {
  return characters[random.integer(0, characters.length - 1)] ?? '';
}

export function companyName(random: Random): string {
  return random.pick(PLACES) + random.pick(FIRMS) + random.pick(TRADES) + random.pick(FORMS);
}

/** Two or three characters. */
export function personName(random: Random): string {
  return oneOf(random, FAMILY) + oneOf(random, GIVEN) + (random.chance(0.6) ? oneOf(random, GIVEN) : '');
}

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => String(random.integer(0, 9))).join('');
}

/** A taxpayer's number in form only: 18 digits and capitals without I, O, S, V, Z. */
export function taxNumber(random: Random): string {
  return Array.from({ length: 18 }, () => oneOf(random, Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY'))).join('');
}

/** Characters that a hurried eye takes for one another, in pairs. */
const LOOKALIKES = split(
  '限根 明朋 专与 华毕 木本 公分 王玉 天夫 大太 土士 未末 日目 千干 人入 己已 田由 科料 技枝 贸贺 设没 财材 业亚 市布 司同 建健 发友 信倍 利和 力刀 永水 工土 东车 石右 北比 海侮 新斯 江汪 林材 伟侍 杨扬 张涨 陈阵 李季 周同 吴昊 马乌 胡湖 郭部 何河 高亮 梁粱 宋宗 郑邓 冯玛 军车 务努 用甩 章童 有肖 集隼 团困 份盼 股胶 责债 任仕 贾贸 杜社 叶叮 白自 方万 云去 丁了 小少 四西 山出 成戍 安女 康廉 宁宇 平乎 光先 志忐 文又 勇男 涛铸 敏教 静净 丽雨 娜哪 强缰 刚钢 州洲 州卅 杭抗 苏办 南甫 京亨 青责 岛鸟 沙抄 长张 重里 庆床 武式 汉汊 印卯 之乏',
);

/** A character that looks like `character`; undefined when the table has none. */
export function lookalike(random: Random, character: string): string | undefined {
  const found = LOOKALIKES.filter((pair) => pair.includes(character)).map((pair) => pair.replace(character, ''));
  const [first, ...rest] = found.filter((other) => other !== character && other !== '');
  return first === undefined ? undefined : random.pick([first, ...rest]);
}

/** Any other character that names use. */
export function otherCharacter(random: Random, than: string): string {
  const drawn = oneOf(random, [...GIVEN, ...FAMILY, '市', '商', '业', '贸', '科', '技', '责', '任', '集']);
  return drawn === than ? otherCharacter(random, than) : drawn;
}
