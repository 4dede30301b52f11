/**
 * A bench note counter that speaks ZM AA55: a hopper, a stacker that is full at some point, a reject pocket, a
 * motor that draws in one note at a time, and a display. It pushes a report for every note and echoes the handshake.
 *
 * Nothing public says what a real machine sends on a jam, an open cover or a full reject pocket: this one is silent.
 * After power-up it reports standby; that is our choice too.
 */
import type { Input } from '../../drivers/kit/machine.ts';
import { done, refused } from '../../drivers/kit/outcome.ts';
import { Type, record } from '../../drivers/kit/schema.ts';
import { seededRandom, type Random } from '../kit/random.ts';
import { defineSimulator, type Firmware, type Gesture } from '../kit/simulator.ts';
import { countByFace, makeStack, type Note } from '../world/notes.ts';
import { bootDone, feed, finish } from './zm-aa55/counting.ts';
import { gestureSpecs, perform } from './zm-aa55/gestures.ts';
import { MachineTurn, type FirmwareEffect, type MachineState, type Settings, type TimerName } from './zm-aa55/machine-state.ts';
import { packetCodec, type Packet } from './zm-aa55/packet.ts';

export interface ZmWorld {
  /** Notes that lie in the hopper from the beginning, e.g. `118×100`. */
  readonly hopper?: string;
  /** 60 to 1,900; default 1,000. */
  readonly notesPerMin?: number;
  readonly stackerCapacity?: number;
  readonly autoStart?: boolean;
  readonly countsRejects?: boolean;
  readonly closesWithTotals?: boolean;
}

export const simulator = defineSimulator<MachineState, Packet, Packet, TimerName, ZmWorld>({
  id: 'cash-counter/zm-aa55',
  name: { zh: '点钞机 (AA55)', en: 'Bench note counter (AA55)' },
  wire: 'line',
  baud: 115_200,
  codec: packetCodec,
  gestures: gestureSpecs,
  firmwareFaults: ['wrong-identity', 'busy', 'power-cut'],
  world: record({
    hopper: Type.Optional(Type.String({ maxLength: 200 })),
    notesPerMin: Type.Optional(Type.Integer({ minimum: 60, maximum: 1_900 })),
    stackerCapacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000 })),
    autoStart: Type.Optional(Type.Boolean()),
    countsRejects: Type.Optional(Type.Boolean()),
    closesWithTotals: Type.Optional(Type.Boolean()),
  }),
  firmware: makeFirmware,
});

function makeFirmware(world: ZmWorld, seed: string): Firmware<MachineState, Packet, Packet, TimerName> {
  const random = seededRandom(`${seed}/zm-aa55`);
  const settings: Settings = {
    stackerCapacity: world.stackerCapacity ?? 200,
    isAutoStart: world.autoStart ?? true,
    countsRejects: world.countsRejects ?? true,
    closesWithTotals: world.closesWithTotals ?? true,
  };
  return {
    initial: initialState(world, random),
    step(state, input) {
      const turn = new MachineTurn(state, { settings, random });
      take(turn, input);
      return [turn.state, turn.effects];
    },
    view: (state) => viewOf(state, settings),
  };
}

function initialState(world: ZmWorld, random: Random): MachineState {
  return {
    ...{ isPowered: true, isBooting: false, isBusy: false, isForeign: false, isCoverOpen: false, isRunning: false, isJamComing: false },
    ...{ notesPerMin: world.notesPerMin ?? 1_000, figures: undefined, message: '', stackCount: 0 },
    hopper: world.hopper === undefined ? [] : (makeStack({ preset: world.hopper }, 'first', random.fork('first')) ?? []),
    ...{ path: [], stacker: [], rejects: [] },
  };
}

function take(turn: MachineTurn, input: Input<Packet, Gesture, TimerName>): void {
  switch (input.kind) {
    case 'opened':
      // Timers end with the line's process; a machine that was running goes on.
      if (turn.state.isRunning) turn.arm('feed', 60);
      break;
    case 'frame':
      answer(turn, input.frame);
      break;
    case 'timer':
      timers[input.timer](turn);
      break;
    case 'command': {
      const why = perform(turn, input.command.name, input.command.args);
      const outcome = why === undefined ? done({}) : refused('CD_SIM_GESTURE', why);
      turn.effects.push({ kind: 'settle', id: input.id, outcome } satisfies FirmwareEffect);
      break;
    }
    case 'junk':
    case 'cancel':
    case 'drained':
    case 'lost':
      break;
  }
}

const timers: Readonly<Record<TimerName, (turn: MachineTurn) => void>> = {
  feed,
  finish,
  boot: bootDone,
  ready(turn) {
    turn.change({ isBusy: false });
  },
};

/** The handshake comes back as it was; everything else is not for this machine. */
function answer(turn: MachineTurn, packet: Packet): void {
  const { isPowered, isBooting, isBusy, isForeign } = turn.state;
  if (!isPowered || isBooting || isBusy || packet.command !== 0) return;
  turn.send(isForeign ? { command: 7, data: [0] } : packet);
}

/** At most this many notes of a tray are listed one by one. */
const LISTED_NOTES = 200;

function viewOf(state: MachineState, settings: Settings): Readonly<Record<string, unknown>> {
  const { figures, message, isPowered, isRunning, isCoverOpen, notesPerMin } = state;
  return {
    display: isPowered ? { count: figures?.count ?? 0, amount: figures?.amount ?? 0, rejects: figures?.rejects ?? 0, message } : null,
    lamps: { power: isPowered, running: isRunning, alert: isPowered && (message !== '' || isCoverOpen) },
    hopper: { ...trayView(state.hopper), notes: state.hopper.slice(0, LISTED_NOTES) },
    path: trayView(state.path),
    stacker: { ...trayView(state.stacker), capacity: settings.stackerCapacity },
    rejects: trayView(state.rejects),
    isCoverOpen,
    notesPerMin,
  };
}

/** A tray as a person sees it: how many, of what, and the notes themselves, the newest of a long pile. */
function trayView(notes: readonly Note[]): Readonly<Record<string, unknown>> {
  return { noteCount: notes.length, byFace: countByFace(notes), notes: notes.slice(-LISTED_NOTES) };
}
