import type { LedgerEntry, Passbook, PrintedLine } from './ledger.ts';

/** What one demo book holds: how much of it is on the paper already, and what waits. */
export interface DemoBook {
  readonly passbook: Passbook;
  readonly entries: readonly LedgerEntry[];
  readonly printed: readonly PrintedLine[];
}

/** `amountMinor`, summary and date per entry; balances are summed up from `openingMinor`. */
interface Story {
  readonly passbookId: string;
  readonly accountNumber: string;
  readonly holder: string;
  readonly openingMinor: bigint;
  /** How many of the first entries stand on the paper, from page 1 line 1 on. */
  readonly printedCount: number;
  readonly rows: readonly (readonly [date: string, summary: string, amountMinor: bigint, teller: string])[];
}

const LAYOUT = 'book-24';
const LINES_PER_PAGE = 24;

const stories: readonly Story[] = [
  {
    passbookId: '0038112',
    accountNumber: '6222020000001234',
    holder: '王小明',
    openingMinor: 0n,
    printedCount: 11,
    rows: [
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
      ['2026-11-19', '转存', 120_000n, '0172'],
      ['2026-11-20', '取现', -50_000n, '0172'],
      ['2026-11-21', '结息', 831n, '0001'],
      ['2026-11-21', '取现', -200_000n, '0168'],
    ],
  },
  {
    passbookId: '0038113',
    accountNumber: '6222020000005678',
    holder: '李秀英',
    openingMinor: 0n,
    printedCount: 22,
    rows: Array.from({ length: 26 }, (_, month) => {
      const year = 2024 + Math.floor((month + 9) / 12);
      const inYear = ((month + 9) % 12) + 1;
      return [`${year}-${String(inYear).padStart(2, '0')}-15`, '养老金', 312_050n, '0001'] as const;
    }),
  },
  {
    passbookId: '0038114',
    accountNumber: '6222020000009012',
    holder: '赵国强',
    openingMinor: 0n,
    printedCount: 2,
    rows: [
      ['2026-10-08', '开户', 5_000_000n, '0168'],
      ['2026-11-05', '转支', -1_250_000n, '0172'],
    ],
  },
];

/** The demo books of a simulated branch. The same every time: tests and guides name them. */
export const demoBooks: readonly DemoBook[] = stories.map((story) => {
  let balance = story.openingMinor;
  const entries = story.rows.map(([date, summary, amount, teller], index): LedgerEntry => {
    balance += amount;
    const entryId = `${story.passbookId}-${String(index + 1).padStart(4, '0')}`;
    return { entryId, date, summary, amountMinor: amount.toString(), balanceMinor: balance.toString(), teller };
  });
  const printed = entries.slice(0, story.printedCount).map(({ entryId }, index): PrintedLine => ({
    entryId,
    page: Math.floor(index / LINES_PER_PAGE) + 1,
    line: (index % LINES_PER_PAGE) + 1,
    state: 'printed',
  }));
  const { passbookId, accountNumber, holder } = story;
  return { passbook: { passbookId, accountNumber, holder, layout: LAYOUT, currency: 'CNY' }, entries, printed };
});
