import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { ChainCheck, GENESIS, chainHash, type ChainRow } from '../../daemon/journal/chain.ts';
import type { Entry } from '../../daemon/journal/entry.ts';
import { journalExport, journalRebuild, journalTail, journalVerify } from '../../daemon/journal/journal-command.ts';
import type { ExportFilter } from '../../daemon/journal/journal-export.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { bagBook, drawn, journalFolder, note, noteSum, toyRules } from '../support/journal-folder.ts';
import { Sink } from '../support/sink.ts';

let folder: ReturnType<typeof journalFolder>;

beforeEach(() => {
  folder = journalFolder();
});

afterEach(() => {
  folder.remove();
});

const openIn = (path: string): SqliteJournal => openJournal({ folder: path, rules: toyRules, projections: [bagBook], folds: [noteSum] });

async function writeSome(count = 5): Promise<readonly Entry[]> {
  const journal = openIn(folder.path);
  const written: Entry[] = [];
  for (let i = 1; i <= count; i++) written.push(...(await journal.append([note(i, `=1+1,"印章"\n${i}`), drawn(`bag-${i}`, 'p1')])));
  journal.close();
  return written;
}

/** What somebody with the file in hand could do. */
function alter(sql: string): void {
  const database = new Database(join(folder.path, 'journal.db'));
  database.exec(`DROP TRIGGER entries_keep_update; DROP TRIGGER entries_keep_delete; ${sql}`);
  database.close();
}

async function verify(more: object = {}): Promise<{ status: number; facts: Record<string, unknown> }> {
  const out = new Sink();
  const status = await journalVerify({ folder: folder.path, out, ...more });
  return { status, facts: JSON.parse(out.text) as Record<string, unknown> };
}

describe('the chain', () => {
  const chain = (bodies: readonly string[]): ChainRow[] => {
    let prev = GENESIS;
    return bodies.map((body, i) => {
      prev = chainHash(prev, i + 1, body);
      return [i + 1, body, prev];
    });
  };

  it('is broken by any change of any byte of any row, and says where', () => {
    const bodies = fc.array(fc.json({ maxDepth: 1 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat(), (texts, whichRow, whichChar) => {
        const rows = chain(texts);
        const at = whichRow % rows.length;
        const [seq, body, hash] = rows[at] ?? [0, '', ''];
        const place = whichChar % body.length;
        const changed = `${body.slice(0, place)}${body[place] === 'x' ? 'y' : 'x'}${body.slice(place + 1)}`;
        fc.pre(changed !== body);
        rows[at] = [seq, changed, hash];
        const check = new ChainCheck();
        check.take(rows);
        expect(check.report()).toMatchObject({ isWhole: false, entryCount: at, broken: { seq: at + 1, reason: 'hash' } });
      }),
    );
  });

  it('is broken by a row that was removed, swapped or repeated', () => {
    fc.assert(
      fc.property(
        fc.array(fc.json({ maxDepth: 1 }), { minLength: 3, maxLength: 12 }),
        fc.nat(),
        fc.constantFrom('remove', 'swap', 'repeat'),
        (texts, which, deed) => {
          const rows = chain(texts);
          const at = which % (rows.length - 1);
          const [one, other] = [rows[at], rows[at + 1]];
          if (one === undefined || other === undefined) return;
          if (deed === 'remove') rows.splice(at, 1);
          else if (deed === 'swap') rows.splice(at, 2, other, one);
          else rows.splice(at, 0, one);
          const check = new ChainCheck();
          check.take(rows);
          expect(check.report().isWhole).toBe(false);
        },
      ),
    );
  });
});

describe('counterd journal verify', () => {
  it('says a whole journal is whole, also beside a running daemon', async () => {
    const written = await writeSome();
    const journal = openIn(folder.path);
    expect(await verify()).toEqual({
      status: 0,
      facts: { isWhole: true, entryCount: 10, head: { seq: 10, hash: written.at(-1)?.hash } },
    });
    journal.close();
  });

  it('names the first entry that was altered, and answers with status 1', async () => {
    await writeSome();
    alter("UPDATE entries SET body = replace(body, 'bag-2', 'bag-9')");
    expect(await verify()).toMatchObject({ status: 1, facts: { isWhole: false, entryCount: 3, broken: { seq: 4, reason: 'hash' } } });
  });

  it('names a gap', async () => {
    await writeSome();
    alter('DELETE FROM entries WHERE seq = 6');
    expect(await verify()).toMatchObject({ status: 1, facts: { broken: { seq: 6, reason: 'gap' } } });
  });

  it('finds a cut-off end, or a chain made anew, by a head that was noted elsewhere', async () => {
    const written = await writeSome();
    const expectHead = { seq: 10, hash: written.at(-1)?.hash };
    expect((await verify({ expect: expectHead })).status).toBe(0);
    expect(await verify({ expect: { seq: 10, hash: 'f'.repeat(64) } })).toMatchObject({
      status: 1,
      facts: { broken: { seq: 10, reason: 'other-chain' } },
    });
    alter('DELETE FROM entries WHERE seq > 7');
    expect((await verify()).status).toBe(0);
    expect(await verify({ expect: expectHead })).toMatchObject({ status: 1, facts: { broken: { seq: 8, reason: 'missing-end' } } });
  });

  it('looks for the pictures that entries name', async () => {
    const journal = openIn(folder.path);
    const store = new BlobStore(folder.path);
    const attachment = await store.put(Uint8Array.of(1, 2, 3), 'image/png');
    await journal.append([{ ...note(1), attachment }]);
    journal.close();
    expect(await verify({ checksImages: true })).toMatchObject({ status: 0, facts: { images: { imageCount: 1, broken: [] } } });
    rmSync(join(folder.path, 'images'), { recursive: true });
    expect(await verify({ checksImages: true })).toMatchObject({ status: 1, facts: { images: { broken: [attachment.sha256] } } });
  });
});

describe('counterd journal tail', () => {
  it('prints the last entries as JSON lines and ends when it does not follow', async () => {
    const written = await writeSome();
    const out = new Sink();
    expect(await journalTail({ folder: folder.path, out, lastCount: 3 })).toBe(0);
    expect(
      out.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Entry),
    ).toEqual(written.slice(-3));
  });

  it('follows what another process writes until it is stopped', async () => {
    await writeSome();
    const journal = openIn(folder.path);
    const stop = new AbortController();
    const out = new Sink();
    const tail = journalTail({ folder: folder.path, out, lastCount: 0, signal: stop.signal });
    const seen = new Promise<void>((resolve) => {
      const write = out._write.bind(out);
      out._write = (chunk, encoding, done): void => {
        write(chunk, encoding, done);
        resolve();
      };
    });
    const [entry] = await journal.append([note(77)]);
    await seen;
    stop.abort();
    expect(await tail).toBe(0);
    expect(JSON.parse(out.text)).toEqual(entry);
    journal.close();
  });
});

describe('counterd journal export', () => {
  it('writes JSON that holds exactly the entries asked for', async () => {
    const written = await writeSome();
    const out = new Sink();
    await journalExport({ folder: folder.path, out, format: 'json', afterSeq: 2, untilSeq: 7 });
    expect(JSON.parse(out.text)).toEqual(written.slice(2, 7));
  });

  it('writes CSV whose cells no spreadsheet takes for formulas, and that keeps Chinese and line breaks', async () => {
    const journal = openIn(folder.path);
    await journal.append([{ ...note(1, '印章\n"A"'), device: '=cmd()' }]);
    journal.close();
    const out = new Sink();
    await journalExport({ folder: folder.path, out, format: 'csv' });
    expect(out.text.startsWith('\uFEFFseq,at,type,device,')).toBe(true);
    expect(out.text).toContain(",'=cmd(),");
    expect(out.text).toContain('印章');
    const row = out.text.split('\r\n')[1] ?? '';
    expect(row).toContain(`"{""number"":1,""text"":""印章\\n\\""A\\""""}"`);
  });

  it('narrows down by type, area, device and time, and says how many there were', async () => {
    const written = await writeSome();
    const third = Date.parse(written[2]?.at ?? '');
    const wanted = async (filter: ExportFilter): Promise<readonly Entry[]> => {
      const out = new Sink();
      const count = await journalExport({ folder: folder.path, out, format: 'jsonl', filter });
      const found = out.text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Entry); // prettier-ignore
      expect(found).toHaveLength(count);
      return found;
    };
    expect(await wanted({})).toEqual(written);
    expect(await wanted({ types: ['toy'] })).toEqual(written);
    expect(await wanted({ types: ['toy.note'] })).toEqual([]);
    expect(await wanted({ types: ['toy.bag-drawn'] })).toEqual(written.filter(({ type }) => type === 'toy.bag-drawn'));
    expect(await wanted({ device: 'toy-1' })).toEqual(written.filter(({ device }) => device === 'toy-1'));
    expect(await wanted({ fromMs: third })).toEqual(written.filter(({ at }) => Date.parse(at) >= third));
    expect(await wanted({ beforeMs: third })).toEqual(written.filter(({ at }) => Date.parse(at) < third));
    expect(await wanted({ fromMs: third, beforeMs: third })).toEqual([]);
  });

  it('writes an empty journal as an empty list', async () => {
    openIn(folder.path).close();
    const out = new Sink();
    await journalExport({ folder: folder.path, out, format: 'json' });
    expect(JSON.parse(out.text)).toEqual([]);
  });
});

describe('counterd journal rebuild', () => {
  const rebuild = async (): Promise<{ status: number; facts: unknown }> => {
    const out = new Sink();
    const status = await journalRebuild({ folder: folder.path, out, projections: [bagBook], folds: [noteSum] });
    return { status, facts: JSON.parse(out.text) };
  };

  it('finds live projections and folds equal to rebuilt ones and leaves no file behind', async () => {
    await writeSome();
    const names = readdirSync(folder.path);
    expect(await rebuild()).toEqual({
      status: 0,
      facts: { projections: [{ name: 'bag_book', rowCount: 5, isEqual: true }], folds: [{ name: 'note-sum', isEqual: true }] },
    });
    expect(readdirSync(folder.path)).toEqual(names);
  });

  it('finds a table that was altered, answers 1, and has made it again', async () => {
    await writeSome();
    alter("UPDATE bag_book SET by = 'p9' WHERE bag = 'bag-3'");
    expect(await rebuild()).toMatchObject({ status: 1, facts: { projections: [{ isEqual: false, differsIn: 'bag_book' }] } });
    expect((await rebuild()).status).toBe(0);
  });

  it('is refused while the daemon runs', async () => {
    const journal = openIn(folder.path);
    await expect(rebuild()).rejects.toThrow(/CD_STORAGE_LOCKED/);
    journal.close();
  });
});
