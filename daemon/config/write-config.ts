import { chmodSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { CounterdError } from '../../drivers/kit/errors.ts';

/** A first configuration: one position, no devices yet. Never overwrites; mode 0600 because options may hold codes. */
export function writeFirstConfig(file: string, branch: { readonly id: string; readonly name: string }): void {
  const config = { branch, host: '127.0.0.1', port: 7373, positions: [{ id: 'desk-1', name: '现金1号' }], devices: [] };
  const text = `# counterd: one branch. Every key: docs/guides/operate.md\n${stringify(config)}`;
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
      throw new CounterdError('CD_CONFIG_INVALID', `${file} exists already; it is left as it is`, { cause });
    }
    throw new CounterdError('CD_STORAGE_IO', `${file} cannot be written`, { cause });
  }
}
