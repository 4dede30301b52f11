/** Journal entries as text for other programs: CSV for spreadsheets, JSON (one document, or one line an entry) for everything else. */
import type { Entry } from './entry.ts';

export const exportFormats = ['csv', 'json', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Which entries are wanted; a member that is absent asks for nothing. */
export interface ExportFilter {
  /** Whole types (`login.refused`) or areas (`login`). */
  readonly types?: readonly string[];
  readonly device?: string;
  /** Milliseconds since 1970, UTC: at or after. */
  readonly fromMs?: number;
  /** Before. */
  readonly beforeMs?: number;
}

/** Whether `entry` is one of those asked for. */
export function isWanted(entry: Entry, { types, device, fromMs, beforeMs }: ExportFilter): boolean {
  const atMs = Date.parse(entry.at);
  return (
    (types === undefined || types.some((type) => entry.type === type || entry.type.startsWith(`${type}.`))) &&
    (device === undefined || entry.device === device) &&
    (fromMs === undefined || atMs >= fromMs) &&
    (beforeMs === undefined || atMs < beforeMs)
  );
}

export interface ExportText {
  readonly head: string;
  entry(entry: Entry): string;
  readonly tail: string;
}

const COLUMNS = ['seq', 'at', 'type', 'device', 'position', 'actor', 'cause', 'flow', 'audience', 'data', 'attachment', 'hash'] as const;

/** How one export is put together: head, each entry, tail. */
export function exportText(format: ExportFormat): ExportText {
  switch (format) {
    case 'csv':
      return csvText();
    case 'json':
      return jsonText();
    case 'jsonl':
      return { head: '', entry: (entry) => `${JSON.stringify(entry)}\n`, tail: '' };
  }
}

/** RFC 4180, with the byte order mark that makes Excel read Chinese. */
function csvText(): ExportText {
  return {
    head: `\uFEFF${COLUMNS.join(',')}\r\n`,
    entry: (entry) => `${COLUMNS.map((column) => cell(entry[column])).join(',')}\r\n`,
    tail: '',
  };
}

/** One JSON array, one entry a line. */
function jsonText(): ExportText {
  let separator = '';
  return {
    head: '[\n',
    entry: (entry) => {
      const line = `${separator}${JSON.stringify(entry)}`;
      separator = ',\n';
      return line;
    },
    tail: '\n]\n',
  };
}

function cell(value: Entry[(typeof COLUMNS)[number]]): string {
  if (value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet runs cells that begin like this as formulas; the apostrophe makes them text.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
