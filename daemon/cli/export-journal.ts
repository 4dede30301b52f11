import { CounterdError } from '../../drivers/kit/errors.ts';
import { nearestWord } from '../config/nearest-word.ts';
import { eventCatalog } from '../contract/index.ts';
import { journalExport } from '../journal/journal-command.ts';
import type { ExportFilter, ExportFormat } from '../journal/journal-export.ts';
import { tell } from './run-program.ts';

export interface ExportOptions {
  readonly data: string;
  readonly format: ExportFormat;
  readonly after?: number;
  readonly until?: number;
  readonly type?: string;
  readonly device?: string;
  readonly from?: string;
  readonly to?: string;
}

/** `counterd journal export`: the entries on stdout, how many on stderr. Throws CD_USE_ARGUMENTS before anything is printed. */
export async function exportJournal(options: ExportOptions): Promise<void> {
  const { data, format, after, until } = options;
  const filter: ExportFilter = {
    ...(options.type === undefined ? {} : { types: typesIn(options.type) }),
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(options.from === undefined ? {} : { fromMs: momentOf('--from', options.from).startMs }),
    ...(options.to === undefined ? {} : { beforeMs: momentOf('--to', options.to).endMs }),
  };
  const range = { ...(after === undefined ? {} : { afterSeq: after }), ...(until === undefined ? {} : { untilSeq: until }) };
  const count = await journalExport({ folder: data, out: process.stdout, format, ...range, filter });
  tell(count === 1 ? '1 entry' : `${String(count)} entries`);
}

function typesIn(text: string): readonly string[] {
  const known = Object.keys(eventCatalog).flatMap((type) => [type, type.slice(0, type.indexOf('.'))]);
  return text.split(',').map((word) => {
    const type = word.trim();
    if (known.includes(type)) return type;
    const nearest = nearestWord(type, known);
    throw new CounterdError(
      'CD_USE_ARGUMENTS',
      `--type: there is no "${type.slice(0, 80)}"; ${nearest === undefined ? 'docs/EVENTS.md lists them' : `did you mean "${nearest}"?`}`,
    );
  });
}

/** A day by this computer's clock, or an instant with its zone. */
function momentOf(option: string, text: string): { readonly startMs: number; readonly endMs: number } {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year = 0, month = 0, date = 0] = (day ?? []).slice(1).map(Number);
  const start = new Date(year, month - 1, date);
  // The calendar would take 31 February for 3 March.
  if (day !== null && start.getMonth() === month - 1 && start.getDate() === date)
    return { startMs: start.getTime(), endMs: new Date(year, month - 1, date + 1).getTime() };
  const ms = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isFinite(ms))
    throw new CounterdError('CD_USE_ARGUMENTS', `${option} takes a day like 2026-11-27 or an instant like 2026-11-27T08:00:00Z`);
  return { startMs: ms, endMs: ms };
}
