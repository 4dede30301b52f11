/** The workshop of one set: which faces there are, which seals exist, who cuts and who forges them. */
import { assert } from '../../drivers/kit/assert.ts';
import type { Random } from '../../simulators/kit/random.ts';
import { carve, type CarvedSeal } from '../../simulators/world/seal/carve.ts';
import type { SealDesign } from '../../simulators/world/seal/design.ts';
import type { Face } from '../../simulators/world/seal/faces.ts';
import { forge, type ForgedSeal, type Forgery } from '../../simulators/world/seal/forge.ts';
import type { FormFaces } from '../../simulators/world/seal/form.ts';
import { designOf, sealIdentity, type FaceChoice } from '../../simulators/world/seal/identity.ts';
import type { SetOrder } from './set-plan.ts';
import { typefaces } from './shelf.ts';

export class Cutter {
  readonly #seed: string;
  readonly #faces: readonly Face[];
  readonly #choice: FaceChoice;

  constructor({ seed, fonts }: SetOrder) {
    this.#seed = seed;
    this.#faces = typefaces(fonts);
    const names = (suits: (face: Face) => boolean): readonly [string, ...string[]] => {
      const [first = 'sans-regular', ...rest] = this.#faces.filter(suits).map(({ name }) => name);
      return [first, ...rest];
    };
    this.#choice = { official: names(({ style }) => style !== 'hand'), personal: names(() => true) };
  }

  design(index: number): SealDesign {
    return sealIdentity(this.#seed, index, this.#choice);
  }

  /** A seal that belongs to nobody in the set. */
  randomDesign(random: Random): SealDesign {
    return designOf(random.pick(['finance_square', 'name', 'company', 'name_yin', 'finance_round']), random, this.#choice);
  }

  carve(design: SealDesign): CarvedSeal {
    return carve(design, { text: this.#face(design.face), digits: this.#face('sans-regular') });
  }

  forge(design: SealDesign, forgery: Forgery, random: Random): ForgedSeal {
    return forge(design, forgery, { random, faces: this.#choice, similarFaces: (face) => this.#similar(face) });
  }

  formFaces(random: Random): FormFaces {
    const printed = this.#faces.filter(({ style }) => style === 'hei' || style === 'song');
    const drawn = (): Face => printed[random.integer(0, printed.length - 1)] ?? this.#face('sans-regular');
    return { label: drawn(), typed: drawn(), hand: this.#face('liu-jian-mao-cao') };
  }

  /** Other faces that a layman takes for this one; another weight of the same face is no forgery that anybody sees. */
  #similar(name: string): string[] {
    const { style } = this.#face(name);
    const family = familyOf(name);
    return this.#faces
      .filter((face) => (style === 'hand' || face.style === style) && familyOf(face.name) !== family)
      .map((face) => face.name);
  }

  #face(name: string): Face {
    const found = this.#faces.find((face) => face.name === name);
    assert(found !== undefined, `a face is called ${name}`);
    return found;
  }
}

/** `serif-bold` -> `serif`. */
function familyOf(name: string): string {
  return name.replace(/-(light|regular|medium|semi|bold|black)$/, '');
}
