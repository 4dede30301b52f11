import type { Outcome } from '../../drivers/kit/outcome.ts';
import type { Entry } from '../journal/entry.ts';
import type { Sql } from '../journal/journal-database.ts';
import type { Projection } from '../journal/projection.ts';

/** One command as the journal knows it. */
export interface KnownCommand {
  readonly id: string;
  readonly device: string;
  readonly name: string;
  /** Arguments without secrets, as JSON. */
  readonly argsJson: string;
  readonly repeat: 'safe' | 'unsafe';
  readonly position?: string;
  readonly actor?: string;
  readonly flow?: string;
  /** Absent while it runs - or ran, when the daemon was killed. */
  readonly outcome?: Outcome;
}

interface CommandRow {
  readonly id: string;
  readonly device: string;
  readonly name: string;
  readonly args: string;
  readonly repeat: 'safe' | 'unsafe';
  readonly position: string | null;
  readonly actor: string | null;
  readonly flow: string | null;
  readonly outcome: string | null;
}

/**
 * Every command ever given, by its id, and who holds which device: what makes a command id good for one
 * intention only, across restarts, and what finds the commands that a killed daemon left open.
 */
export const deviceLedger: Projection = {
  name: 'device_ledger',
  version: 1,
  tables: ['device_ledger_commands', 'device_ledger_claims'],
  create: `
    CREATE TABLE device_ledger_commands (id TEXT PRIMARY KEY, device TEXT NOT NULL, name TEXT NOT NULL, args TEXT NOT NULL,
      repeat TEXT NOT NULL, position TEXT, actor TEXT, flow TEXT, outcome TEXT) WITHOUT ROWID;
    CREATE INDEX device_ledger_open ON device_ledger_commands (id) WHERE outcome IS NULL;
    CREATE TABLE device_ledger_claims (device TEXT PRIMARY KEY, owner TEXT NOT NULL) WITHOUT ROWID;`,
  types: ['device.command-started', 'device.command-settled', 'device.claimed', 'device.released'],
  prepare(sql) {
    const start = sql.prepare<(string | null)[]>('INSERT OR IGNORE INTO device_ledger_commands VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)');
    const settle = sql.prepare<[string, string]>('UPDATE device_ledger_commands SET outcome = ? WHERE id = ? AND outcome IS NULL');
    const claim = sql.prepare<[string, string]>('INSERT OR REPLACE INTO device_ledger_claims VALUES (?, ?)');
    const release = sql.prepare<[string]>('DELETE FROM device_ledger_claims WHERE device = ?');
    return (entry) => {
      if (entry.device === undefined) return;
      if (entry.type === 'device.claimed') claim.run(entry.device, (entry.data as { owner: string }).owner);
      else if (entry.type === 'device.released') release.run(entry.device);
      else if (entry.cause === undefined) return;
      else if (entry.type === 'device.command-started') start.run(...startedRow(entry));
      else settle.run(JSON.stringify((entry.data as { outcome: Outcome }).outcome), entry.cause);
    };
  },
};

/** Reads the ledger. */
export class DeviceLedger {
  readonly #byId;
  readonly #open;
  readonly #claims;

  constructor(sql: Sql) {
    this.#byId = sql.prepare<[string], CommandRow>('SELECT * FROM device_ledger_commands WHERE id = ?');
    this.#open = sql.prepare<[], CommandRow>('SELECT * FROM device_ledger_commands WHERE outcome IS NULL ORDER BY id');
    this.#claims = sql.prepare<[], { readonly device: string; readonly owner: string }>('SELECT device, owner FROM device_ledger_claims');
  }

  command(id: string): KnownCommand | undefined {
    const row = this.#byId.get(id);
    return row === undefined ? undefined : commandOf(row);
  }

  /** Commands that have not settled. */
  openCommands(): readonly KnownCommand[] {
    return this.#open.all().map(commandOf);
  }

  claims(): readonly { readonly device: string; readonly owner: string }[] {
    return this.#claims.all();
  }
}

function startedRow(entry: Entry): (string | null)[] {
  const { command, args, repeat } = entry.data as { readonly command: string; readonly args: unknown; readonly repeat: string };
  const whose = [entry.position ?? null, entry.actor ?? null, entry.flow ?? null];
  return [entry.cause ?? '', entry.device ?? '', command, JSON.stringify(args), repeat, ...whose];
}

function commandOf({ id, device, name, args, repeat, position, actor, flow, outcome }: CommandRow): KnownCommand {
  return {
    id,
    device,
    name,
    argsJson: args,
    repeat,
    ...(position === null ? {} : { position }),
    ...(actor === null ? {} : { actor }),
    ...(flow === null ? {} : { flow }),
    ...(outcome === null ? {} : { outcome: JSON.parse(outcome) as Outcome }),
  };
}
