import type { Socket } from 'socket.io';

/** Packets given to a socket that its line has not taken yet. engine.io counts them and declares the member private. */
export function waitingPackets(socket: Pick<Socket, 'conn'>): number {
  return (socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length;
}
