import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { roleWords, type Role } from '../contract/index.ts';
import { journalPath } from '../journal/journal-database.ts';
import { askSecret } from './ask-secret.ts';
import { withPeople } from './offline-people.ts';
import { printLine, tell } from './run-program.ts';

export interface UserOptions {
  readonly action: 'add' | 'list' | 'disable' | 'reset';
  /** Person number; not for `list`. */
  readonly id?: string;
  readonly name?: string;
  /** Separated by commas. */
  readonly roles?: string;
  readonly reason?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** `counterd user …`: people, when nobody can log in. The daemon must not be running on this data folder. */
export async function userCommand(options: UserOptions): Promise<void> {
  const folder = resolve(options.data ?? 'data');
  const id = options.id ?? '';
  if (options.action !== 'list' && !/^[0-9A-Za-z]{1,16}$/.test(id))
    throw new CounterdError('CD_USE_ARGUMENTS', 'a person number has 1 to 16 letters or digits');
  // Only the first person of a branch may come before its journal: a wrong --data must not make a new one.
  if (options.action !== 'add' && !existsSync(journalPath(folder)))
    throw new CounterdError('CD_STORAGE_IO', `there is no journal.db in ${folder}; name the data folder with --data`);
  switch (options.action) {
    case 'list': {
      const people = await withPeople(folder, (all) => Promise.resolve(all.list()));
      if (options.json === true) printLine(people);
      else
        for (const person of people)
          process.stdout.write(`${person.id}\t${person.name}\t${person.roles.join(',')}${person.isDisabled ? '\tdisabled' : ''}\n`);
      return;
    }
    case 'add': {
      const roles = rolesIn(options.roles ?? '');
      const password = await givenPassword();
      await withPeople(folder, (people) => people.register({ id, name: options.name ?? id, roles, password }));
      break;
    }
    case 'disable':
      await withPeople(folder, (people) => people.disable(id, options.reason ?? 'by command'));
      break;
    case 'reset': {
      const password = await givenPassword();
      await withPeople(folder, (people) => people.resetPassword(id, password));
    }
  }
  if (options.json === true) printLine({ id, done: options.action });
  else tell(`${id}: ${options.action}`);
}

async function givenPassword(): Promise<string> {
  return process.env['COUNTERD_PASSWORD'] ?? (await askSecret('密码 password (8+):'));
}

function rolesIn(text: string): readonly Role[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const unknown = words.filter((word) => !(roleWords as readonly string[]).includes(word));
  if (words.length === 0 || unknown.length > 0)
    throw new CounterdError('CD_USE_ARGUMENTS', `--roles takes some of: ${roleWords.join(', ')}`);
  return words as Role[];
}
