/** What people do to the machine. Each either happens or is refused because it is not possible now. */
import { done, refused } from '../../../drivers/kit/outcome.ts';
import type { CommandId } from '../../../drivers/kit/machine.ts';
import type { Gesture } from '../../kit/simulator.ts';
import { actAtMouth, numberOf } from '../medium-gestures.ts';
import { mediumOf, removeMedium, type PaperPath } from '../paper-path.ts';
import { atTop, truth, withoutPower, type PressEffect, type PressState, type PressStep } from './press-state.ts';
import { dropWork, goOn } from './press-work.ts';

/** Carries out one gesture and settles it at once. */
export function perform(state: PressState, id: CommandId, gesture: Gesture): PressStep {
  const step = act(state, gesture);
  if (step === undefined) return [state, [{ kind: 'settle', id, outcome: refused('CD_SIM_GESTURE', gesture.name) }]];
  const [next, effects] = goOn(step[0], step[1]);
  return [next, [...effects, { kind: 'settle', id, outcome: done({}) }]];
}

function act(state: PressState, gesture: Gesture): PressStep | undefined {
  const step = actAtMouth(state, gesture, { taken, pulledOut, truth });
  if (step !== 'other') return step;
  switch (gesture.name) {
    case 'jam':
      return jammed(state);
    case 'clear-jam':
      return state.isJammed ? [{ ...state, isJammed: false }, [truth('jam-cleared')]] : undefined;
    case 'open-cover':
      return state.isCoverOpen ? undefined : [{ ...state, isCoverOpen: true }, [truth('cover-opened')]];
    case 'close-cover':
      return state.isCoverOpen ? [{ ...state, isCoverOpen: false }, [truth('cover-closed')]] : undefined;
    default:
      return actOnFault(state, gesture);
  }
}

function actOnFault(state: PressState, { name, args }: Gesture): PressStep | undefined {
  if (name === 'fault:power-cut') return state.isPowered ? powerCut(state) : undefined;
  if (name === 'fault:busy') {
    if (!state.isPowered) return undefined;
    return [
      { ...state, isBusy: true, isHostPaused: true },
      [
        { kind: 'arm', timer: 'busy', ms: numberOf(args['forMs'], 1_000) },
        { kind: 'send', frame: 'xoff' },
      ],
    ];
  }
  if (name !== 'fault:clear') return undefined;
  if (args['kind'] === 'power-cut') return state.isPowered ? undefined : powerUp(state);
  return args['kind'] === 'busy' ? endBusy(state) : undefined;
}

/** The person who held the machine up lets it go. */
export function endBusy(state: PressState): PressStep {
  if (!state.isBusy) return [state, []];
  return [
    { ...state, isBusy: false, isHostPaused: false },
    [
      { kind: 'disarm', timer: 'busy' },
      { kind: 'send', frame: 'xon' },
    ],
  ];
}

/** The machine draws a medium in only with power on and nothing in the way. */
function taken(state: PressState, path: PaperPath | undefined): PressStep | undefined {
  if (path === undefined || !state.isPowered || state.isCoverOpen || state.isJammed) return undefined;
  const next = atTop({ ...state, path });
  return [next, [truth('medium-inserted', mediumOf(next))]];
}

/** Paper leaves by hand: a line being struck ends where it is; what was received stays in the buffer. */
function pulledOut(state: PressState): PressStep {
  const [dropped, effects] = dropWork(state, 'pulled-out');
  return [{ ...dropped, path: removeMedium(dropped.path) }, [...effects, truth('medium-removed', mediumOf(state))]];
}

function jammed(state: PressState): PressStep | undefined {
  if (state.isJammed || state.path.mouth === undefined) return undefined;
  const [dropped, effects] = dropWork(state, 'jam');
  return [{ ...dropped, isJammed: true }, [...effects, truth('paper-jammed', mediumOf(state))]];
}

function powerCut(state: PressState): PressStep {
  const [dropped, effects] = dropWork(state, 'power-cut');
  const lost = state.received.count;
  return [
    { ...withoutPower(dropped), isTicking: false },
    [{ kind: 'disarm', timer: 'tick' }, { kind: 'disarm', timer: 'busy' }, ...effects, truth('power-lost', { bytesLost: lost })],
  ];
}

/** Power is back: the machine sends out what is inside and tells the host that it listens. */
function powerUp(state: PressState): PressStep {
  const effects: PressEffect[] = [truth('power-restored'), { kind: 'send', frame: 'xon' }];
  if (state.path.mouth !== undefined) effects.push(truth('medium-ejected', mediumOf(state)));
  return [{ ...state, isPowered: true, isJammed: false, path: removeMedium(state.path) }, effects];
}
