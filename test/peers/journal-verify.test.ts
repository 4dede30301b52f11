import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { toSeq } from '../../daemon/journal/entry.ts';
import { openJournal } from '../../daemon/journal/sqlite-journal.ts';
import { drawn, journalFolder, note, toyRules } from '../support/journal-folder.ts';

/** The chain as `daemon/journal/chain.ts` defines it, checked with nothing but Python's standard library. */
const CHECKER = `
import hashlib, json, sqlite3, sys
rows = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True).execute("SELECT seq, body, hash FROM entries ORDER BY seq")
prev, count, types = "0" * 64, 0, set()
for seq, body, stored in rows:
    count += 1
    computed = hashlib.sha256(f"{prev}\\n{seq}\\n{body}".encode("utf-8")).hexdigest()
    if seq != count or computed != stored:
        print(json.dumps({"isWhole": False, "seq": seq}))
        sys.exit(1)
    types.add(json.loads(body)["type"])
    prev = stored
print(json.dumps({"isWhole": True, "count": count, "head": prev, "types": sorted(types)}))
`;

let folder: ReturnType<typeof journalFolder>;

beforeEach(() => {
  folder = journalFolder();
});

afterEach(() => {
  folder.remove();
});

describe('the journal before a program that nobody here wrote a line of', () => {
  it('has the chain its documentation says, with Chinese, quotes, control and astral characters in it', async () => {
    const journal = openJournal({ folder: folder.path, rules: toyRules });
    const texts = ['印鉴卡', '"quoted"\\', '\u0000\u001f\u2028', '𠮷野家 💴', 'lone \ud800 half'];
    for (const [i, text] of texts.entries()) await journal.append([note(i, text), drawn(`袋-${i}`, '0123')]);
    const head = journal.read({ afterSeq: toSeq(journal.head() - 1), limit: 1 })[0];
    const answer = JSON.parse(execFileSync('python3', ['-c', CHECKER, join(folder.path, 'journal.db')], { encoding: 'utf8' })) as unknown;
    expect(answer).toEqual({ isWhole: true, count: 10, head: head?.hash, types: ['toy.bag-drawn', 'toy.note-counted'] });
    journal.close();
  });

  it('is seen to be broken when one character was altered', async () => {
    const journal = openJournal({ folder: folder.path, rules: toyRules });
    await journal.append([note(1), note(2), note(3)]);
    const sql = journal.privateTables('toy', []);
    sql.exec("DROP TRIGGER entries_keep_update; UPDATE entries SET body = replace(body, 'hundred', 'hundrec') WHERE seq = 2");
    let said = '';
    try {
      execFileSync('python3', ['-c', CHECKER, join(folder.path, 'journal.db')], { encoding: 'utf8' });
    } catch (cause) {
      said = (cause as { stdout: string }).stdout;
    }
    expect(JSON.parse(said)).toEqual({ isWhole: false, seq: 2 });
    journal.close();
  });
});
