/** The truth about a picture, in the words of the practice set, so that its marking program reads it. */
import type { PressedCase } from './case.ts';
import type { SealDesign } from './design.ts';
import type { Forgery } from './forge.ts';
import { fromSpecimen } from './pose.ts';

/** Below this nobody can tell a forgery from the true seal, and the case is not scored, mm². */
const DECIDABLE_FROM_MM2 = 0.8;
/** Below this an expert needs long. */
const CLEAR_FROM_MM2 = 2.5;
/** With less to see, an expert may ask for another impression. */
const READABLE_FROM = 0.52;

export interface PressedSeal {
  readonly identity: string;
  /** Of the seal that was pressed. */
  readonly design: SealDesign;
  /** Absent when it is the one on file. */
  readonly forged?: { readonly forgery: Forgery; readonly changes: Readonly<Record<string, unknown>> };
}

/** What public.json never says about a case. Lengths in mm, angles in degrees clockwise, areas in mm². */
export function truthOf({ identity, design, forged }: PressedSeal, pressed: PressedCase): Record<string, unknown> {
  const { pose, state, shot, seen, toPage } = pressed;
  const [x, y] = pressed.centrePx;
  const verdict = forged === undefined ? judgeGenuine(pressed) : judgeForged(pressed);
  const [a, b, c, d, e, f] = fromSpecimen(toPage, design);
  return {
    identity,
    kind: design.kind,
    genuine: forged === undefined,
    forgery: forged?.forgery ?? null,
    forgery_params: forged?.changes ?? {},
    level: pressed.level,
    dpi: shot.dpi,
    center_mm: [rounded((x * 25.4) / shot.dpi, 3), rounded((y * 25.4) / shot.dpi, 3)],
    center_px: [rounded(x, 2), rounded(y, 2)],
    rotation_deg: rounded(pose.rotationDeg, 3),
    scale: rounded(pose.scale, 5),
    aniso: rounded(pose.aniso, 5),
    shear: rounded(pose.shear, 5),
    size_mm: [design.widthMm, design.heightMm],
    visible_fraction: rounded(seen.visibleFraction, 3),
    gain_mm: rounded(state.gainMm, 3),
    missing: rounded(state.missing, 3),
    elastic_mm: rounded(state.elasticMm, 3),
    tilt_mm: rounded(state.tiltMm, 3),
    ...(forged === undefined ? {} : evidence(pressed)),
    ...verdict,
    affine_master_to_px: [[a, b, c].map((value) => rounded(value, 6)), [d, e, f].map((value) => rounded(value, 6))],
    ...(pressed.homography === undefined ? {} : { homography: pressed.homography }),
    source: pressed.source,
    jpeg_quality: pressed.jpegQuality,
    px: [shot.width, shot.height],
  };
}

/** `differs`: squares of 2 mm about the seal's centre, [x, y, extra ink, missing ink]. */
function evidence({ seen }: PressedCase): Record<string, unknown> {
  const differs = seen.cells.map(({ xMm, yMm, extraMm2, missingMm2 }) => [xMm, yMm, rounded(extraMm2, 3), rounded(missingMm2, 3)]);
  return { evidence_mm2: [rounded(seen.extraMm2, 2), rounded(seen.missingMm2, 2)], differs };
}

interface Judgement {
  readonly expert: 'decidable' | 'hard' | 'impossible';
  readonly expected: 'pass' | 'pass-or-review' | 'not-pass' | 'unscored';
}

function judgeGenuine({ seen }: PressedCase): Judgement {
  return seen.visibleFraction < READABLE_FROM ? { expert: 'hard', expected: 'pass-or-review' } : { expert: 'decidable', expected: 'pass' };
}

function judgeForged({ seen }: PressedCase): Judgement {
  const mm2 = seen.extraMm2 + seen.missingMm2;
  if (mm2 < DECIDABLE_FROM_MM2) return { expert: 'impossible', expected: 'unscored' };
  return { expert: mm2 < CLEAR_FROM_MM2 ? 'hard' : 'decidable', expected: 'not-pass' };
}

function rounded(value: number, places: number): number {
  const scale = 10 ** places;
  return Math.round(value * scale) / scale;
}

/** A seal's design under the names of the practice set. */
export function identityRecord(id: string, design: SealDesign): Record<string, unknown> {
  const { kind, face, marks, widthMm, heightMm, borderMm, text, bottom, code, middle, starMm, boldMm, spanDeg, squeeze, glyphMm } = design;
  const shape = {
    d: widthMm,
    ...(heightMm === widthMm ? {} : { d2: heightMm }),
    border: borderMm,
    gap: design.gapMm,
    rad: design.cornerMm,
  };
  const rim = starMm > 0 || kind === 'oval' ? { ch: glyphMm, span: spanDeg, squeeze, star: starMm, inner_ring: design.hasInnerRing } : {};
  const words = { text, bottom, code, mid: middle };
  return {
    id,
    kind,
    font: face,
    nick_seed: marks.seed,
    ...shape,
    ...words,
    ...rim,
    bold: boldMm,
    nicks: marks.nicks,
    secline: marks.hasSecurityLine,
  };
}
