import { io, type Socket } from 'socket.io-client';
import type { DisplayHandshake, DisplayView, ServerToDisplay, UiToServer } from '../../daemon/contract/socket.ts';

import { watchSilence } from '../feed/silence.ts';

export type Shown = { readonly kind: 'unpaired' } | { readonly kind: 'wait' } | { readonly kind: 'view'; readonly view: DisplayView };

const STORED = 'counterd.display';

export const displayToken = {
  read: (): string => localStorage.getItem(STORED) ?? '',
  write: (token: string): void => localStorage.setItem(STORED, token),
  clear: (): void => localStorage.removeItem(STORED),
};

/** Shows what the daemon sends for this position, and nothing once the link is gone. */
export function followDisplay(token: string, show: (shown: Shown) => void): () => void {
  const auth: DisplayHandshake = { displayToken: token };
  const link: Socket<ServerToDisplay, UiToServer> = io('/display', {
    transports: ['websocket', 'polling'],
    auth,
    reconnectionDelay: 300,
    reconnectionDelayMax: 2000,
  });
  let latest: DisplayView | undefined;
  let isBlank = false;
  const silence = watchSilence(() => {
    isBlank = true;
    show({ kind: 'wait' });
  });
  link.onAny(() => {
    silence.heard();
    if (isBlank && latest !== undefined) show({ kind: 'view', view: latest });
    isBlank = false;
  });
  link.on('display', (view) => {
    latest = view;
    show({ kind: 'view', view });
  });
  link.on('disconnect', () => {
    // What comes with the next connection is newer than this.
    latest = undefined;
  });
  link.on('connect_error', (error) => {
    if (!error.message.includes('CD_AUTH')) return;
    displayToken.clear();
    show({ kind: 'unpaired' });
  });
  return () => {
    silence.stop();
    link.disconnect();
  };
}

/** Trades the code for the display’s token. Resolves to false when the code is not good. */
export async function pair(code: string): Promise<boolean> {
  const response = await fetch('/api/v1/display', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: code.trim() }),
  });
  if (!response.ok) return false;
  const answer = (await response.json()) as { readonly displayToken: string };
  displayToken.write(answer.displayToken);
  return true;
}

export async function isSimulatedBranch(): Promise<boolean> {
  const response = await fetch('/api/v1/login');
  return response.ok && ((await response.json()) as { readonly isSimulated: boolean }).isSimulated;
}
