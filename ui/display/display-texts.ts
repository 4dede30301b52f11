import type { DisplayView } from '../../daemon/contract/socket.ts';

type Pair = readonly [zh: string, en: string];

/** Both languages stand on the screen together: the customer does not choose. */
export const displayTexts = {
  welcome: ['欢迎光临', 'Welcome'],
  paused: ['暂停服务', 'This position is closed for a moment'],
  counting: ['正在为您清点', 'Counting your cash'],
  counted: ['清点完毕, 请核对', 'Counted; please check'],
  printing: ['正在打印存折', 'Printing your passbook'],
  wait: ['请稍候', 'Please wait'],
} as const satisfies Record<DisplayView['mode'], Pair>;

export const displayWords = {
  teller: ['柜员', 'Teller'],
  checked: ['逐张鉴别', 'each note examined'],
  notes: ['共 {{count}} 张', '{{count}} notes'],
  review: ['有 {{count}} 张需要复核', '{{count}} need a second look'],
  remind: ['请当面点清, 离柜前核对', 'Please check before you leave'],
  pairTitle: ['客户显示屏', 'Customer display'],
  pairHow: ['输入柜员屏幕上的配对码', 'Type the pairing code from the teller’s screen'],
  pairCode: ['配对码', 'Pairing code'],
  pair: ['配对', 'Pair'],
  pairWrong: ['配对码不对或已过期', 'The code is wrong or has expired'],
  simulated: ['模拟', 'SIMULATED'],
} as const satisfies Record<string, Pair>;

export function both(pair: Pair, count?: number): readonly [string, string] {
  const fill = (text: string): string => text.replace('{{count}}', String(count ?? ''));
  return [fill(pair[0]), fill(pair[1])];
}
