import type { WorldBook } from './printer-world.ts';

type Row = readonly [date: string, summary: string, amountMinor: bigint, teller: string];

/** The books of the demo branch, with the ink of the entries that its ledger knows as printed. */
export const demoBooks: readonly WorldBook[] = [
  bookOf('0038112', { owner: '王小明', account: '6222020000001234' }, [
    ['2026-03-02', '开户', 1_000_000n, '0172'],
    ['2026-03-21', '结息', 158n, '0001'],
    ['2026-04-10', '工资', 820_000n, '0001'],
    ['2026-05-10', '工资', 820_000n, '0001'],
    ['2026-05-18', '取现', -300_000n, '0168'],
    ['2026-06-10', '工资', 820_000n, '0001'],
    ['2026-06-21', '结息', 1_203n, '0001'],
    ['2026-07-10', '工资', 820_000n, '0001'],
    ['2026-08-02', '转支', -2_000_000n, '0172'],
    ['2026-09-21', '结息', 1_694n, '0001'],
    ['2026-11-18', '转支', -100_000n, '0172'],
  ]),
  bookOf(
    '0038113',
    { owner: '李秀英', account: '6222020000005678' },
    Array.from({ length: 22 }, (_, month) => pension(month)),
  ),
  bookOf('0038114', { owner: '赵国强', account: '6222020000009012' }, [
    ['2026-10-08', '开户', 5_000_000n, '0168'],
    ['2026-11-05', '转支', -1_250_000n, '0172'],
  ]),
];

function pension(month: number): Row {
  const year = 2024 + Math.floor((month + 9) / 12);
  return [`${year}-${String(((month + 9) % 12) + 1).padStart(2, '0')}-15`, '养老金', 312_050n, '0001'];
}

function bookOf(id: string, holder: { readonly owner: string; readonly account: string }, rows: readonly Row[]): WorldBook {
  let balanceMinor = 0n;
  const printed = rows.map(([date, summary, amountMinor, teller], i) => {
    balanceMinor += amountMinor;
    const amount: Record<string, string> = amountMinor < 0n ? { withdrawal: String(-amountMinor) } : { deposit: String(amountMinor) };
    const values = { line: String(i + 1), date, summary, currency: 'CNY', ...amount, balance: String(balanceMinor), teller };
    return { page: 1, line: i + 1, values };
  });
  return { id, ...holder, printed };
}
