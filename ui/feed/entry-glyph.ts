import type { Entry } from '../../daemon/contract/entry.ts';
import type { GlyphName } from '../widgets/glyph.tsx';

const endings: readonly (readonly [RegExp, GlyphName])[] = [
  [/line-doubted$/, 'doubt'],
  [/zone-alarm$|alarm-raised$|hold-up-raised$|duress-used$|fire-raised$|auxiliary-raised$|tamper-raised$|zone-tampered$/, 'alarm'],
  [/line-not-printed$|code-rejected$|arming-failed$|trouble-raised$|zone-faulted$|page-unreadable$/, 'failed'],
  [/refused$|cancelled$|expired$|locked$|withdrawn$/, 'refused'],
  [/note-rejected$/, 'suspect'],
  [/jammed$|pocket-full$|cover-opened$|page-turn-asked$|figures-disagree$|approval\.missing$/, 'needs-hands'],
  [/zone-opened$/, 'open'],
  [/zone-restored$/, 'closed'],
  [/zone-bypassed$/, 'bypassed'],
  [/partition-armed$|special-closing$|partial-closing$/, 'armed'],
  [/partition-disarmed$|special-opening$/, 'disarmed'],
  [/junk-received$/, 'unknown'],
  [/doubt-answered$|approval\.granted$|signed-in$|difference-recorded$/, 'signed'],
  [/finished$|line-confirmed$|line-printed$|batch-counted$|page-kept$|note-counted$/, 'done'],
  [/started$|asked$|requested$|intended$|delay-started$|claimed$/, 'running'],
];

/** The shape beside an entry in lists. */
export function entryGlyph(entry: Entry): GlyphName {
  if (entry.type === 'device.phase-changed') return phaseGlyphs[entry.data.phase];
  if (entry.type === 'device.command-settled') return outcomeGlyphs[entry.data.outcome.kind];
  return endings.find(([pattern]) => pattern.test(entry.type))?.[1] ?? 'event';
}

export const phaseGlyphs = {
  absent: 'absent',
  opening: 'running',
  identifying: 'running',
  online: 'done',
  waiting: 'waiting',
  quarantined: 'quarantined',
  stopped: 'idle',
} as const satisfies Record<string, GlyphName>;

export const outcomeGlyphs = { done: 'done', refused: 'refused', failed: 'failed', 'in-doubt': 'doubt' } as const satisfies Record<
  string,
  GlyphName
>;

const chatter = new Set<Entry['type']>([
  'device.command-started',
  'alarm-panel.time-broadcast',
  'alarm-panel.label-learnt',
  'cash-counter.note-counted',
  'passbook-printer.line-printed',
]);

/** Worth a line in the list of latest events: not what repeats something already said, nor every single note. */
export function isNews(entry: Entry): boolean {
  if (entry.type === 'device.command-settled') return entry.data.outcome.kind !== 'done';
  return !entry.type.endsWith('.status-changed') && !chatter.has(entry.type);
}
