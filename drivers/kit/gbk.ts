/**
 * Chinese text as the two-byte part of GB18030 (GBK), which is all that a hanzi printer's mode takes: ASCII
 * is one byte, everything else two. Characters of GB18030 that need four bytes, and the private use area
 * (user-defined characters), have no byte here and are refused before anything is sent.
 */

/** What of `text` has no two-byte code, or the bytes. */
export type GbkText =
  | { readonly kind: 'encoded'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; /** The first character without a code. */ readonly codePoint: number };

/** Bytes of `text`: ASCII 20-7E as it is, every other character as its two GBK bytes. */
export function encodeGbk(text: string): GbkText {
  const bytes: number[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (isAscii(codePoint)) {
      bytes.push(codePoint);
      continue;
    }
    const pair = pairs().get(codePoint);
    if (pair === undefined) return { kind: 'refused', codePoint };
    bytes.push(pair >> 8, pair & 0xff);
  }
  return { kind: 'encoded', bytes: Uint8Array.from(bytes) };
}

/** Printing cells `text` takes: 1 for ASCII, 2 for everything else (full-width punctuation included). */
export function displayCells(text: string): number {
  let cells = 0;
  for (const character of text) cells += isAscii(character.codePointAt(0) ?? 0) ? 1 : 2;
  return cells;
}

/** Splits `text` into stretches that are all ASCII or all two-byte, in order. */
export function byWidth(text: string): readonly { readonly isHanzi: boolean; readonly text: string }[] {
  const stretches: { isHanzi: boolean; text: string }[] = [];
  for (const character of text) {
    const isHanzi = !isAscii(character.codePointAt(0) ?? 0);
    const last = stretches.at(-1);
    if (last?.isHanzi === isHanzi) last.text += character;
    else stretches.push({ isHanzi, text: character });
  }
  return stretches;
}

function isAscii(codePoint: number): boolean {
  return codePoint >= 0x20 && codePoint <= 0x7e;
}

let table: ReadonlyMap<number, number> | undefined;

/** Code point -> two bytes, made once from the platform's own decoder, which is a web standard. */
function pairs(): ReadonlyMap<number, number> {
  if (table !== undefined) return table;
  const decoder = new TextDecoder('gbk');
  const made = new Map<number, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const codePoint = decoder.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? 0xfffd;
      if (codePoint === 0xfffd || isPrivateUse(codePoint) || made.has(codePoint)) continue;
      made.set(codePoint, (lead << 8) | trail);
    }
  }
  table = made;
  return made;
}

function isPrivateUse(codePoint: number): boolean {
  return codePoint >= 0xe000 && codePoint <= 0xf8ff;
}
