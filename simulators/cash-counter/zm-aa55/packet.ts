/** The simulated machine's own reading and writing of AA55 packets; shares nothing with the driver's. */
import type { Codec, Decoded, Decoder } from '../../../drivers/kit/codec.ts';

/** A packet: its command and its data, whatever they mean. */
export interface Packet {
  readonly command: number;
  readonly data: readonly number[];
}

/** What a report says; the data of command 01. */
export interface ReportFields {
  readonly count: number;
  readonly face: number;
  readonly amount: number;
  readonly currency: string;
  readonly serial: string;
  readonly errorCode: number;
  readonly status: number;
}

const DATA_MAX_BYTES = 64;
const FRAME_MAX_BYTES = DATA_MAX_BYTES + 9;

export const packetCodec: Codec<Packet, Packet> = {
  frameMaxBytes: FRAME_MAX_BYTES,
  decoder: () => new PacketDecoder(),
  encode({ command, data }) {
    const payload = [1, command, ...data];
    const sum = payload.reduce((total, byte) => total + byte, 0) % 256;
    return Uint8Array.from([0xaa, 0x55, payload.length % 256, Math.floor(payload.length / 256), ...payload, sum, 0xa5, 0x5a]);
  },
};

/** 39 bytes: count 4, face 4, amount 8, currency 4, serial 11, reserved 5, error code, status, reserved. */
export function reportPacket(fields: ReportFields): Packet {
  const { count, face, amount, currency, serial, errorCode, status } = fields;
  const data = [...lowFirst(count, 4), ...lowFirst(face, 4), ...lowFirst(amount, 8), ...padded(currency, 4), ...padded(serial, 11)];
  return { command: 1, data: [...data, 0, 0, 0, 0, 0, errorCode, status, 0] };
}

function lowFirst(value: number, length: number): number[] {
  return Array.from({ length }, (_, i) => Math.floor(value / 256 ** i) % 256);
}

function padded(text: string, length: number): number[] {
  return Array.from({ length }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));
}

class PacketDecoder implements Decoder<Packet> {
  #held: number[] = [];

  get buffered(): number {
    return this.#held.length;
  }

  reset(): void {
    this.#held = [];
  }

  push(bytes: Uint8Array): readonly Decoded<Packet>[] {
    const out: Decoded<Packet>[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      while (this.#held.length > 0 && this.#take(out));
    }
    return out;
  }

  /** Takes a packet or one byte of junk off the front; false when more bytes are needed. */
  #take(out: Decoded<Packet>[]): boolean {
    const held = this.#held;
    const length = (held[2] ?? 2) + (held[3] ?? 0) * 256 + 7;
    const isHead =
      held[0] === 0xaa && (held.length < 2 || held[1] === 0x55) && (held.length < 4 || (length >= 9 && length <= FRAME_MAX_BYTES));
    if (isHead && (held.length < 4 || held.length < length)) return false;
    const payload = held.slice(4, length - 3);
    const sum = payload.reduce((total, byte) => total + byte, 0) % 256;
    const isWhole = isHead && payload[0] === 1 && held[length - 3] === sum && held[length - 2] === 0xa5 && held[length - 1] === 0x5a;
    const raw = Uint8Array.from(held.splice(0, isWhole ? length : 1));
    if (isWhole) out.push({ kind: 'frame', frame: { command: payload[1] ?? 0, data: payload.slice(2) }, raw });
    else out.push({ kind: 'junk', reason: 'unframed', raw });
    return true;
  }
}
