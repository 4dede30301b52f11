import { TICKS_PER_INCH, type GlyphMark, type InkStyle } from '../../world/paper.ts';
import { flush, onPage, only, type Stepped } from './printer-action.ts';
import { HANZI_TICKS, pitchTicks, type PrinterState } from './printer-state.ts';

const gb18030 = new TextDecoder('gb18030');
/** Upper half of code page 437 (ESC t 1); what ESC R replaces in ASCII is left as it is. */
const HIGH_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** One single-byte character: in hanzi mode half as wide as a hanzi, else at the pitch set. */
export function placeByte(state: PrinterState, byte: number): Stepped {
  const codePoint = byte < 0x80 ? byte : (HIGH_437.codePointAt(byte - 0x80) ?? 0xfffd);
  const { hanzi } = state;
  if (hanzi.isOn) {
    const scale = hanziScale(state);
    const half = hanzi.half ?? { left: 0, right: (hanzi.left + hanzi.right) / 2 };
    return place(state, {
      codePoint,
      before: half.left * scale.x,
      width: (HANZI_TICKS / 2) * scale.x,
      after: half.right * scale.x,
      height: HANZI_TICKS * scale.y,
      style: hanziStyle(state, scale),
    });
  }
  const isWide = state.isDoubleWidth || state.isDoubleWidthLine;
  const scale = isWide ? 2 : 1;
  return place(state, {
    codePoint,
    before: 0,
    width: pitchTicks(state) * scale,
    after: state.extraSpace * scale,
    height: glyphHeight(state) * (state.isDoubleHeight ? 2 : 1),
    style: inkStyle(state, { isUnderlined: state.isUnderlined, isDoubleWidth: isWide, isDoubleHeight: state.isDoubleHeight }),
  });
}

/** One two-byte character. A pair that means nothing leaves a blank of its width. */
export function placeHanzi(state: PrinterState, lead: number, trail: number): Stepped {
  const shape = state.userCharacters.get((lead << 8) | trail);
  const codePoint = gb18030.decode(Uint8Array.of(lead, trail)).codePointAt(0) ?? 0xfffd;
  const scale = hanziScale(state);
  return place(state, {
    codePoint: codePoint === 0xfffd ? 0x20 : codePoint,
    before: state.hanzi.left * scale.x,
    width: HANZI_TICKS * scale.x,
    after: state.hanzi.right * scale.x,
    height: HANZI_TICKS * scale.y,
    style: hanziStyle(state, scale),
    ...(shape === undefined ? {} : { shape }),
  });
}

interface Placing {
  readonly codePoint: number;
  readonly before: number;
  readonly width: number;
  readonly after: number;
  readonly height: number;
  readonly style: InkStyle;
  readonly shape?: Uint8Array;
}

/** Puts the character into the line buffer and moves on; a full line is printed and the next one begun. */
function place(state: PrinterState, placing: Placing): Stepped {
  const wrapped = state.x + placing.before + placing.width > state.rightMargin ? wrapLine(state) : only(state);
  const paged = onPage(wrapped.state);
  const at = paged.state;
  const actions = [...wrapped.actions, ...paged.actions];
  const moved = { ...at, x: at.x + placing.before + placing.width + placing.after };
  // A blank strikes nothing, unless it is underlined.
  if (placing.codePoint === 0x20 && placing.style.isUnderlined !== true) return { state: moved, actions };
  const { codePoint, width, height, style, shape } = placing;
  const mark: GlyphMark = {
    kind: 'glyph',
    codePoint,
    x: at.x + placing.before,
    y: at.y,
    width,
    height,
    style,
    ...(shape === undefined ? {} : { shape }),
  };
  return { state: { ...moved, pending: [...at.pending, mark] }, actions };
}

function wrapLine(state: PrinterState): Stepped {
  const flushed = flush(state);
  return { state: { ...flushed.state, x: state.leftMargin, y: state.y + state.lineSpacing }, actions: flushed.actions };
}

function hanziScale({ hanzi }: PrinterState): { readonly x: number; readonly y: number } {
  return {
    x: hanzi.isQuadruple || hanzi.isDoubleWidthLine || hanzi.isDoubleWidth ? 2 : 1,
    y: hanzi.isQuadruple || hanzi.isDoubleHeight ? 2 : 1,
  };
}

function hanziStyle(state: PrinterState, scale: { readonly x: number; readonly y: number }): InkStyle {
  return inkStyle(state, { isUnderlined: state.hanzi.isUnderlined, isDoubleWidth: scale.x === 2, isDoubleHeight: scale.y === 2 });
}

/** Only what is on is named, so that a plain character has an empty style. */
function inkStyle(state: PrinterState, own: { isUnderlined: boolean; isDoubleWidth: boolean; isDoubleHeight: boolean }): InkStyle {
  return {
    ...(state.isBold || state.isDoubleStrike ? { isBold: true } : {}),
    ...(state.isItalic ? { isItalic: true } : {}),
    ...(own.isUnderlined ? { isUnderlined: true } : {}),
    ...(own.isDoubleWidth ? { isDoubleWidth: true } : {}),
    ...(own.isDoubleHeight ? { isDoubleHeight: true } : {}),
  };
}

function glyphHeight(state: PrinterState): number {
  return state.options.pins === 24 ? HANZI_TICKS : (TICKS_PER_INCH * 9) / 72;
}
