/** Journal entries as text for other programs: CSV for spreadsheets, JSON for everything else. */
import type { Entry } from './entry.ts';

export type ExportFormat = 'csv' | 'json';

export interface ExportText {
  readonly head: string;
  entry(entry: Entry): string;
  readonly tail: string;
}

const COLUMNS = ['seq', 'at', 'type', 'device', 'position', 'actor', 'cause', 'flow', 'audience', 'data', 'attachment', 'hash'] as const;

/** How one export is put together: head, each entry, tail. */
export function exportText(format: ExportFormat): ExportText {
  return format === 'csv' ? csvText() : jsonText();
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
