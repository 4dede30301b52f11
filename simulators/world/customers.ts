/** Firms that keep accounts at the simulated branch, with the seals that they left there. None is meant to exist. */
import { assert } from '../../drivers/kit/assert.ts';
import { seededRandom } from '../kit/random.ts';
import { carve, type CarvedSeal } from './seal/carve.ts';
import type { SealDesign, SealKind } from './seal/design.ts';
import { packagedFace, type Face } from './seal/faces.ts';
import { forge } from './seal/forge.ts';
import { designOf, type FaceChoice } from './seal/identity.ts';
import { digits } from './seal/names.ts';

export interface Customer {
  readonly number: number;
  readonly name: string;
  readonly account: string;
  readonly firmSeal: SealDesign;
  readonly personSeal: SealDesign;
}

const SANS = '@fontsource/noto-sans-sc';
/** Faces that the product itself carries. */
const FACES: readonly Face[] = [
  packagedFace('sans-medium', 'hei', { package: SANS, weight: 500 }),
  packagedFace('sans-bold', 'hei', { package: SANS, weight: 700 }),
  packagedFace('sans-regular', 'hei', { package: SANS, weight: 400 }),
];
const CHOICE: FaceChoice = { official: ['sans-medium', 'sans-regular'], personal: ['sans-medium', 'sans-bold'] };
const KINDS: readonly (readonly [firm: SealKind, person: SealKind])[] = [
  ['finance_round', 'name'],
  ['finance_square', 'name_yin'],
  ['company', 'name_rect'],
];

export const customers: readonly Customer[] = KINDS.map(([firm, person], i) => {
  const random = seededRandom(`branch customer ${i + 1}`);
  const firmSeal = designOf(firm, random, CHOICE);
  const personSeal = designOf(person, random, CHOICE);
  return {
    number: i + 1,
    name: firmSeal.text.replace(/财务专用章$/, ''),
    account: `6228${digits(random, 12)}`,
    firmSeal,
    personSeal,
  };
});

export function typeface(name: string): Face {
  const found = FACES.find((face) => face.name === name);
  assert(found !== undefined, `the product carries the face ${name}`);
  return found;
}

export type WhichSeal = 'firm' | 'person' | 'forged firm';
const carvedSeals = new Map<string, CarvedSeal>();

/** A customer's seal, or the false one that somebody had cut after it; cut once a process. */
export function sealOf(customer: Customer, which: WhichSeal): CarvedSeal {
  const key = `${customer.number}/${which}`;
  const known = carvedSeals.get(key);
  if (known !== undefined) return known;
  const made = cut(which === 'person' ? customer.personSeal : which === 'firm' ? customer.firmSeal : falseSeal(customer));
  carvedSeals.set(key, made);
  return made;
}

/** Cut again after an impression: characters sit 0.3 to 0.8 mm off. */
function falseSeal({ number, firmSeal }: Customer): SealDesign {
  const random = seededRandom(`forger ${number}`);
  return forge(firmSeal, 'recarved', { random, faces: CHOICE, similarFaces: () => [] }).design;
}

function cut(design: SealDesign): CarvedSeal {
  return carve(design, { text: typeface(design.face), digits: typeface('sans-regular') });
}
