import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { pino } from 'pino';
import { hostClock, type Clock } from '../../drivers/kit/clock.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { done, type Outcome } from '../../drivers/kit/outcome.ts';
import { authorityTables } from '../../daemon/authority/private-tables.ts';
import { Approvals } from '../../daemon/authority/approvals.ts';
import { Authentication } from '../../daemon/authority/authentication.ts';
import { Displays } from '../../daemon/authority/displays.ts';
import { Intents } from '../../daemon/authority/intents.ts';
import { panelOrder } from '../../daemon/authority/panel-order.ts';
import { panelWatch, watchPanel } from '../../daemon/authority/panel-watch.ts';
import { People } from '../../daemon/authority/people.ts';
import { Positions } from '../../daemon/authority/positions.ts';
import { said } from '../../daemon/authority/said.ts';
import type { DeviceDetail, Entry, EntryBody, Problem, Role } from '../../daemon/contract/index.ts';
import { contractHash } from '../../daemon/gateway/contract-hash.ts';
import type { DeviceOrder, GatewayParts } from '../../daemon/gateway/gateway-parts.ts';
import { openGateway, type Gateway } from '../../daemon/gateway/gateway.ts';
import { BlobStore } from '../../daemon/journal/blob-store.ts';
import { openJournal, type SqliteJournal } from '../../daemon/journal/sqlite-journal.ts';
import { Metrics } from '../../daemon/observe/metrics.ts';
import { branchState } from '../../daemon/registers/branch-state.ts';
import { entryRules } from '../../daemon/registers/entry-rules.ts';

export const PASSWORD = 'correct horse';

const people: readonly { readonly id: string; readonly name: string; readonly roles: readonly Role[] }[] = [
  { id: '0172', name: '王敏', roles: ['teller'] },
  { id: '0168', name: '赵芳', roles: ['cash-teller'] },
  { id: '0101', name: '李强', roles: ['supervisor'] },
  { id: '0201', name: '周洁', roles: ['security-officer'] },
  { id: '0202', name: '陈刚', roles: ['security-officer'] },
  { id: '0301', name: '孙丽', roles: ['auditor'] },
  { id: '0001', name: '管理员', roles: ['administrator'] },
];

const devices = [
  { id: 'printer-1', name: '打印机', family: 'passbook-printer', model: 'epson-escpk', position: 'desk-1' },
  { id: 'panel-1', name: '主机', family: 'alarm-panel', model: 'dsc-it100' },
] as const;

export const started: EntryBody = {
  type: 'branch.started',
  data: {
    branchId: 'test',
    branchName: '城东支行',
    version: '0.0.0',
    isSimulated: true,
    positions: [
      { id: 'desk-1', name: '现金1号', facesPublic: true },
      { id: 'desk-2', name: '现金2号', facesPublic: false },
    ],
    devices: devices.map((device) => ({ ...device, modelName: device.model, evidence: 'manual' as const, isSimulated: true })),
  },
};

export interface RigOptions {
  readonly clock?: Clock;
  readonly bodyMaxBytes?: number;
  readonly folder?: string;
  readonly uiFolder?: string;
  execute?(deviceId: string, order: DeviceOrder): Promise<Outcome>;
}

export interface Authority {
  readonly journal: SqliteJournal;
  readonly authentication: Authentication;
  readonly people: People;
  readonly positions: Positions;
  readonly approvals: Approvals;
  readonly displays: Displays;
  readonly intents: Intents;
  readonly orders: { readonly deviceId: string; readonly order: DeviceOrder }[];
  close(): void;
}

/** Journal and authority on a folder of their own; nothing listens. */
export function openAuthority(folder: string, options: RigOptions = {}): Authority {
  const clock = options.clock ?? hostClock;
  const journal = openJournal({ folder, rules: entryRules, folds: [branchState, panelWatch], clock });
  const sql = journal.privateTables('authority', authorityTables);
  const parts = { journal, sql, clock, limits: { loginIdleMs: 3_600_000, loginMaxMs: 12 * 3_600_000, approvalMs: 120_000 } };
  const orders: Authority['orders'] = [];
  const execute = async (deviceId: string, order: DeviceOrder): Promise<Outcome> => {
    orders.push({ deviceId, order });
    return options.execute?.(deviceId, order) ?? done({});
  };
  const authentication = new Authentication(parts);
  const approvals = new Approvals(parts, authentication, {
    carryOut({ content, approvalId, actor }) {
      return execute(content.device, { ...panelOrder(content), commandId: approvalId, actor });
    },
    onFailure: () => undefined,
  });
  const stopWatching = watchPanel(journal, (cause) => {
    throw cause;
  });
  return {
    journal,
    authentication,
    people: new People(parts, authentication),
    positions: new Positions(parts, authentication),
    approvals,
    displays: new Displays(parts),
    intents: new Intents(sql),
    orders,
    close() {
      stopWatching();
      journal.close();
    },
  };
}

/** Registers everybody and says what the branch is, unless that was done before. */
export async function furnish(authority: Authority): Promise<void> {
  if (authority.journal.head() > 0) return;
  await authority.journal.append([said(started)]);
  for (const person of people) await authority.people.register({ ...person, password: PASSWORD });
}

export interface Person {
  readonly token: string;
  readonly cookie: string;
}

/** A real server on a free port over a real journal; the devices answer at once. */
export class GatewayRig {
  readonly folder: string;
  readonly #options: RigOptions;
  authority: Authority;
  gateway: Gateway | undefined;
  readonly #sockets: Socket[] = [];

  constructor(options: RigOptions = {}) {
    this.#options = options;
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'counterd-gateway-'));
    this.authority = openAuthority(this.folder, options);
  }

  static async open(options: RigOptions = {}): Promise<GatewayRig> {
    const rig = new GatewayRig(options);
    await rig.start();
    return rig;
  }

  get url(): string {
    return this.gateway?.url ?? '';
  }

  async start(port = 0): Promise<void> {
    await furnish(this.authority);
    this.gateway = await openGateway(this.#parts(), { host: '127.0.0.1', port });
  }

  /** The daemon ends and comes back on the same port and the same folder. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.gateway?.close();
    this.authority.close();
    this.authority = openAuthority(this.folder, this.#options);
    await this.start(port);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.disconnect();
    await this.gateway?.close();
    this.authority.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async login(personId: string): Promise<Person> {
    const response = await this.post('/login', { personId, password: PASSWORD });
    if (response.status !== 200) throw new CounterdError('CD_AUTH_WRONG', `${personId}: ${await response.text()}`);
    const { token } = (await response.json()) as { token: string };
    return { token, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
  }

  get(path: string, person?: Person): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, { headers: credentials(person), redirect: 'manual' });
  }

  post(path: string, body: unknown, person?: Person): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...credentials(person) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  socket(
    person: Person,
    more: { readonly afterSeq?: number; readonly contractHash?: string; readonly headers?: Record<string, string> } = {},
  ): Socket {
    const socket = io(this.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 20,
      reconnectionDelayMax: 50,
      auth: { token: person.token, afterSeq: more.afterSeq ?? 0, contractHash: more.contractHash ?? contractHash },
      extraHeaders: { cookie: person.cookie, ...more.headers },
    });
    this.#sockets.push(socket);
    return socket;
  }

  #parts(): GatewayParts {
    const { orders, ...authority } = this.authority;
    return {
      ...authority,
      blobs: new BlobStore(this.folder),
      clock: this.#options.clock ?? hostClock,
      log: pino({ level: 'silent' }),
      metrics: new Metrics(),
      version: '0.0.0',
      demoPeople: [],
      bodyMaxBytes: this.#options.bodyMaxBytes ?? 65_536,
      allowedHosts: [],
      ...(this.#options.uiFolder === undefined ? {} : { uiFolder: this.#options.uiFolder }),
      devices: {
        detail,
        frames: (deviceId) => ({ frames: [], droppedCount: detail(deviceId).commands.length * 0 }),
        reconnect: (deviceId) => void detail(deviceId),
        execute: async (deviceId, order) => {
          orders.push({ deviceId, order });
          return this.#options.execute?.(deviceId, order) ?? done({});
        },
      },
      workflows: {
        start: () => Promise.resolve(),
        act: () => Promise.resolve(),
        passbooks: () => [],
        preview: (passbookId) => {
          throw new CounterdError('CD_LEDGER_ACCOUNT', passbookId);
        },
      },
    };
  }
}

/** The problem document of a refusal. */
export async function problemIn(response: Response): Promise<Problem> {
  return (await response.json()) as Problem;
}

/** Entries as they come, and a way to wait for one. */
export function entriesOf(socket: Socket): { readonly seen: Entry[]; until(accepts: (entry: Entry) => boolean): Promise<Entry> } {
  const seen: Entry[] = [];
  const waiting = new Set<(entry: Entry) => void>();
  socket.on('entry', (entry: Entry) => {
    seen.push(entry);
    for (const tell of waiting) tell(entry);
  });
  return {
    seen,
    until: (accepts) =>
      new Promise((resolve) => {
        const found = seen.find(accepts);
        if (found !== undefined) {
          resolve(found);
          return;
        }
        const tell = (entry: Entry): void => {
          if (!accepts(entry)) return;
          waiting.delete(tell);
          resolve(entry);
        };
        waiting.add(tell);
      }),
  };
}

export function once<T = unknown>(socket: Socket, event: string): Promise<T> {
  return new Promise((resolve) => {
    socket.once(event, (value: T) => resolve(value));
  });
}

export const newId = (): string => `test-${crypto.randomUUID()}`;

function credentials(person: Person | undefined): Record<string, string> {
  return person === undefined ? {} : { cookie: person.cookie, 'x-counterd-token': person.token };
}

function detail(deviceId: string): DeviceDetail {
  if (!devices.some(({ id }) => id === deviceId)) throw new CounterdError('CD_DEVICE_UNKNOWN', deviceId);
  return {
    id: deviceId,
    address: 'tcp://127.0.0.1:1',
    manifest: {},
    capabilities: {},
    commands: [
      { name: 'check-health', doc: 'Asks whether it answers.', repeat: 'safe', health: 'internal' },
      { name: 'self-test', doc: 'Prints a pattern.', repeat: 'unsafe', health: 'interactive' },
      { name: 'disarm', doc: 'Disarms.', repeat: 'unsafe' },
    ],
    statistics: {},
  };
}
