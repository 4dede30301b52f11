import { hostClock } from '../../drivers/kit/clock.ts';
import { Authentication } from '../authority/authentication.ts';
import { panelWatch } from '../authority/panel-watch.ts';
import { People } from '../authority/people.ts';
import { authorityTables } from '../authority/private-tables.ts';
import { limitsOf } from '../config/config-schema.ts';
import { openJournal } from '../journal/sqlite-journal.ts';
import { branchState } from '../registers/branch-state.ts';
import { entryRules } from '../registers/entry-rules.ts';

/** People of a data folder while no daemon serves it; the folder is locked meanwhile. Throws CD_STORAGE_LOCKED when one does. */
export async function withPeople<R>(dataFolder: string, use: (people: People) => Promise<R>): Promise<R> {
  const journal = openJournal({ folder: dataFolder, rules: entryRules, folds: [branchState, panelWatch] });
  try {
    const limits = limitsOf({});
    const parts = { journal, sql: journal.privateTables('authority', authorityTables), clock: hostClock, limits };
    return await use(new People(parts, new Authentication(parts)));
  } finally {
    journal.close();
  }
}
