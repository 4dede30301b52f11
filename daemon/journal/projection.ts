/**
 * Projections: tables that are a fold of the journal. They change in the transaction of the append and
 * nowhere else, so they can be thrown away and made again from the entries; `compareRebuilt` does that beside
 * the live tables and looks for a difference.
 */
import type Database from 'better-sqlite3';
import type { Entry, Seq } from './entry.ts';
import { toSeq } from './entry.ts';
import type { Sql } from './journal-database.ts';

export interface Projection {
  /** Unique; the tables' names begin with it. */
  readonly name: string;
  /** Raised when tables or `prepare` change: the next start then makes the tables again from the journal. */
  readonly version: number;
  readonly tables: readonly [string, ...string[]];
  /** CREATE TABLE and CREATE INDEX statements. */
  readonly create: string;
  /** The only types it is given; all when absent. */
  readonly types?: readonly string[];
  /** Prepares statements once and returns the step. The step may not refuse; what it throws is a bug. */
  prepare(sql: Sql): (entry: Entry) => void;
}

export interface ProjectionReport {
  readonly name: string;
  readonly rowCount: number;
  readonly isEqual: boolean;
  /** The table where the first difference was seen. */
  readonly differsIn?: string;
}

/** Reads entries after `afterSeq`, oldest first; an empty page is the end. */
export type PageReader = (afterSeq: Seq) => readonly Entry[];

/** The projections of one database, each as far as the journal is. */
export class ProjectionSet {
  readonly #list: readonly Projection[];
  readonly #database: Database.Database;
  readonly #everyType: ((entry: Entry) => void)[] = [];
  readonly #byType = new Map<string, ((entry: Entry) => void)[]>();

  /** Makes tables that are missing or of another version from the journal. */
  constructor(database: Database.Database, list: readonly Projection[], readPage: PageReader) {
    this.#database = database;
    this.#list = list;
    this.#forgetOthers();
    for (const projection of list) this.#catchUp(projection, readPage);
  }

  /** Inside the transaction of the append. */
  apply(entry: Entry): void {
    for (const step of this.#everyType) step(entry);
    const steps = this.#byType.get(entry.type);
    if (steps !== undefined) for (const step of steps) step(entry);
  }

  /** From here on entries are written that these do not see: should they come back, they are made again. */
  #forgetOthers(): void {
    const known = this.#database.prepare<[], string>('SELECT name FROM projections').pluck().all();
    const forget = this.#database.prepare<[string]>('DELETE FROM projections WHERE name = ?');
    for (const name of known) if (this.#list.every((projection) => projection.name !== name)) forget.run(name);
  }

  #catchUp(projection: Projection, readPage: PageReader): void {
    const { name, version } = projection;
    this.#database.transaction(() => {
      const known = this.#database.prepare<[string], number>('SELECT version FROM projections WHERE name = ?').pluck().get(name);
      const isFresh = known !== version;
      if (isFresh) makeTables(this.#database, projection);
      const step = projection.prepare(this.#database);
      // A row says that the tables saw every entry since they were made, each in its own transaction.
      if (isFresh) {
        const seq = foldInto(projection, step, { from: toSeq(0), readPage });
        this.#database.prepare('INSERT OR REPLACE INTO projections VALUES (?, ?, ?)').run(name, version, seq);
      }
      this.#listen(projection, step);
    })();
  }

  #listen({ types }: Projection, step: (entry: Entry) => void): void {
    if (types === undefined) this.#everyType.push(step);
    else for (const type of types) this.#byType.set(type, [...(this.#byType.get(type) ?? []), step]);
  }
}

/** Makes every projection again in `scratch`, an empty database, and compares it with the live tables row by row. */
export function compareRebuilt(
  live: Sql,
  scratch: Sql,
  parts: { readonly list: readonly Projection[]; readonly readPage: PageReader },
): readonly ProjectionReport[] {
  return parts.list.map((projection) => {
    makeTables(scratch, projection);
    foldInto(projection, projection.prepare(scratch), { from: toSeq(0), readPage: parts.readPage });
    const differsIn = projection.tables.find((table) => !isSameTable(live, scratch, table));
    const rowCount = projection.tables.reduce((sum, table) => sum + countRows(scratch, table), 0);
    const { name } = projection;
    return differsIn === undefined ? { name, rowCount, isEqual: true } : { name, rowCount, isEqual: false, differsIn };
  });
}

function makeTables(sql: Sql, { tables, create }: Projection): void {
  for (const table of tables) sql.exec(`DROP TABLE IF EXISTS ${table}`);
  sql.exec(create);
}

function foldInto({ types }: Projection, step: (entry: Entry) => void, from: { readonly from: Seq; readonly readPage: PageReader }): Seq {
  const wanted = types === undefined ? undefined : new Set(types);
  let seq = from.from;
  for (let page = from.readPage(seq); page.length > 0; page = from.readPage(seq)) {
    for (const entry of page) {
      if (wanted === undefined || wanted.has(entry.type)) step(entry);
      seq = entry.seq;
    }
  }
  return seq;
}

function isSameTable(one: Sql, other: Sql, table: string): boolean {
  if (!hasTable(one, table)) return false;
  const rows = other.prepare<[], unknown[]>(orderedRows(other, table)).raw().iterate();
  for (const row of one.prepare<[], unknown[]>(orderedRows(one, table)).raw().iterate()) {
    const twin = rows.next();
    if (twin.done === true || !isSameRow(row, twin.value)) {
      rows.return?.();
      return false;
    }
  }
  return rows.next().done === true;
}

function orderedRows(sql: Sql, table: string): string {
  const columns = sql.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
  return `SELECT * FROM ${table} ORDER BY ${columns.map((column) => `"${column}"`).join(', ')}`;
}

function hasTable(sql: Sql, table: string): boolean {
  return sql.prepare<[string], number>("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").pluck().get(table) !== undefined;
}

function countRows(sql: Sql, table: string): number {
  return sql.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

function isSameRow(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, i) => isSameValue(value, other[i]));
}

function isSameValue(one: unknown, other: unknown): boolean {
  return one instanceof Uint8Array && other instanceof Uint8Array ? Buffer.compare(one, other) === 0 : Object.is(one, other);
}
