/**
 * One impression: the carved face laid on the page through its pose and its bent rubber, inked as the hand inked it. Counts on
 * the way what can be seen of it and, against another seal, where the two differ in what can be seen.
 */
import type { Random } from '../../kit/random.ts';
import { CARVED_PX_PER_MM, type CarvedSeal } from './carve.ts';
import type { PressState } from './ink.ts';
import { SmoothField, smoothstep } from './noise.ts';
import { apply, invert, type Affine } from './outline.ts';
import type { Page } from './page.ts';
import { bentRubber, type Rubber } from './rubber.ts';
import { Onlooker, type InkLayer, type SeenInk } from './onlooker.ts';

export interface Impression {
  readonly seal: CarvedSeal;
  readonly state: PressState;
  /** From millimetres about the seal's centre to pixels of the page. */
  readonly toPage: Affine;
  /** What the account has on file, to be compared with; the seal itself when genuine. */
  readonly expected: CarvedSeal;
  /** Size of the expected seal against its own, for comparing at equal size. */
  readonly expectedScale: number;
}

/** Presses the seal. Its ink counts as cover for whatever is pressed after it. */
export function press(page: Page, random: Random, impression: Impression): SeenInk {
  const { seal, expected, toPage, state, expectedScale } = impression;
  const [a, b, c, d, e, f] = invert(toPage);
  const inking = new Inking(random, seal, state);
  const onlooker = new Onlooker(page.pxPerMm);
  const pad = { page, ink: state.ink };
  const box = boxOnPage(page, impression);
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      const flatU = a * (x + 0.5) + b * (y + 0.5) + c;
      const flatV = d * (x + 0.5) + e * (y + 0.5) + f;
      const u = flatU - inking.rubber.dx(flatU, flatV);
      const v = flatV - inking.rubber.dy(flatU, flatV);
      const depth = depthAt(seal, u, v);
      const wanted = expected === seal ? depth : depthAt(expected, u * expectedScale, v * expectedScale);
      if (depth < -0.4 && wanted < -0.4) continue;
      const gain = inking.gainAt(u, v);
      const layer = inking.layerAt(u, v, depth + gain);
      const at = y * page.width + x;
      // Most of the paper near a seal has neither ink nor the want of it.
      if (depth + gain > 0 || wanted + gain > 0 || layer.thickness > 0.1) {
        onlooker.add({ u, v, own: depth + gain, expected: wanted + gain, layer, isHidden: (page.cover[at] ?? 0) > 0.5 });
      }
      if (layer.thickness > 0.004) layInk(pad, at, layer.thickness);
    }
  }
  return onlooker.result();
}

function layInk({ page, ink }: { readonly page: Page; readonly ink: PressState['ink'] }, at: number, thickness: number): void {
  // Beer and Lambert: each layer lets through the same share.
  const { light, cover } = page;
  light[at * 3] = (light[at * 3] ?? 0) * ink[0] ** thickness;
  light[at * 3 + 1] = (light[at * 3 + 1] ?? 0) * ink[1] ** thickness;
  light[at * 3 + 2] = (light[at * 3 + 2] ?? 0) * ink[2] ** thickness;
  cover[at] = Math.max(cover[at] ?? 0, Math.min(1, thickness * 1.5));
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function boxOnPage(page: Page, { seal, expected, toPage }: Impression): Box {
  const [w, h] = [Math.max(seal.widthMm, expected.widthMm) / 2, Math.max(seal.heightMm, expected.heightMm) / 2];
  const corners = [apply(toPage, -w, -h), apply(toPage, w, -h), apply(toPage, w, h), apply(toPage, -w, h)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    right: Math.min(page.width, Math.ceil(Math.max(...xs))),
    bottom: Math.min(page.height, Math.ceil(Math.max(...ys))),
  };
}

/** Signed distance to the cut edge at (u, v) about the centre, in millimetres; far outside the carved field −1. */
export function depthAt({ depth }: CarvedSeal, u: number, v: number): number {
  const x = u * CARVED_PX_PER_MM + depth.width / 2 - 0.5;
  const y = v * CARVED_PX_PER_MM + depth.height / 2 - 0.5;
  const i = Math.floor(x);
  const j = Math.floor(y);
  if (i < 0 || j < 0 || i + 1 >= depth.width || j + 1 >= depth.height) return -1;
  const [p, q] = [x - i, y - j];
  const at = j * depth.width + i;
  const upper = (depth.values[at] ?? 0) * (1 - p) + (depth.values[at + 1] ?? 0) * p;
  const lower = (depth.values[at + depth.width] ?? 0) * (1 - p) + (depth.values[at + depth.width + 1] ?? 0) * p;
  return upper * (1 - q) + lower * q;
}

/** The fields of chance that make one impression. */
class Inking {
  readonly rubber: Rubber;
  readonly #state: PressState;
  readonly #gain: SmoothField;
  readonly #density: SmoothField;
  readonly #void: SmoothField;
  readonly #speck: SmoothField;
  readonly #fibre: SmoothField;
  readonly #lean: readonly [number, number];
  readonly #voidFrom: number;

  constructor(random: Random, { design, widthMm, heightMm }: CarvedSeal, state: PressState) {
    this.#state = state;
    this.rubber = bentRubber(random, { widthMm, heightMm }, state.elasticMm);
    this.#gain = new SmoothField(random, 3);
    this.#density = new SmoothField(random, 4);
    this.#void = new SmoothField(random, 1.2 + random.next() * 3.5);
    this.#speck = new SmoothField(random, 0.16 + random.next() * 0.2);
    this.#fibre = new SmoothField(random, 0.22);
    const half = Math.max(design.widthMm, design.heightMm) / 2;
    this.#lean = [Math.cos(state.tiltAngle) / half, Math.sin(state.tiltAngle) / half];
    this.#voidFrom = this.#quantile(design, 1 - state.missing);
  }

  /** −1 at the side pressed least, 1 at the other. */
  #slope(u: number, v: number): number {
    return u * this.#lean[0] + v * this.#lean[1];
  }

  gainAt(u: number, v: number): number {
    const { gainMm, gainSpreadMm, tiltMm } = this.#state;
    return gainMm + gainSpreadMm * this.#gain.at(u, v) + tiltMm * this.#slope(u, v);
  }

  /** `edge`: distance to the edge of the inked stroke. */
  layerAt(u: number, v: number, edge: number): InkLayer {
    const { softMm, featherMm, density, densitySpread, squeeze, mottle, tiltMm } = this.#state;
    const speck = this.#speck.at(u, v);
    const lacking = this.#lacking(u, v) - this.#voidFrom;
    const printed = 1 - smoothstep(lacking * 2.5 + speck * 0.45, -0.4, 0.4);
    const ragged = edge + featherMm * this.#fibre.at(u, v) + 0.006 * speck;
    if (ragged < -softMm) return { thickness: 0, touched: printed > 0.5 };
    const rim = Math.exp(-Math.max(0, edge) / 0.22);
    const uneven = 1 + densitySpread * this.#density.at(u, v) + 3 * tiltMm * this.#slope(u, v);
    const specks = 1 - mottle * smoothstep(speck, 0.2, 1.6);
    const layer = density * uneven * (1 + squeeze * (1.6 * rim - 0.6)) * specks;
    return { thickness: smoothstep(ragged, -softMm, softMm) * printed * Math.min(1.3, Math.max(0.12, layer)), touched: printed > 0.5 };
  }

  /** Grows where the seal hardly touched. */
  #lacking(u: number, v: number): number {
    return this.#void.at(u, v) - 8 * this.#state.tiltMm * this.#slope(u, v);
  }

  #quantile({ widthMm, heightMm }: CarvedSeal['design'], share: number): number {
    const steps = 40;
    const values = Float64Array.from({ length: steps * steps }, (_, i) =>
      this.#lacking((((i % steps) + 0.5) / steps - 0.5) * widthMm, ((Math.floor(i / steps) + 0.5) / steps - 0.5) * heightMm),
    ).sort();
    return values[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
  }
}
