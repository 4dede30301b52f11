/**
 * Checksums of this field's protocols. Each names the value that its definition publishes for the
 * nine ASCII bytes "123456789"; `test/unit/checksums.test.ts` holds them to it.
 */

/** Sum of all bytes, modulo 256 (IT-100 guide 29007363R002; ZM AA55). "123456789" -> 0xDD. */
export function sum8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (sum + byte) & 0xff;
  return sum;
}

/** XOR of all bytes (EBDS, DS7400 before inversion). "123456789" -> 0x31. */
export function xor8(bytes: Uint8Array): number {
  let xor = 0;
  for (const byte of bytes) xor ^= byte;
  return xor;
}

interface Crc16Definition {
  readonly polynomial: number;
  readonly initial: number;
  readonly reflected: boolean;
}

function crc16(bytes: Uint8Array, { polynomial, initial, reflected }: Crc16Definition): number {
  let crc = initial;
  for (const byte of bytes) {
    crc ^= reflected ? byte : byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      if (reflected) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ polynomial : crc >>> 1;
      else crc = (crc & 0x8000) !== 0 ? ((crc << 1) ^ polynomial) & 0xffff : (crc << 1) & 0xffff;
    }
  }
  return crc;
}

/** CRC-16/ARC (SIA DC-09). "123456789" -> 0xBB3D. */
export const crc16Arc = (bytes: Uint8Array): number => crc16(bytes, { polynomial: 0xa001, initial: 0, reflected: true });

/** CRC-16/KERMIT (CCNET, ID-003). "123456789" -> 0x2189. */
export const crc16Kermit = (bytes: Uint8Array): number => crc16(bytes, { polynomial: 0x8408, initial: 0, reflected: true });

/** CRC-16/XMODEM (ccTalk crc16). "123456789" -> 0x31C3. */
export const crc16Xmodem = (bytes: Uint8Array): number => crc16(bytes, { polynomial: 0x1021, initial: 0, reflected: false });

/** CRC-16 of ITL SSP (poly 0x8005, init 0xFFFF, not reflected). "123456789" -> 0xAEE7. */
export const crc16Ssp = (bytes: Uint8Array): number => crc16(bytes, { polynomial: 0x8005, initial: 0xffff, reflected: false });

/** CRC-8 of the FDDF note counters (poly 0x31, init 0, not reflected). "123456789" -> 0xA2. */
export function crc8Fddf(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x80) !== 0 ? ((crc << 1) ^ 0x31) & 0xff : (crc << 1) & 0xff;
  }
  return crc;
}

/**
 * Adler-32 (RFC 1950; the messages of HTTP devices). "123456789" -> 0x091E01DE. `start` continues an earlier sum.
 * The sums are reduced every 5552 bytes, the most that cannot overflow.
 */
export function adler32(bytes: Uint8Array, start = 1): number {
  let low = start & 0xffff;
  let high = start >>> 16;
  for (let at = 0; at < bytes.length;) {
    const until = Math.min(at + 5552, bytes.length);
    for (; at < until; at++) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= 65521;
    high %= 65521;
  }
  return ((high << 16) | low) >>> 0;
}
