import type { Namespace, Socket } from 'socket.io';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { Type, checker } from '../../drivers/kit/schema.ts';
import { CLOCK_EVERY_MS, type ServerToDisplay } from '../contract/index.ts';
import { branchState } from '../registers/branch-state.ts';
import { displayView } from './display-view.ts';
import { repeat } from './repeat.ts';
import { waitingPackets } from './waiting-packets.ts';
import type { GatewayParts } from './gateway-parts.ts';

interface DisplayMark {
  positionId?: string;
  shown?: string;
}
type DisplaySocket = Socket<Record<string, never>, ServerToDisplay, Record<string, never>, DisplayMark>;
export type DisplayNamespace = Namespace<Record<string, never>, ServerToDisplay, Record<string, never>, DisplayMark>;

const handshake = checker(Type.Object({ displayToken: Type.String({ maxLength: 128 }) }));

/** Customer displays, in a namespace of their own: each gets its position’s view whenever that changes. */
export class DisplayFeed {
  readonly #parts: GatewayParts;
  readonly #namespace: DisplayNamespace;
  #stop: readonly (() => void)[] = [];

  constructor(parts: GatewayParts, namespace: DisplayNamespace) {
    this.#parts = parts;
    this.#namespace = namespace;
    namespace.use((socket, next) => {
      const auth: unknown = socket.handshake.auth;
      const positionId = handshake.accepts(auth) ? parts.displays.positionOf(auth.displayToken) : undefined;
      if (positionId === undefined) {
        parts.metrics.noteRefusal('CD_AUTH_DISPLAY');
        next(new CounterdError('CD_AUTH_DISPLAY'));
        return;
      }
      socket.data.positionId = positionId;
      next();
    });
    namespace.on('connection', (socket) => this.#show(socket));
  }

  open(): void {
    const { clock, journal } = this.#parts;
    this.#stop = [
      journal.onCommit(() => {
        for (const socket of this.#namespace.sockets.values()) this.#show(socket);
      }),
      repeat(clock, CLOCK_EVERY_MS, () => this.#namespace.volatile.emit('clock', new Date(clock.nowMs()).toISOString())),
    ];
  }

  close(): void {
    for (const stop of this.#stop) stop();
    this.#namespace.disconnectSockets(true);
  }

  #show(socket: DisplaySocket): void {
    const view = displayView(this.#parts.journal.stateOf(branchState), socket.data.positionId ?? '');
    const text = JSON.stringify(view);
    if (text === socket.data.shown) return;
    socket.data.shown = text;
    // Only the newest view matters: what a slow screen has not taken yet is dropped.
    if (waitingPackets(socket) > 4) socket.volatile.emit('display', view);
    else socket.emit('display', view);
  }
}
