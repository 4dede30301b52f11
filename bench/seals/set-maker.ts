/** Makes the pictures of one identity after another, and says what is true of them. */
import { join } from 'node:path';
import sharp from 'sharp';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import { carve, type CarvedSeal } from '../../simulators/world/seal/carve.ts';
import { pressCase, pressSpecimen, type Shot } from '../../simulators/world/seal/case.ts';
import type { SealDesign } from '../../simulators/world/seal/design.ts';
import type { Face } from '../../simulators/world/seal/faces.ts';
import { forge } from '../../simulators/world/seal/forge.ts';
import type { FormFaces } from '../../simulators/world/seal/form.ts';
import { designOf, sealIdentity, type FaceChoice } from '../../simulators/world/seal/identity.ts';
import { identityRecord, truthOf } from '../../simulators/world/seal/truth.ts';
import { plannedCases, type PlannedCase, type SetOrder } from './set-plan.ts';
import { typefaces } from './shelf.ts';

export interface MadeIdentity {
  readonly id: string;
  readonly design: Record<string, unknown>;
  readonly ref: Record<string, unknown>;
  readonly cases: readonly Record<string, unknown>[];
}

export class SetMaker {
  readonly #order: SetOrder;
  readonly #faces: readonly Face[];
  readonly #choice: FaceChoice;

  constructor(order: SetOrder) {
    this.#order = order;
    this.#faces = typefaces(order.fonts);
    const names = (suits: (face: Face) => boolean): readonly [string, ...string[]] => {
      const [first = 'sans-regular', ...rest] = this.#faces.filter(suits).map(({ name }) => name);
      return [first, ...rest];
    };
    this.#choice = { official: names(({ style }) => style !== 'hand'), personal: names(() => true) };
  }

  async identity(index: number): Promise<MadeIdentity> {
    const id = `I${String(index).padStart(4, '0')}`;
    const design = sealIdentity(this.#order.seed, index, this.#choice);
    const seal = this.#carve(design);
    const specimen = pressSpecimen(`${this.#order.seed}/ref/${index}`, seal);
    await writePng(specimen.shot, join(this.#order.out, 'refs', `${id}.png`));
    const cases: Record<string, unknown>[] = [];
    for (const planned of plannedCases(this.#order, index, design)) cases.push(await this.#case(id, seal, planned));
    return { id, design: identityRecord(id, design), ref: truthOf({ identity: id, design }, specimen), cases };
  }

  async #case(id: string, expected: CarvedSeal, { name, seed, forgery, hasNeighbour }: PlannedCase): Promise<Record<string, unknown>> {
    const random = seededRandom(`${seed}/case`);
    const forger = { random: random.fork('forger'), faces: this.#choice, similarFaces: (face: string) => this.#similar(face) };
    const forged = forgery === undefined ? undefined : forge(expected.design, forgery, forger);
    const seal = forged === undefined || forgery === 'replica' ? expected : this.#carve(forged.design);
    const neighbour = hasNeighbour
      ? this.#carve(designOf(random.pick(['finance_square', 'name', 'company', 'name_yin']), random, this.#choice))
      : undefined;
    const pressed = pressCase(seed, {
      seal,
      expected,
      ...(neighbour === undefined ? {} : { neighbour }),
      faces: this.#formFaces(random),
    });
    await writeJpeg(pressed.shot, pressed.jpegQuality, join(this.#order.out, 'cases', `${name}.jpg`));
    const told = forged === undefined || forgery === undefined ? {} : { forged: { forgery, changes: forged.changes } };
    return { case: name, ...truthOf({ identity: id, design: seal.design, ...told }, pressed), overlapping_seal: hasNeighbour };
  }

  #carve(design: SealDesign): CarvedSeal {
    return carve(design, { text: this.#face(design.face), digits: this.#face('sans-regular') });
  }

  #face(name: string): Face {
    const found = this.#faces.find((face) => face.name === name);
    if (found === undefined) throw new Error(`no face is called ${name}`);
    return found;
  }

  /** Other faces that a layman takes for this one; another weight of the same face is no forgery that anybody sees. */
  #similar(name: string): string[] {
    const { style } = this.#face(name);
    const family = familyOf(name);
    return this.#faces
      .filter((face) => (style === 'hand' || face.style === style) && familyOf(face.name) !== family)
      .map((face) => face.name);
  }

  #formFaces(random: Random): FormFaces {
    const printed = this.#faces.filter(({ style }) => style === 'hei' || style === 'song');
    const drawn = (): Face => printed[random.integer(0, printed.length - 1)] ?? this.#face('sans-regular');
    return { label: drawn(), typed: drawn(), hand: this.#face('liu-jian-mao-cao') };
  }
}

async function writePng({ width, height, dpi, pixels }: Shot, path: string): Promise<void> {
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: dpi })
    .png({ compressionLevel: 6 })
    .toFile(path);
}

async function writeJpeg({ width, height, dpi, pixels }: Shot, quality: number, path: string): Promise<void> {
  await sharp(pixels, { raw: { width, height, channels: 3 } })
    .withMetadata({ density: dpi })
    .jpeg({ quality })
    .toFile(path);
}

/** `serif-bold` -> `serif`. */
function familyOf(name: string): string {
  return name.replace(/-(light|regular|medium|semi|bold|black)$/, '');
}
