import type { PlacedLine } from '../family.ts';

/** A ruler in centimetres across the top and one sample of each style: what a person can judge at a glance. */
export function selfTestPage(language: string, edges: { readonly topMm: number; readonly leftMm: number }): readonly PlacedLine[] {
  const x = Math.max(10, edges.leftMm);
  const y = Math.max(10, edges.topMm);
  const centimetres = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  return [
    { yMm: y, runs: centimetres.map((cm) => ({ xMm: x + 10 * cm, text: '|' })) },
    { yMm: y + 5, runs: centimetres.map((cm) => ({ xMm: x + 10 * cm, text: String(x / 10 + cm) })) },
    { yMm: y + 12, runs: [{ xMm: x, text: `counterd ${language} 0123456789 ABCXYZ abcxyz *,.-` }] },
    { yMm: y + 18, runs: [{ xMm: x, text: '存折打印机自检 日期 摘要 金额 余额' }] },
    {
      yMm: y + 24,
      runs: [
        { xMm: x, text: '加粗 Bold', style: { isBold: true } },
        { xMm: x + 40, text: '下划线 Underline', style: { isUnderlined: true } },
      ],
    },
    { yMm: y + 30, runs: [{ xMm: x, text: '倍宽 Wide', style: { isDoubleWidth: true } }] },
    {
      yMm: y + 36,
      runs: [
        { xMm: x, text: '10 cpi', style: { pitch: 10 } },
        { xMm: x + 30, text: '12 cpi', style: { pitch: 12 } },
        { xMm: x + 60, text: '17 cpi', style: { pitch: 17 } },
      ],
    },
  ];
}
