import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { buildProgram, runCounterd, startCounterd, type Running } from '../support/counterd-program.ts';

let folder: string;
let data: string;
let daemon: Running;

beforeAll(async () => {
  buildProgram();
  folder = mkdtempSync(join(tmpdir(), 'counterd-backup-'));
  data = join(folder, 'data');
  daemon = startCounterd(['start', '--simulate', '--data', data, '--port', '0']);
  expect((await daemon.nextLine())['ready']).toBe(true);
  mkdirSync(join(data, 'keys'), { mode: 0o700 });
  writeFileSync(join(data, 'keys', 'broker.key'), 'not for everybody', { mode: 0o600 });
  await new BlobStore(data).put(new Uint8Array([1, 2, 3]), 'application/octet-stream');
}, 120_000);

afterAll(async () => {
  await daemon.end();
  rmSync(folder, { recursive: true, force: true });
});

const counterd = (...args: string[]) => runCounterd(args);
const inFolder = (name: string): string => join(folder, name);

describe('counterd backup and restore', () => {
  it('copy a data folder while the daemon runs, and make an equal one from the copy', async () => {
    const backup = await counterd('backup', inFolder('copy'), '--data', data, '--json');
    expect([backup.status, backup.stderr]).toEqual([0, '']);
    expect(backup.lines[0]).toMatchObject({ isWhole: true, folder: inFolder('copy') });
    expect(readdirSync(inFolder('copy')).sort()).toEqual(['images', 'journal.db', 'keys']);
    expect(statSync(inFolder('copy/journal.db')).mode & 0o777).toBe(0o600);

    const restored = await counterd('restore', inFolder('copy'), '--data', inFolder('second'), '--json');
    expect(restored.status).toBe(0);
    expect(restored.lines[0]?.['head']).toEqual(backup.lines[0]?.['head']);
    expect((await counterd('journal', 'verify', '--images', '--data', inFolder('second'))).status).toBe(0);
    expect(readFileSync(inFolder('second/keys/broker.key'), 'utf8')).toBe('not for everybody');
    expect(statSync(inFolder('second/keys/broker.key')).mode & 0o777).toBe(0o600);
    const people = await counterd('user', 'list', '--data', inFolder('second'));
    expect([people.status, people.stdout.includes('0172')]).toEqual([0, true]);
  });

  it('never overwrite: not a copy, not the folder of a running daemon, not a file', async () => {
    await counterd('backup', inFolder('kept'), '--data', data);
    writeFileSync(inFolder('file'), 'mine');
    for (const args of [
      ['backup', inFolder('kept'), '--data', data],
      ['backup', inFolder('file'), '--data', data],
      ['restore', inFolder('kept'), '--data', data],
    ]) {
      const { status, stderr } = await counterd(...args);
      expect([status, stderr.includes('CD_STORAGE_EXISTS')], args.join(' ')).toEqual([3, true]);
    }
    expect(readFileSync(inFolder('file'), 'utf8')).toBe('mine');
  });

  it('do not restore a copy that somebody altered, and leave nothing behind', async () => {
    await counterd('backup', inFolder('altered'), '--data', data);
    const database = new Database(inFolder('altered/journal.db'));
    database.exec('DROP TRIGGER entries_keep_update; UPDATE entries SET body = replace(body, \'"at"\', \'"At"\') WHERE seq = 2');
    database.close();
    const { status, stderr } = await counterd('restore', inFolder('altered'), '--data', inFolder('from-altered'));
    expect(status).toBe(3);
    expect(stderr).toContain('entry 2 does not fit');
    expect(existsSync(inFolder('from-altered'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('say clearly that there is nothing to copy', async () => {
    for (const args of [
      ['backup', inFolder('of-nothing'), '--data', inFolder('nowhere')],
      ['restore', inFolder('nowhere'), '--data', inFolder('of-nothing')],
    ]) {
      const { status, stderr } = await counterd(...args);
      expect([status, stderr.includes('no journal.db')], args.join(' ')).toEqual([3, true]);
    }
    expect(existsSync(inFolder('of-nothing'))).toBe(false);
    expect((await counterd('backup')).status).toBe(2);
  });
});

describe('counterd journal export', () => {
  const exported = (...args: string[]) => counterd('journal', 'export', '--data', data, ...args);

  it('takes out what is asked for, beside a running daemon', async () => {
    const { status, lines, stderr } = await exported('--format', 'jsonl', '--type', 'branch.started');
    expect([status, lines.map(({ type }) => type), stderr]).toEqual([0, ['branch.started'], '1 entry\n']);
    const people = await exported('--format', 'csv', '--type', 'person');
    expect(people.stdout).toContain('person.registered');
    expect(people.stdout).not.toContain('branch.started');
    expect((await exported('--to', '2001-01-01')).stderr).toBe('0 entries\n');
  });

  it.each([
    ['--type', 'login.refuse', 'did you mean "login.refused"?'],
    ['--from', '2026-02-31', 'takes a day'],
    ['--to', 'yesterday', 'takes a day'],
    ['--format', 'pdf', 'csv, json, jsonl'],
  ])('refuses %s %s with a sentence and prints nothing', async (option, value, sentence) => {
    const { status, stdout, stderr } = await exported(option, value);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
  });
});
