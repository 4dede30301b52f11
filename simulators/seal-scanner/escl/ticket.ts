/** The simulated scanner's own reading of ScanSettings: by local name, in any order, whatever the prefixes. */
import type { PixelKind } from '../../kit/png.ts';

/** What a client asked for; lengths in 1/300 inch. */
export interface ScanTicket {
  readonly source: 'platen' | 'feeder';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly kind: PixelKind;
  readonly format: 'png' | 'jpeg';
}

export const PLATEN_SIZE = { width: 2550, height: 3508 } as const;
export const FEEDER_SIZE = { width: 2550, height: 4200 } as const;
export const RESOLUTIONS_DPI = [75, 100, 150, 200, 300, 600] as const;

/** `bad`: not a ticket (400). `conflict`: a ticket that this scanner cannot serve (409). */
export type TicketReading = { readonly kind: 'ticket'; readonly ticket: ScanTicket } | { readonly kind: 'bad' | 'conflict' };

export function readTicket(body: Uint8Array): TicketReading {
  const leaves = leavesOf(new TextDecoder().decode(body.subarray(0, 65_536)));
  if (leaves?.root !== 'ScanSettings') return { kind: 'bad' };
  const { texts } = leaves;
  const source = SOURCES.get(texts.get('InputSource') ?? 'Platen');
  const pixelKind = KINDS.get(texts.get('ColorMode') ?? 'RGB24');
  const format = FORMATS.get(texts.get('DocumentFormatExt') ?? texts.get('DocumentFormat') ?? 'image/jpeg');
  const dpi = wholeNumber(texts.get('XResolution'), 300);
  const isOffered = RESOLUTIONS_DPI.some((offered) => offered === dpi) && wholeNumber(texts.get('YResolution'), dpi) === dpi;
  if (source === undefined || pixelKind === undefined || format === undefined || !isOffered) return { kind: 'conflict' };
  if (texts.get('Duplex') === 'true' || (pixelKind === 'bw' && format === 'jpeg')) return { kind: 'conflict' };
  const bed = source === 'platen' ? PLATEN_SIZE : FEEDER_SIZE;
  const [x, y] = [wholeNumber(texts.get('XOffset'), 0), wholeNumber(texts.get('YOffset'), 0)];
  const width = Math.min(wholeNumber(texts.get('Width'), bed.width), bed.width - x);
  const height = Math.min(wholeNumber(texts.get('Height'), bed.height), bed.height - y);
  if (width < 8 || height < 8) return { kind: 'conflict' };
  return { kind: 'ticket', ticket: { source, x, y, width, height, dpi, kind: pixelKind, format } };
}

const SOURCES = new Map<string, ScanTicket['source']>([
  ['Platen', 'platen'],
  ['Feeder', 'feeder'],
]);
const KINDS = new Map<string, PixelKind>([
  ['BlackAndWhite1', 'bw'],
  ['Grayscale8', 'gray'],
  ['RGB24', 'color'],
]);
const FORMATS = new Map<string, ScanTicket['format']>([
  ['image/png', 'png'],
  ['image/jpeg', 'jpeg'],
]);

function wholeNumber(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : otherwise;
}

/** Name of the root and the text of every element without children; undefined when tags do not match up. */
function leavesOf(text: string): { readonly root: string; readonly texts: ReadonlyMap<string, string> } | undefined {
  const texts = new Map<string, string>();
  const open: string[] = [];
  let root: string | undefined;
  let textFrom = 0;
  let isLeaf = false;
  for (const tag of text.matchAll(/<(\/?)([A-Za-z_][\w.:-]*)[^<>]*?(\/?)>/g)) {
    const name = tag[2]?.split(':').at(-1) ?? '';
    if (tag[1] === '/') {
      if (open.pop() !== name) return undefined;
      if (isLeaf) texts.set(name, unescape(text.slice(textFrom, tag.index).trim()));
      isLeaf = false;
    } else if (tag[3] !== '/') {
      root ??= name;
      open.push(name);
      isLeaf = true;
      textFrom = tag.index + tag[0].length;
    }
  }
  return root === undefined || open.length > 0 ? undefined : { root, texts };
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
