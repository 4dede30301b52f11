import { DEMO_PASSWORD } from '../../daemon/authority/demo-people.ts';

export interface BenchLogin {
  readonly token: string;
  readonly cookie: string;
  /** For requests. */
  readonly headers: Record<string, string>;
}

/** Logs a demo teller in at a daemon with a simulated branch. */
export async function loginAt(url: string): Promise<BenchLogin> {
  const response = await fetch(`${url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId: '0172', password: DEMO_PASSWORD }),
  });
  const { token } = (await response.json()) as { token: string };
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { token, cookie, headers: { cookie, 'x-counterd-token': token } };
}
