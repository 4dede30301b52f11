import { errorCatalog } from '../../daemon/contract/errors.ts';
import { NO_ANSWER, OFFLINE, type RequestRefused } from '../api/problem.ts';
import type { Say } from './i18n.ts';
import type { Language } from './text-table.ts';

interface Row {
  readonly text: { readonly zh: string; readonly en: string };
}

const rows: Readonly<Record<string, Row>> = errorCatalog;

/** The catalogue’s sentence for a code; the code itself when this page is older than the daemon. */
export function codeText(code: string, language: Language): string {
  const row = rows[code];
  if (row === undefined) return code;
  return language === 'en' ? row.text.en : row.text.zh;
}

export function refusalText(refusal: RequestRefused, language: Language, t: Say): string {
  if (refusal.code === NO_ANSWER) return t('problem.uncertain');
  if (refusal.code === OFFLINE) return t('problem.offline');
  if (rows[refusal.code] !== undefined) return codeText(refusal.code, language);
  if (refusal.text !== undefined) return language === 'en' ? refusal.text.en : refusal.text.zh;
  return t('problem.unknown');
}
