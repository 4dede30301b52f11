/**
 * A passbook update from beginning to end with a seeded misfortune or several, and a person at the printer who puts
 * things right and says what the paper shows. The paper is the judge.
 */
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import type { PlacedLine } from '../../drivers/passbook-printer/family.ts';
import { seededRandom, type Random } from '../../simulators/kit/random.ts';
import type { AnySimulator } from '../../simulators/kit/simulator.ts';
import type { PaperPath } from '../../simulators/passbook-printer/paper-path.ts';
import type { Paper } from '../../simulators/world/paper.ts';
import type { PaperAnswer, PassbookUpdateView } from '../../daemon/contract/index.ts';
import type { DemoBook } from '../../daemon/ledger/demo-accounts.ts';
import type { LedgerEntry } from '../../daemon/ledger/ledger.ts';
import { placeLine } from '../../daemon/workflows/place-line.ts';
import { PassbookBranch } from './passbook-branch.ts';
import { anyDate, summaries } from './passbook-lines.ts';
import { copiesOn, toleranceOf } from './passbook-person.ts';

const BOOK = 'A';
const LAYOUT = 'book-24';
const LINES_PER_PAGE = 24;
/** Longer than any command: after this nothing is going on any more. */
const QUIET_MS = 60_000;

/** What can go wrong in the moment the printer has received so many bytes. */
export const misfortunes = [
  'unplug',
  'power-cut',
  'jam',
  'remove-book',
  'open-cover',
  'daemon-killed',
  'pc-off',
  'slow',
  'split',
  'busy',
  'stop-asked',
] as const;
export type Misfortune = (typeof misfortunes)[number];

export interface PassbookHistory {
  readonly branch: PassbookBranch;
  readonly entries: readonly LedgerEntry[];
  readonly struck: readonly Misfortune[];
  readonly answers: readonly string[];
  /** How far from its place a character of this printer may stand. */
  readonly tolerance: number;
  /** The paper at a place of the book. */
  paper(page: number): Paper;
}

/** Lives through one history; the flow is over at its end, or the test fails. The caller closes the branch. */
export async function liveThroughPassbookHistory(seed: number, { model, simulator }: Printer): Promise<PassbookHistory> {
  const random = seededRandom(`${String(seed)}/${simulator.id}`);
  const book = bookOf(random);
  const world = { books: [{ id: BOOK, pageCount: 4 }] };
  const branch = new PassbookBranch({ model, simulator, world, book, random });
  const tolerance = toleranceOf(model);
  const person = new Person(branch, random.fork('person'), tolerance);
  await branch.open();
  await person.putThingsRight(1 + Math.floor(book.printed.length / LINES_PER_PAGE));
  await branch.start(BOOK);
  await person.work();
  // A mute printer is believed as soon as the bytes have left; it is still printing then.
  await branch.pass(QUIET_MS);
  const { struck, answers } = person;
  return { branch, entries: book.entries, struck, answers, tolerance, paper: (page) => person.paper(page) };
}

export interface Printer {
  readonly model: AnyModel;
  readonly simulator: AnySimulator;
}

/** The line an entry makes at a place of the page. */
export function lineAt(entry: LedgerEntry, line: number): PlacedLine {
  return placeLine(LAYOUT, { ...entry, line });
}

function bookOf(random: Random): DemoBook {
  const printedCount = random.pick([0, 0, 3, 11, 21, 23]);
  const newCount = random.integer(1, 5);
  let balanceMinor = 0n;
  const entries = Array.from({ length: printedCount + newCount }, (_, at): LedgerEntry => {
    const sizeMinor = BigInt(random.integer(1, 99_999_999));
    const amountMinor = random.chance(0.4) && sizeMinor <= balanceMinor ? -sizeMinor : sizeMinor;
    balanceMinor += amountMinor;
    return {
      entryId: `entry-${String(at + 1)}`,
      date: anyDate(random),
      summary: random.pick(summaries),
      amountMinor: String(amountMinor),
      balanceMinor: String(balanceMinor),
      teller: '0172',
    };
  });
  const passbook = { passbookId: BOOK, accountNumber: '6222020000001234', holder: '王小明', layout: LAYOUT, currency: 'CNY' };
  const printed = entries.slice(0, printedCount).map(({ entryId }, at) => ({ entryId, page: 1, line: at + 1, state: 'printed' as const }));
  return { passbook, entries, printed };
}

class Person {
  readonly struck: Misfortune[] = [];
  readonly answers: string[] = [];
  readonly #branch: PassbookBranch;
  readonly #random: Random;
  readonly #tolerance: number;
  /** Swarm: each history has some misfortunes turned off altogether. */
  readonly #possible: readonly Misfortune[];
  #strikesLeft: number;
  /** A strike of the daemon or the computer is carried out between two steps of the clock. */
  #due: (() => Promise<void>) | undefined;

  constructor(branch: PassbookBranch, random: Random, tolerance: number) {
    this.#branch = branch;
    this.#tolerance = tolerance;
    this.#random = random;
    this.#possible = misfortunes.filter(() => random.chance(0.4));
    this.#strikesLeft = this.#possible.length === 0 ? 0 : random.integer(0, 4);
  }

  paper(page: number): Paper {
    const paper = this.#path.books[0]?.pages[page - 1];
    if (paper === undefined) throw new CounterdError('CD_BUG', `the book has no page ${String(page)}`);
    return paper;
  }

  /** Goes on until the flow is over. */
  async work(): Promise<void> {
    for (let round = 0; round < 80; round++) {
      const flow = this.#branch.flow;
      if (flow?.isOpen !== true) return;
      await this.#goOn(flow);
    }
    throw new CounterdError('CD_BUG', `never over: ${JSON.stringify(this.#branch.flow)}`);
  }

  async #goOn(flow: PassbookUpdateView): Promise<void> {
    switch (flow.step) {
      case 'check':
        await this.#print();
        return;
      case 'paused':
        if (flow.code !== undefined) await this.putThingsRight(pageToPrint(flow));
        await this.#print();
        return;
      case 'turn-page':
        // The printer gives the book out when it is through with it; nobody pulls it from under the head.
        await this.#branch.pass(10_000);
        await this.putThingsRight(flow.page);
        await this.#try({ name: 'page-turned' });
        return;
      case 'check-paper':
      case 'in-doubt':
        await this.#lookAndSay(flow);
        return;
      case 'printing':
        await this.#watch();
        return;
      default:
        await this.#branch.pass(1_000);
    }
  }

  async #print(): Promise<void> {
    this.#branch.cable.spare();
    const [first, ...others] = this.#possible;
    if (this.#strikesLeft > 0 && first !== undefined && this.#random.chance(0.7)) {
      this.#strikesLeft--;
      const misfortune = this.#random.pick([first, ...others]);
      // Some printers strike only when a line is whole: half a line takes a misfortune a moment after its last byte.
      const laterMs = this.#random.pick([0, this.#random.integer(1, 500)]);
      this.#branch.cable.strikeAfter(this.#random.integer(1, 500), () => {
        this.struck.push(misfortune);
        if (laterMs === 0) this.#befall(misfortune);
        else this.#branch.clock.after(laterMs, () => this.#befall(misfortune));
      });
    }
    await this.#try({ name: 'print' });
  }

  /** The lamp blinks, the head moves; the person waits until the program says something else or nothing happens for long. */
  async #watch(): Promise<void> {
    const hasChanged = (): boolean => this.#due !== undefined || this.#branch.flow?.step !== 'printing';
    await this.#branch.until(hasChanged, 4 * QUIET_MS);
    const due = this.#due;
    this.#due = undefined;
    if (due !== undefined) await due();
  }

  #befall(misfortune: Misfortune): void {
    const { cable } = this.#branch;
    switch (misfortune) {
      case 'unplug':
      case 'power-cut':
        cable.fault({ kind: misfortune });
        return;
      case 'slow':
        cable.fault({ kind: 'slow', byMs: this.#random.pick([300, 900]) });
        return;
      case 'split':
        cable.fault({ kind: 'split', everyBytes: this.#random.integer(1, 5) });
        return;
      case 'busy':
        cable.fault({ kind: 'busy', forMs: this.#random.pick([3_000, 40_000]) });
        return;
      case 'jam':
      case 'remove-book':
      case 'open-cover':
        cable.gesture(misfortune);
        return;
      case 'daemon-killed':
        this.#due = () => this.#branch.kill();
        return;
      case 'pc-off':
        cable.fault({ kind: 'unplug' });
        this.#due = () => this.#branch.kill();
        return;
      case 'stop-asked':
        this.#due = () => this.#try({ name: 'stop' });
    }
  }

  /** Book out, power off and on, everything closed and plugged, the book in at its page: what the READMEs ask for after trouble. */
  async putThingsRight(page: number): Promise<void> {
    const { cable } = this.#branch;
    cable.spare();
    // What the printer still holds it prints first: its lamp says when it is through.
    await this.#branch.pass(10_000);
    this.#takeOut();
    await this.#branch.pass(3_000);
    cable.gesture('fault:clear', { kind: 'power-cut' });
    cable.gesture('clear-jam');
    cable.gesture('close-cover');
    this.#branch.reconnect();
    const isOnline = await this.#branch.until(() => this.#branch.isOnline, 3 * QUIET_MS);
    if (!isOnline) throw new CounterdError('CD_BUG', 'the printer is in order and never online');
    cable.gesture('insert-book', { book: BOOK, page });
    await this.#branch.pass(3_000);
  }

  /** Waits until nothing moves, takes the book out and says for each line nobody is sure of what is on the paper. */
  async #lookAndSay(flow: PassbookUpdateView): Promise<void> {
    await this.#branch.pass(QUIET_MS);
    this.#takeOut();
    const asked = flow.step === 'check-paper' ? 'sent' : 'doubted';
    const answers = flow.lines.filter(({ state }) => state === asked).map((line) => this.#answerAbout(line));
    if (asked === 'sent') await this.#try({ name: 'check-paper', answers });
    else for (const answer of answers) await this.#try({ name: 'answer-doubt', ...answer });
    await this.putThingsRight(pageToPrint(this.#branch.flow ?? flow));
  }

  #answerAbout(line: PassbookUpdateView['lines'][number]): PaperAnswer {
    const { entryId } = line;
    const copies = copiesOn(this.paper(line.page), lineAt(line, line.line), this.#tolerance);
    const answer = copies.every((count) => count > 0) ? 'printed' : copies.some((count) => count > 0) ? 'partly' : 'not-printed';
    this.answers.push(answer);
    return answer === 'partly' ? { entryId, answer, upToField: 'date' } : { entryId, answer };
  }

  #takeOut(): void {
    const { cable } = this.#branch;
    cable.wire.clearAll();
    cable.gesture('fault:clear', { kind: 'busy' });
    cable.gesture('remove-book');
    cable.gesture('fault:power-cut');
  }

  /** What the program refuses - the printer is not there - is tried again after a look at the printer. */
  async #try(action: Parameters<PassbookBranch['act']>[0]): Promise<void> {
    try {
      await this.#branch.act(action);
    } catch (refusal) {
      if (!(refusal instanceof CounterdError) || refusal.code === 'CD_BUG') throw refusal;
      await this.putThingsRight(pageToPrint(this.#branch.flow));
    }
  }

  get #path(): PaperPath {
    return (this.#branch.cable.device.state as { readonly path: PaperPath }).path;
  }
}

/** Where the next line goes. */
function pageToPrint(flow: PassbookUpdateView | undefined): number {
  const next = flow?.lines.find(({ state }) => state === 'waiting' || state === 'not-printed' || state === 'printing');
  return flow?.step === 'turn-page' ? flow.page : (next?.page ?? flow?.page ?? 1);
}
