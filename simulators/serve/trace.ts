import { closeSync, openSync, writeSync } from 'node:fs';
import { toHex } from '../../drivers/kit/bytes.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';

/** One frame as the simulated device saw it. */
export interface TraceLine {
  /** Simulated time, ISO 8601. */
  readonly at: string;
  readonly device: string;
  readonly direction: 'to-device' | 'to-host';
  readonly hex: string;
  /** The frame, or why the bytes are none. */
  readonly frame?: unknown;
  readonly junk?: string;
}

export interface TraceFile {
  readonly write: (line: TraceLine) => void;
  readonly close: () => void;
}

/** Appends JSON lines to `file`. Only its owner may read it: frames carry what was typed at a keypad. */
export function openTrace(file: string): TraceFile {
  let handle: number;
  try {
    handle = openSync(file, 'a', 0o600);
  } catch (cause) {
    throw new CounterdError('CD_STORAGE_IO', `${file} cannot be written`, { cause });
  }
  return {
    write: (line) => writeSync(handle, `${JSON.stringify(line)}\n`),
    close: () => {
      closeSync(handle);
    },
  };
}

/** One line of a trace file. */
export function traceLine(seen: {
  readonly device: string;
  readonly atMs: number;
  readonly direction: 'to-device' | 'to-host';
  readonly raw: Uint8Array;
  readonly frame?: unknown;
  readonly junk?: string;
}): TraceLine {
  const { device, atMs, direction, raw, frame, junk } = seen;
  const at = new Date(atMs).toISOString();
  return { at, device, direction, hex: toHex(raw), ...(junk === undefined ? { frame } : { junk }) };
}
