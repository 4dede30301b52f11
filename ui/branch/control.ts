import { create } from 'zustand';
import type { Language } from '../i18n/text-table.ts';
import type { Args, BranchFacts, SeenTruth, SimulatedDevice } from './branch-types.ts';

interface BranchStore {
  readonly facts: BranchFacts | undefined;
  readonly isLinked: boolean;
  readonly language: Language;
  /** Why the last gesture or fault was refused, by device. */
  readonly refusals: Readonly<Record<string, string>>;
}

const STORED = 'counterd.branch.language';
const KEPT_TRUTHS = 200;

export const branchStore = create<BranchStore>(() => ({
  facts: undefined,
  isLinked: false,
  language: localStorage.getItem(STORED) === 'en' ? 'en' : 'zh-CN',
  refusals: {},
}));

export function switchBranchLanguage(): void {
  const language = branchStore.getState().language === 'en' ? 'zh-CN' : 'en';
  localStorage.setItem(STORED, language);
  document.documentElement.lang = language;
  branchStore.setState({ language });
}

/** Follows the simulators; a stream that breaks is opened again by the browser and starts with everything. */
export function followBranch(): () => void {
  const stream = new EventSource('/api/stream');
  const on = <T>(event: string, take: (value: T) => void): void =>
    stream.addEventListener(event, (message: MessageEvent<string>) => take(JSON.parse(message.data) as T));
  on<BranchFacts>('branch', (facts) => branchStore.setState({ facts, isLinked: true }));
  on<{ readonly id: string; readonly view: SimulatedDevice['view'] }>('view', ({ id, view }) => change(id, () => ({ view })));
  on<{ readonly id: string; readonly activeFaults: SimulatedDevice['activeFaults'] }>('faults', ({ id, activeFaults }) =>
    change(id, () => ({ activeFaults })),
  );
  on<{ readonly id: string; readonly truth: SeenTruth }>('truth', ({ id, truth }) =>
    change(id, ({ truths }) => ({ truths: [...truths, truth].slice(-KEPT_TRUTHS) })),
  );
  stream.onerror = () => branchStore.setState({ isLinked: false });
  return () => stream.close();
}

function change(id: string, to: (device: SimulatedDevice) => Partial<SimulatedDevice>): void {
  branchStore.setState(({ facts }) =>
    facts === undefined
      ? {}
      : { facts: { ...facts, devices: facts.devices.map((device) => (device.id === id ? { ...device, ...to(device) } : device)) } },
  );
}

const device = (id: string): string => `/api/devices/${encodeURIComponent(id)}`;

export const perform = (id: string, gesture: string, args: Args = {}): Promise<void> =>
  send(id, { method: 'POST', path: `${device(id)}/gestures/${encodeURIComponent(gesture)}`, body: args });
export const setFault = (id: string, kind: string, args: Args): Promise<void> =>
  send(id, { method: 'POST', path: `${device(id)}/faults`, body: { kind, ...args } });
export const clearFault = (id: string, kind: string): Promise<void> =>
  send(id, { method: 'DELETE', path: `${device(id)}/faults/${encodeURIComponent(kind)}` });

export async function setClock(order: { readonly speed?: number; readonly stepMs?: number }): Promise<void> {
  const response = await fetch('/api/clock', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  if (!response.ok) return;
  const clock = (await response.json()) as BranchFacts['clock'];
  branchStore.setState(({ facts }) => (facts === undefined ? {} : { facts: { ...facts, clock } }));
}

interface Order {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: Args;
}

async function send(id: string, { method, path, body }: Order): Promise<void> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const refusal = response.ok ? '' : await reasonOf(response);
  branchStore.setState(({ refusals }) => ({ refusals: { ...refusals, [id]: refusal } }));
}

async function reasonOf(response: Response): Promise<string> {
  try {
    const problem = (await response.json()) as {
      readonly code?: string;
      readonly detail?: string;
      readonly text?: { readonly zh: string; readonly en: string };
    };
    const text = branchStore.getState().language === 'en' ? problem.text?.en : problem.text?.zh;
    return [text, problem.detail].filter((part) => part !== undefined).join(' ');
  } catch {
    // Safe: an answer that is no JSON leaves its status to show.
    return String(response.status);
  }
}
