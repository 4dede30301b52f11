/**
 * A scanner with a glass and a 50-sheet feeder that speaks eSCL. Its web server, its paper path and its lamp are
 * one machine; pages come into being strip by strip. It shares nothing with the driver but the envelope that
 * carries HTTP: XML is written and read here by other code.
 *
 * Behaviour: warms up after power-on (Testing, 503); feeds up to two pages ahead of the client; NextDocument holds
 * its answer, or says 503, until a page is there; 404 after the last, 409 after a jam, an open cover or an empty
 * feeder, 410 after a cancellation; a job nobody asks about for a minute is dropped.
 */
import { httpServerCodec, type HttpRequest, type HttpResponse } from '../../drivers/kit/http-message.ts';
import type { Input } from '../../drivers/kit/machine.ts';
import { encodePng } from '../kit/png.ts';
import { defineSimulator, type Firmware, type Gesture } from '../kit/simulator.ts';
import { drawSlip, type Slip } from '../world/slips.ts';
import { becomeReady, gestures, onGesture, switchOn, viewOf } from './escl/gestures.ts';
import { feedSheet, moveLamp } from './escl/mechanism.ts';
import {
  World,
  type FirmwareStep,
  type ScannerState,
  type ScannerTimer,
  type ScannerTraits,
  type ScannerWorld,
} from './escl/scanner-state.ts';
import { growOlder, onRequest } from './escl/service.ts';

export const simulator = defineSimulator<ScannerState, HttpRequest, HttpResponse, ScannerTimer, ScannerWorld>({
  id: 'seal-scanner/escl',
  name: { zh: '网络扫描仪 (eSCL), 平板和进纸器', en: 'Network scanner (eSCL) with glass and feeder' },
  wire: 'http',
  baud: 0,
  codec: httpServerCodec,
  gestures,
  firmwareFaults: ['wrong-identity', 'busy', 'power-cut'],
  world: World,
  firmware,
  pictures: (state) => Promise.resolve(picturesOf(state)),
});

const DEFAULTS: ScannerTraits = {
  slipDpi: 300,
  warmUpMs: 2_000,
  feedMs: 600,
  pageMs: 2_500,
  waiting: 'hold',
  location: 'path',
  sizeOffPx: 0,
};

function firmware(world: ScannerWorld, seed: string): Firmware<ScannerState, HttpRequest, HttpResponse, ScannerTimer> {
  return { initial: initialState(world, seed), step, view: viewOf };
}

function initialState({ platen, feeder = [], ...own }: ScannerWorld, seed: string): ScannerState {
  const traits: ScannerTraits = { ...DEFAULTS, ...own };
  const words = platen === undefined ? feeder : [platen, ...feeder];
  const slips = words.map((word, i) => drawSlip(word, i + 1, traits.slipDpi));
  return {
    traits,
    seed,
    power: 'off',
    isForeign: false,
    isBusy: false,
    platen: platen === undefined ? null : (slips[0] ?? null),
    feeder: platen === undefined ? slips : slips.slice(1),
    path: null,
    output: [],
    isJammed: false,
    isJamDue: false,
    isCoverOpen: false,
    jobs: [],
    lamp: null,
    jobCount: 0,
    slipCount: slips.length,
  };
}

function step(state: ScannerState, input: Input<HttpRequest, Gesture, ScannerTimer>): FirmwareStep {
  switch (input.kind) {
    case 'opened':
      return switchOn(state);
    case 'frame':
      return onRequest(state, input.frame);
    case 'command':
      return onGesture(state, input.id, input.command);
    case 'timer':
      return onTimer(state, input.timer);
    case 'junk':
    case 'cancel':
    case 'drained':
    case 'lost':
      return [state, []];
  }
}

function onTimer(state: ScannerState, timer: ScannerTimer): FirmwareStep {
  switch (timer) {
    case 'warm':
    case 'busy':
      return becomeReady(state, timer);
    case 'feed':
      return feedSheet(state);
    case 'lamp':
      return moveLamp(state);
    case 'second':
      return growOlder(state);
  }
}

/** The sheet on the glass, the next one in the feeder, the topmost one in the output. */
function picturesOf(state: ScannerState): Readonly<Record<string, Uint8Array>> {
  const shown: readonly (readonly [string, Slip | null | undefined])[] = [
    ['platen', state.platen],
    ['feeder', state.feeder[0]],
    ['output', state.output.at(-1)],
  ];
  return Object.fromEntries(
    shown.flatMap(([name, slip]) =>
      slip === null || slip === undefined ? [] : [[name, encodePng({ ...slip.raster, kind: 'color' }, slip.raster.pixels)]],
    ),
  );
}
