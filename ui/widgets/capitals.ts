/**
 * 大写金额 as annex 1 of the payment and settlement rules (支付结算办法) has it: 元 not 圆, 整 after 元 and none after
 * 分 (after 角 both are allowed; here none), one 零 for a run of inner zeros, and 零 after 元 when its last digit is 0
 * or when 角 is 0 and 分 is not.
 */
const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['', '拾', '佰', '仟'] as const;
const SECTIONS = ['', '万', '亿', '万亿'] as const;

/** Minor units (fen) in capitals, without the prefix 人民币. Negative amounts have no capitals: the sign is a word beside them. */
export function toCapitals(minor: string): string {
  const digits = minor.replace('-', '').padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/^0+(?=\d)/, '');
  const jiao = Number(digits.at(-2));
  const fen = Number(digits.at(-1));
  const whole = yuan === '0' ? '' : `${wholeInCapitals(yuan)}元`;
  const tail = tailInCapitals({ jiao, fen, needsZero: whole !== '' && (yuan.endsWith('0') || jiao === 0) });
  if (whole === '' && tail === '') return '零元整';
  return tail === '' ? `${whole}整` : `${whole}${tail}`;
}

function tailInCapitals({ jiao, fen, needsZero }: { readonly jiao: number; readonly fen: number; readonly needsZero: boolean }): string {
  if (jiao === 0 && fen === 0) return '';
  const jiaoText = jiao === 0 ? '' : `${digit(jiao)}角`;
  const fenText = fen === 0 ? '' : `${digit(fen)}分`;
  return `${needsZero ? '零' : ''}${jiaoText}${fenText}`;
}

function wholeInCapitals(yuan: string): string {
  const sections: string[] = [];
  for (let end = yuan.length; end > 0; end -= 4) sections.unshift(yuan.slice(Math.max(0, end - 4), end));
  const text = sections
    .map((section, index) => {
      const inside = sectionInCapitals(section.padStart(4, '0'), index === 0);
      return inside === '' ? '' : `${inside}${SECTIONS[sections.length - 1 - index] ?? ''}`;
    })
    .map((part, index) => (part === '' && index < sections.length - 1 ? '零' : part))
    .join('');
  return text.replace(/零+/g, '零').replace(/零$/, '');
}

function sectionInCapitals(section: string, isFirst: boolean): string {
  if (/^0+$/.test(section)) return '';
  const text = Array.from(section, (char, index) => (char === '0' ? '零' : `${digit(Number(char))}${PLACES[3 - index] ?? ''}`))
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '');
  return isFirst ? text.replace(/^零/, '') : text;
}

function digit(value: number): string {
  return DIGITS[value] ?? '';
}
