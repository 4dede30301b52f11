import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCapitals } from '../../ui/widgets/capitals.ts';
import { addMinor, formatDenomination, formatHeading, formatMinor, parseMoney, subtractMinor, timesMinor } from '../../ui/widgets/money.ts';

describe('money as typed', () => {
  it.each([
    ['１２３４．５６', '1234.56', '123456'],
    ['12。5', '12.50', '1250'],
    ['1,234.5', '1234.50', '123450'],
    ['0.05', '0.05', '5'],
    ['007', '7.00', '700'],
    ['12.', '12.00', '1200'],
    ['１，２３４', '1234.00', '123400'],
  ])('%s is sent as it stands', (typed, value, minor) => {
    expect(parseMoney(typed)).toEqual({ ok: true, value, minor });
  });

  it.each([
    ['1234.565', 'too-precise'],
    ['1e5', 'not-a-number'],
    ['12.5元', 'not-a-number'],
    ['12..3', 'not-a-number'],
    ['12,34', 'not-a-number'],
    ['-5', 'negative'],
    ['', 'empty'],
    ['1234567890123456', 'too-long'],
  ] as const)('%s is refused as %s', (typed, reason) => {
    expect(parseMoney(typed)).toEqual({ ok: false, reason });
  });

  it('takes a minus only where it is allowed', () => {
    expect(parseMoney('−5', { allowNegative: true })).toEqual({ ok: true, value: '-5.00', minor: '-500' });
  });

  it('sends back exactly what it shows', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 16n }), (amount) => {
        const parsed = parseMoney(formatMinor(amount.toString()));
        expect(parsed.ok && parsed.minor).toBe(amount.toString());
      }),
    );
  });
});

describe('money as shown', () => {
  it('groups, signs with U+2212 and never rounds', () => {
    expect(formatMinor('-50000')).toBe('−500.00');
    expect(formatMinor('9999999999999999999')).toBe('99,999,999,999,999,999.99');
    expect(formatHeading('1234560', 'CNY', 'zh-CN')).toBe('¥12,345.60');
    expect(formatHeading('1234560', 'CNY', 'en')).toBe('CNY 12,345.60');
    expect(formatDenomination('10000')).toBe('100');
    expect(formatDenomination('50')).toBe('0.5');
  });

  it('adds, subtracts and multiplies exactly', () => {
    expect(addMinor('1', '9999999999999999999')).toBe('10000000000000000000');
    expect(subtractMinor('1180000', '1230000')).toBe('-50000');
    expect(timesMinor('10000', 118)).toBe('1180000');
  });
});

describe('amounts in capitals', () => {
  it.each([
    ['140950', '壹仟肆佰零玖元伍角'],
    ['600714', '陆仟零柒元壹角肆分'],
    ['168032', '壹仟陆佰捌拾元零叁角贰分'],
    ['10700053', '壹拾万柒仟元零伍角叁分'],
    ['1640902', '壹万陆仟肆佰零玖元零贰分'],
    ['32504', '叁佰贰拾伍元零肆分'],
    ['1032107', '壹万零叁佰贰拾壹元零柒分'],
    ['10000000100', '壹亿零壹元整'],
    ['1000000000', '壹仟万元整'],
    ['5', '伍分'],
    ['0', '零元整'],
    ['1230000', '壹万贰仟叁佰元整'],
    ['10000', '壹佰元整'],
  ])('%s fen read %s', (minor, capitals) => {
    expect(toCapitals(minor)).toBe(capitals);
  });
});
