/** Makes the pictures of one identity, or one card or voucher, and says what is true of them. */
import { join } from 'node:path';
import { seededRandom } from '../../simulators/kit/random.ts';
import type { CarvedSeal } from '../../simulators/world/seal/carve.ts';
import { pressCase, pressSpecimen } from '../../simulators/world/seal/case.ts';
import { identityRecord, truthOf } from '../../simulators/world/seal/truth.ts';
import { Cutter } from './cutter.ts';
import { writeJpeg, writePng } from './picture-files.ts';
import { plannedCases, type PlannedCase, type SetJob, type SetOrder } from './set-plan.ts';
import { accountsOf, identityId, makeCard, makeVoucher } from './set-vouchers.ts';

type Truth = Record<string, unknown>;

export interface MadeIdentity {
  readonly id: string;
  readonly design: Truth;
  readonly ref: Truth;
  readonly cases: readonly Truth[];
}

/** What came of a job: one of the three. */
export interface MadeJob {
  readonly identity?: MadeIdentity;
  readonly card?: Truth;
  readonly voucher?: Truth;
}

export class SetMaker {
  readonly #order: SetOrder;
  readonly #cutter: Cutter;

  constructor(order: SetOrder) {
    this.#order = order;
    this.#cutter = new Cutter(order);
  }

  async make({ what, index }: SetJob): Promise<MadeJob> {
    if (what === 'identity') return { identity: await this.#identity(index) };
    if (what === 'voucher') return { voucher: await makeVoucher(this.#order, this.#cutter, index) };
    const account = accountsOf(this.#order)[index];
    return account === undefined ? {} : { card: await makeCard(this.#order, this.#cutter, account) };
  }

  async #identity(index: number): Promise<MadeIdentity> {
    const id = identityId(index);
    const design = this.#cutter.design(index);
    const seal = this.#cutter.carve(design);
    const specimen = pressSpecimen(`${this.#order.seed}/ref/${index}`, seal);
    await writePng(specimen.shot, join(this.#order.out, 'refs', `${id}.png`));
    const cases: Truth[] = [];
    for (const planned of plannedCases(this.#order, index, design)) cases.push(await this.#case(id, seal, planned));
    return { id, design: identityRecord(id, design), ref: truthOf({ identity: id, design }, specimen), cases };
  }

  async #case(id: string, expected: CarvedSeal, { name, seed, forgery, hasNeighbour }: PlannedCase): Promise<Truth> {
    const random = seededRandom(`${seed}/case`);
    const forged = forgery === undefined ? undefined : this.#cutter.forge(expected.design, forgery, random.fork('forger'));
    const seal = forged === undefined || forgery === 'replica' ? expected : this.#cutter.carve(forged.design);
    const neighbour = hasNeighbour ? this.#cutter.carve(this.#cutter.randomDesign(random)) : undefined;
    const faces = this.#cutter.formFaces(random);
    const pressed = pressCase(seed, { seal, expected, ...(neighbour === undefined ? {} : { neighbour }), faces });
    await writeJpeg(pressed.shot, pressed.jpegQuality, join(this.#order.out, 'cases', `${name}.jpg`));
    const told = forged === undefined || forgery === undefined ? {} : { forged: { forgery, changes: forged.changes } };
    return { case: name, ...truthOf({ identity: id, design: seal.design, ...told }, pressed), overlapping_seal: hasNeighbour };
  }
}
