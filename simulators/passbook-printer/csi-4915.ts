/**
 * A simulated console printer of the 4915 family: bytes in, ink on books that keep it, marks echoed when what is
 * before them is done.
 *
 * It reads at the speed of its head and cancels everything unfinished when something goes wrong. Where no manual
 * read says what a machine does it does what is worst for the host: STOP keeps a line and prints it whenever START
 * is pressed, a book put in the mouth unasked is printed on, a line break clears the memory. Two things are taken
 * from the documents in their kind sense, and named in the model's manifest: bytes that arrive in ERROR are
 * dropped with the jobs they belong to, and a question is answered at once.
 */
import { concatBytes, fromLatin1 } from '../../drivers/kit/bytes.ts';
import { frameDecoder } from '../../drivers/kit/framing.ts';
import type { Codec } from '../../drivers/kit/codec.ts';
import { defineSimulator, type Firmware } from '../kit/simulator.ts';
import { consoleGestures, endBusy, perform } from './csi-4915/console-gestures.ts';
import {
  initialConsole,
  type ConsoleInput,
  type ConsoleRx,
  type ConsoleState,
  type ConsoleStep,
  type ConsoleTimer,
  type ConsoleTx,
} from './csi-4915/console-state.ts';
import { viewConsole } from './csi-4915/console-view.ts';
import { goOn, receiveByte, workOneTick } from './csi-4915/console-work.ts';
import { printerSetting } from './printer-setting.ts';
import { PrinterWorld } from './printer-world.ts';
import { picturePapers } from './view-papers.ts';

const codec: Codec<ConsoleRx, ConsoleTx> = {
  frameMaxBytes: 1,
  decoder: () =>
    frameDecoder<ConsoleRx>({ frameMaxBytes: 1, scan: (buffer) => ({ kind: 'frame', length: 1, frame: { byte: buffer[0] ?? 0 } }) }),
  encode: (frame) => {
    if (frame === 'xoff' || frame === 'xon') return Uint8Array.of(frame === 'xoff' ? 0x13 : 0x11);
    return concatBytes([Uint8Array.of(0x1b, 0x5b), fromLatin1(frame.csi)]);
  },
};

export const simulator = defineSimulator<ConsoleState, ConsoleRx, ConsoleTx, ConsoleTimer, PrinterWorld>({
  id: 'passbook-printer/csi-4915',
  name: { zh: '存折打印机 (4915 CSI)', en: 'Passbook printer (4915 CSI)' },
  wire: 'line',
  baud: 9600,
  codec,
  gestures: consoleGestures,
  firmwareFaults: ['busy', 'power-cut'],
  world: PrinterWorld,
  firmware: (world) => consoleFirmware(world),
  pictures: ({ path }) => picturePapers(path),
});

function consoleFirmware(world: PrinterWorld): Firmware<ConsoleState, ConsoleRx, ConsoleTx, ConsoleTimer> {
  // Positions of this language count from the edge of the paper.
  const setting = printerSetting({ ...world, topOfFormMm: world.topOfFormMm ?? 0 });
  return { initial: initialConsole(setting), step, view: viewConsole };
}

function step(state: ConsoleState, input: ConsoleInput): ConsoleStep {
  switch (input.kind) {
    case 'frame':
      return receiveByte(state, input.frame.byte);
    case 'timer':
      return input.timer === 'tick' ? workOneTick(state) : goOn(...endBusy(state));
    case 'command':
      return perform(state, input.id, input.command);
    case 'opened':
      return goOn({ ...state, isTicking: false });
    case 'junk':
    case 'cancel':
    case 'drained':
    case 'lost':
      return [state, []];
  }
}
