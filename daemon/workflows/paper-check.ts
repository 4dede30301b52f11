import type { EntryBody, FlowAction, LineState, PaperAnswer, PassbookUpdateView } from '../contract/index.ts';
import { replan } from './replan-lines.ts';
import { refuse, write, type Decision } from './workflow.ts';

/**
 * What a person sees on the paper, where the machine cannot know: a doubtful line, or a page from a printer that confirms nothing.
 * The bank's rule for half a line: it is void and the entry goes to the next free one. Nothing is printed over.
 */

type Line = PassbookUpdateView['lines'][number];

export function hasSentLines({ lines }: PassbookUpdateView): boolean {
  return lines.some(({ state }) => state === 'sent');
}

/** The book goes out and the person is asked about the page. */
export function askForLook(bodies: readonly EntryBody[], page: number): Decision {
  return write([...bodies, { type: 'passbook-update.paper-check-asked', data: { page } }], { orders: [{ name: 'eject', args: {} }] });
}

/** One answer for each line that was sent; the whole page at once. */
export function checkPaper(flow: PassbookUpdateView, answers: Extract<FlowAction, { name: 'check-paper' }>['answers']): Decision {
  if (flow.step !== 'check-paper') return refuse('CD_FLOW_STEP', flow.step);
  const sent = flow.lines.filter(({ state }) => state === 'sent');
  const byEntry = new Map(answers.map((answer) => [answer.entryId, answer]));
  const isWhole = byEntry.size === answers.length && byEntry.size === sent.length && sent.every(({ entryId }) => byEntry.has(entryId));
  if (!isWhole) return refuse('CD_INPUT_SHAPE', 'one answer for each line that was sent');
  const seen = sent.flatMap((line) => {
    const answer = byEntry.get(line.entryId);
    return answer === undefined ? [] : [{ line, answer }];
  });
  const { bodies, lines } = whatWasSeen(flow, seen);
  const next = lines.find(({ state }) => state === 'waiting' || state === 'not-printed');
  if (next === undefined) {
    const printedCount = lines.filter(({ state }) => state === 'confirmed').length;
    return write([...bodies, { type: 'passbook-update.finished', data: { printedCount } }], { hasEnded: true });
  }
  const after: EntryBody =
    next.page === flow.page
      ? { type: 'passbook-update.paused', data: {} }
      : { type: 'passbook-update.page-turn-asked', data: { page: next.page } };
  return write([...bodies, after]);
}

/** A doubtful line: the rest of the page stays as it is. */
export function answerDoubt(flow: PassbookUpdateView, answer: PaperAnswer): Decision {
  const line = flow.lines.find((other) => other.entryId === answer.entryId && other.state === 'doubted');
  if (line === undefined) return refuse('CD_FLOW_STEP', 'no open question about this line');
  return write(whatWasSeen(flow, [{ line, answer }]).bodies);
}

interface Seen {
  readonly line: Line;
  readonly answer: PaperAnswer;
}

/** The entries that say it, and the lines as they are then. */
function whatWasSeen(flow: PassbookUpdateView, seen: readonly Seen[]): { readonly bodies: EntryBody[]; readonly lines: readonly Line[] } {
  const bodies = seen.flatMap(({ line: { entryId, page, line }, answer: { answer, upToField } }): EntryBody[] => {
    const at = { entryId, page, line };
    const said = { ...at, answer, ...(upToField === undefined ? {} : { upToField }) };
    const answered: EntryBody = { type: 'passbook-update.doubt-answered', data: said };
    return answer === 'partly' ? [answered, { type: 'passbook-update.line-voided', data: at }] : [answered];
  });
  const stateOf = (line: Line): Line => {
    const answer = seen.find((other) => other.line === line)?.answer.answer;
    return answer === undefined ? line : { ...line, state: STATE_AFTER[answer] };
  };
  const lines = flow.lines.map(stateOf);
  const voided = lines.filter((line, at) => line.state === 'void' && flow.lines[at]?.state !== 'void');
  if (voided.length === 0) return { bodies, lines };
  const planned = replan({ layout: flow.layout, lines }, voided);
  const taken = lines.filter(({ state }) => state !== 'waiting' && state !== 'not-printed');
  return {
    bodies: [...bodies, { type: 'passbook-update.replanned', data: { lines: planned } }],
    lines: [...taken, ...planned.map((line): Line => ({ ...line, state: 'waiting' }))],
  };
}

const STATE_AFTER: Readonly<Record<PaperAnswer['answer'], LineState>> = { printed: 'confirmed', 'not-printed': 'waiting', partly: 'void' };
