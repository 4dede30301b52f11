import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { writeFirstConfig } from '../config/write-config.ts';
import { askSecret, askText } from './ask-secret.ts';
import { withPeople } from './offline-people.ts';
import { printLine, tell } from './run-program.ts';

export interface InitOptions {
  /** Person number of the first administrator. */
  readonly admin?: string;
  readonly branch?: string;
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** `counterd init`: the branch’s configuration and its first administrator. The password comes from standard input, never from an argument. */
export async function initCommand(options: InitOptions): Promise<void> {
  const file = resolve(options.config ?? 'counterd.yaml');
  if (existsSync(file)) throw new CounterdError('CD_CONFIG_INVALID', `${file} exists already; it is left as it is`);
  const branch = options.branch ?? (await askText('网点名称 name of the branch:'));
  const admin = options.admin ?? (await askText('首位管理员工号 person number of the first administrator:'));
  if (!/^[0-9A-Za-z]{1,16}$/.test(admin)) throw new CounterdError('CD_USE_ARGUMENTS', 'a person number has 1 to 16 letters or digits');
  if (branch === '') throw new CounterdError('CD_USE_ARGUMENTS', 'a branch has a name');
  const password = process.env['COUNTERD_PASSWORD'] ?? (await askSecret('密码 password (8+):'));
  await withPeople(resolve(options.data ?? 'data'), (people) =>
    people.register({ id: admin, name: admin, roles: ['administrator'], password }),
  );
  writeFirstConfig(file, { id: 'branch', name: branch });
  if (options.json === true) printLine({ config: file, admin });
  else tell(`${file} is written (mode 0600). Add positions and devices there, then: counterd start`);
}
