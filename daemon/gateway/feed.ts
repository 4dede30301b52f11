import type { Namespace, Socket } from 'socket.io';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { Type, checker } from '../../drivers/kit/schema.ts';
import type { Actor } from '../authority/actor.ts';
import { CLOCK_EVERY_MS, type Entry, type ServerToUi, type UiToServer } from '../contract/index.ts';
import { toSeq } from '../journal/entry.ts';
import { canSee, isForSecurity } from './audience.ts';
import { contractHash } from './contract-hash.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { cookieIn, loginCookieName, type OwnNames } from './guard.ts';
import { repeat } from './repeat.ts';
import { waitingPackets } from './waiting-packets.ts';

type UiSocket = Socket<UiToServer, ServerToUi, Record<string, never>, { loginId?: string }>;
export type UiNamespace = Namespace<UiToServer, ServerToUi, Record<string, never>, { loginId?: string }>;

/** Entries read from disk at a time for somebody who is behind. */
const PAGE_SIZE = 200;
/** A browser with more packets than this not yet taken by its line stops being live and is paged from disk. */
const BEHIND_PACKETS = 512;
/** Logins also end by the clock, which no entry announces at that moment. */
const CHECK_LOGINS_MS = 10_000;
const LIVE = 'live';

const handshake = checker(
  Type.Object({
    token: Type.String({ maxLength: 128 }),
    afterSeq: Type.Integer({ minimum: 0 }),
    contractHash: Type.String({ maxLength: 64 }),
  }),
);

/**
 * The live feed. A browser says how far it has come; it is paged from the journal until it has caught up and
 * then joins those who are live, for whom each entry is encoded once. Whoever takes entries slower than they
 * come leaves the live ones and is paged again, so a slow line costs a few pages of memory, never more.
 */
export class Feed {
  readonly #parts: GatewayParts;
  readonly #namespace: UiNamespace;
  #stop: readonly (() => void)[] = [];

  constructor(parts: GatewayParts, namespace: UiNamespace, names: () => OwnNames) {
    this.#parts = parts;
    this.#namespace = namespace;
    namespace.use((socket, next) => {
      const actor = this.#actorBehind(socket, names());
      if (actor === undefined) {
        parts.metrics.noteRefusal('CD_AUTH_REQUIRED');
        next(new CounterdError('CD_AUTH_REQUIRED'));
        return;
      }
      socket.data.loginId = actor.loginId;
      next();
    });
    parts.metrics.observeFeed(() => [...namespace.sockets.values()].map(waitingPackets));
    namespace.on('connection', (socket) => this.#welcome(socket));
  }

  open(): void {
    const { clock, journal } = this.#parts;
    this.#stop = [
      journal.onCommit((entries) => this.#publish(entries as unknown as readonly Entry[])),
      repeat(clock, CHECK_LOGINS_MS, () => this.#endOldLogins()),
      repeat(clock, CLOCK_EVERY_MS, () => this.#namespace.to(LIVE).volatile.emit('clock', this.#now())),
    ];
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.#namespace.disconnectSockets(true);
  }

  #now(): string {
    return new Date(this.#parts.clock.nowMs()).toISOString();
  }

  #actorBehind(socket: UiSocket, names: OwnNames): Actor | undefined {
    const auth: unknown = socket.handshake.auth;
    const cookie = cookieIn(socket.handshake.headers.cookie, loginCookieName(names));
    if (cookie === undefined || !handshake.accepts(auth)) return undefined;
    return this.#parts.authentication.actorOf({ cookie, token: auth.token });
  }

  #welcome(socket: UiSocket): void {
    const auth: unknown = socket.handshake.auth;
    if (!handshake.accepts(auth)) return;
    if (auth.contractHash !== contractHash) this.#sendAway(socket, 'contract-changed');
    else if (auth.afterSeq > this.#parts.journal.head()) this.#sendAway(socket, 'gap');
    else void this.#catchUp(socket, auth.afterSeq);
  }

  #sendAway(socket: UiSocket, reason: Parameters<ServerToUi['resync']>[0]): void {
    socket.emit('resync', reason);
    socket.disconnect(true);
  }

  async #catchUp(socket: UiSocket, afterSeq: number): Promise<void> {
    let seq = afterSeq;
    while (await roomFor(socket)) {
      const page = this.#parts.journal.read({ afterSeq: toSeq(seq), limit: PAGE_SIZE }) as unknown as readonly Entry[];
      const last = page.at(-1);
      if (last === undefined) {
        // Nothing was written since the page was read: joining in this same turn leaves no gap.
        void socket.join(LIVE);
        socket.emit('live', seq, this.#now());
        return;
      }
      for (const entry of page) this.#send(socket, entry);
      seq = last.seq;
    }
  }

  #send(socket: UiSocket, entry: Entry): void {
    if (!isForSecurity(entry) || this.#maySee(socket)) socket.emit('entry', entry);
  }

  #maySee(socket: UiSocket): boolean {
    const actor = this.#parts.authentication.actorOfLogin(socket.data.loginId ?? '');
    return actor !== undefined && canSee(this.#parts.journal, actor);
  }

  #publish(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (isForSecurity(entry)) for (const socket of this.#live()) this.#send(socket, entry);
      else this.#namespace.to(LIVE).emit('entry', entry);
    }
    const last = entries.at(-1);
    if (last !== undefined) this.#pageTheSlow(last.seq);
    if (entries.some(({ type }) => type === 'login.ended' || type === 'person.disabled')) this.#endOldLogins();
  }

  #pageTheSlow(seq: number): void {
    for (const socket of this.#live()) {
      if (waitingPackets(socket) <= BEHIND_PACKETS) continue;
      void socket.leave(LIVE);
      void this.#catchUp(socket, seq);
    }
  }

  #live(): readonly UiSocket[] {
    const ids = this.#namespace.adapter.rooms.get(LIVE) ?? new Set<string>();
    return [...ids].flatMap((id) => this.#namespace.sockets.get(id) ?? []);
  }

  #endOldLogins(): void {
    for (const socket of this.#namespace.sockets.values()) {
      if (this.#parts.authentication.actorOfLogin(socket.data.loginId ?? '') === undefined) this.#sendAway(socket, 'login-ended');
    }
  }
}

/** Resolves once the line has taken what it was given: true, or false when the socket is gone. */
function roomFor(socket: UiSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const { conn } = socket;
    const settle = (): void => {
      conn.off('drain', look);
      conn.off('close', settle);
      // Lets the other sockets, and the devices, have a turn between two pages.
      setImmediate(() => resolve(socket.connected));
    };
    const look = (): void => {
      if (waitingPackets(socket) === 0) settle();
    };
    if (!socket.connected || waitingPackets(socket) === 0) {
      settle();
      return;
    }
    conn.on('drain', look);
    conn.on('close', settle);
  });
}
