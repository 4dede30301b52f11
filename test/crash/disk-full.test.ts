import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { BEFORE_FIRST } from '../../daemon/journal/entry.ts';
import { journalVerify } from '../../daemon/journal/journal-command.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, journalFolder, note, noteSum, toyRules } from '../support/journal-folder.ts';
import { Sink } from '../support/sink.ts';

let folder: ReturnType<typeof journalFolder>;
let isMounted = false;

beforeAll(() => {
  folder = journalFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', folder.path], { stdio: 'ignore' });
    isMounted = true;
  } catch {
    // Only root may mount; `journal-storage.test.ts` covers the same promises without a disk of its own.
  }
});

afterAll(() => {
  if (isMounted) execFileSync('umount', [folder.path]);
  folder.remove();
});

const open = (): SqliteJournal => openJournal({ folder: folder.path, rules: toyRules, projections: [bagBook], folds: [noteSum] });

/** Appends until the disk refuses; says with which code and how many entries stand. */
async function fill(journal: SqliteJournal): Promise<string> {
  for (let number = 0; ; number++) {
    const refusal = await journal.append([note(number, 'f'.repeat(3_000))]).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (refusal !== undefined) return refusal instanceof CounterdError ? refusal.code : 'not a refusal of ours';
  }
}

describe('a disk that is really full', () => {
  it('refuses entries and pictures, loses nothing acknowledged, and recovers when there is room', async (context) => {
    if (!isMounted) context.skip('mounting a small disk needs root');
    const ballast = join(folder.path, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    const journal = open();
    expect(await fill(journal)).toBe('CD_STORAGE_FULL');
    const keptSeq = journal.head();
    expect(keptSeq).toBeGreaterThan(0);
    expect(journal.health()).toEqual({ isWritable: false, because: 'CD_STORAGE_FULL' });
    await expect(new BlobStore(folder.path).put(Buffer.alloc(2_000_000, 1), 'image/png')).rejects.toThrow(/CD_STORAGE_FULL/);

    rmSync(ballast);
    await journal.append([note(1)]);
    expect(journal.health()).toEqual({ isWritable: true });
    expect(journal.read({ afterSeq: BEFORE_FIRST, limit: 10_000 }).map(({ seq }) => seq)).toEqual(
      Array.from({ length: keptSeq + 2 }, (_, i) => i + 1),
    );
    journal.close();

    const out = new Sink();
    expect(await journalVerify({ folder: folder.path, out })).toBe(0);
    const reopened = open();
    expect(reopened.head()).toBe(keptSeq + 2);
    reopened.close();
  });
});
