/**
 * A simulated ESC/P-K passbook printer: bytes in, ink on books that keep it.
 *
 * It is as mute as the real one. It reads at the speed of its head, stops without paper and keeps what it
 * received, loses all of it without power, sends XOFF when 256 bytes are free and XON at 512, and takes ESC @
 * or a page length as a new top of page. Where no manual read says what a machine does - bytes without paper, ESC @, a book
 * inside at power-up - it does what is worst for the host, so that the driver cannot lean on a kind machine.
 */
import { frameDecoder } from '../../drivers/kit/framing.ts';
import type { Codec } from '../../drivers/kit/codec.ts';
import { defineSimulator, type Firmware } from '../kit/simulator.ts';
import { endBusy, perform } from './epson-escpk/press-gestures.ts';
import { mediumGestures } from './medium-gestures.ts';
import { printerSetting } from './printer-setting.ts';
import {
  initialPress,
  type PressInput,
  type PressRx,
  type PressState,
  type PressStep,
  type PressTimer,
  type PressTx,
} from './epson-escpk/press-state.ts';
import { viewPress } from './epson-escpk/press-view.ts';
import { goOn, receiveByte, workOneTick } from './epson-escpk/press-work.ts';
import { PrinterWorld } from './printer-world.ts';
import { picturePapers } from './view-papers.ts';

const codec: Codec<PressRx, PressTx> = {
  frameMaxBytes: 1,
  decoder: () =>
    frameDecoder<PressRx>({ frameMaxBytes: 1, scan: (buffer) => ({ kind: 'frame', length: 1, frame: { byte: buffer[0] ?? 0 } }) }),
  encode: (frame) => Uint8Array.of(frame === 'xoff' ? 0x13 : 0x11),
};

export const simulator = defineSimulator<PressState, PressRx, PressTx, PressTimer, PrinterWorld>({
  id: 'passbook-printer/epson-escpk',
  name: { zh: '存折打印机 (ESC/P-K)', en: 'Passbook printer (ESC/P-K)' },
  wire: 'line',
  baud: 9600,
  codec,
  gestures: mediumGestures,
  firmwareFaults: ['busy', 'power-cut'],
  world: PrinterWorld,
  firmware: (world) => pressFirmware(world),
  pictures: ({ path }) => picturePapers(path),
});

function pressFirmware(world: PrinterWorld): Firmware<PressState, PressRx, PressTx, PressTimer> {
  return { initial: initialPress(printerSetting(world)), step, view: viewPress };
}

function step(state: PressState, input: PressInput): PressStep {
  switch (input.kind) {
    case 'frame':
      return receiveByte(state, input.frame.byte);
    case 'timer':
      return input.timer === 'tick' ? workOneTick(state) : goOnAfter(endBusy(state));
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

function goOnAfter([state, effects]: PressStep): PressStep {
  return goOn(state, effects);
}
