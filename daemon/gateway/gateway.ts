import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { ServerToUi, UiToServer } from '../contract/index.ts';
import { createApp, namesOf } from './create-app.ts';
import { DisplayFeed, type DisplayNamespace } from './display-feed.ts';
import { Feed } from './feed.ts';
import type { GatewayParts, Listening } from './gateway-parts.ts';
import { refusalOfSource, type OwnNames } from './guard.ts';

export interface Gateway {
  /** The address to print and to open. */
  readonly url: string;
  close(): Promise<void>;
}

/** A browser sends nothing but its handshake. */
const SOCKET_MESSAGE_MAX_BYTES = 4_096;

/** Opens the HTTP and socket server. Throws CD_CONFIG_PORT when the port is taken. */
export async function openGateway(parts: GatewayParts, listen: { readonly host: string; readonly port: number }): Promise<Gateway> {
  const listening: Listening = { names: undefined };
  const app = await createApp(parts, listening);
  const io = new Server<UiToServer, ServerToUi, Record<string, never>, { loginId?: string }>(app.server, {
    serveClient: false,
    // connectionStateRecovery stays off: ours resumes from the journal, across restarts too; theirs is in memory
    // and skips the login check.
    maxHttpBufferSize: SOCKET_MESSAGE_MAX_BYTES,
    allowRequest: (request, allow) => {
      const refusal = listening.names === undefined ? 'CD_INPUT_HOST' : refusalOfSource(request.headers, listening.names);
      if (refusal !== undefined) parts.metrics.noteRefusal(refusal);
      allow(refusal, refusal === undefined);
    },
  });
  const feed = new Feed(parts, io.of('/'), () => namesOf(listening));
  const displayFeed = new DisplayFeed(parts, io.of('/display') as unknown as DisplayNamespace);
  const port = await listenOn(() => app.listen({ host: listen.host, port: listen.port }), app.server, listen.port);
  listening.names = ownNames(parts, listen.host, port);
  feed.open();
  displayFeed.open();
  return {
    url: `${listening.names.scheme}://${listening.names.hosts[0]}`,
    async close() {
      feed.close();
      displayFeed.close();
      await io.close();
      await app.close();
    },
  };
}

async function listenOn(listen: () => Promise<string>, server: HttpServer, port: number): Promise<number> {
  try {
    await listen();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new CounterdError('CD_CONFIG_PORT', `port ${port}`, { cause });
    throw new CounterdError('CD_CONFIG_INVALID', `cannot listen: ${code}`, { cause });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function ownNames(parts: GatewayParts, host: string, port: number): OwnNames {
  const scheme = parts.tls === undefined ? 'http' : 'https';
  const loopback = [`127.0.0.1:${port}`, `localhost:${port}`, ...(host === '::1' ? [`[::1]:${port}`] : [])];
  const given = parts.allowedHosts.map((name) => (name.includes(':') ? name : `${name}:${port}`).toLowerCase());
  const [first, ...rest] = host === '::1' ? loopback.reverse() : loopback;
  return {
    scheme,
    hosts:
      scheme === 'https' && given[0] !== undefined
        ? [given[0], ...given.slice(1), ...loopback]
        : [first ?? `127.0.0.1:${port}`, ...rest, ...given],
  };
}
