import { RequestRefused, NO_ANSWER, OFFLINE, readProblem } from './problem.ts';

const TOKEN_HEADER = 'x-counterd-token';
const STORED = 'counterd.token';

/** The login token of this tab. The cookie alone is shared by every port of the host, so it proves nothing. */
export const tokenStore = {
  read: (): string => sessionStorage.getItem(STORED) ?? '',
  write: (token: string): void => sessionStorage.setItem(STORED, token),
  clear: (): void => sessionStorage.removeItem(STORED),
};

let canSend: () => boolean = () => true;

/** The feed tells whether there is a link: without one nothing that changes anything leaves the page. */
export function watchLink(isLinked: () => boolean): void {
  canSend = isLinked;
}

/** Requests whose answer nobody waits for any more once the daemon is silent. */
const underWay = new Set<AbortController>();

/** The link is lost: what is under way counts as unanswered, and its outcome comes with the feed. */
export function giveUpWaiting(): void {
  for (const controller of underWay) controller.abort();
}

export async function get<T>(path: string): Promise<T> {
  return request<T>(path, { method: 'GET' });
}

/** Sends an intention. Refused at once while the link is lost. */
export async function post<T = unknown>(path: string, body: unknown, options: { readonly withoutLink?: boolean } = {}): Promise<T> {
  if (options.withoutLink !== true && !canSend()) throw new RequestRefused({ code: OFFLINE, status: 0 });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } as const;
  if (options.withoutLink === true) return request<T>(path, init);
  const controller = new AbortController();
  underWay.add(controller);
  try {
    return await request<T>(path, { ...init, signal: controller.signal });
  } finally {
    underWay.delete(controller);
  }
}

interface Init {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

async function request<T>(path: string, init: Init): Promise<T> {
  const token = tokenStore.read();
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      ...init,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...init.headers, ...(token === '' ? {} : { [TOKEN_HEADER]: token }) },
    });
  } catch (error) {
    throw new RequestRefused({ code: NO_ANSWER, status: 0, detail: String(error) });
  }
  if (!response.ok) throw await readProblem(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export const segment = (id: string): string => encodeURIComponent(id);
