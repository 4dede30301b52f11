/** Power: cut, and back. The panel keeps what is armed; the module forgets and tells defaults for minutes. */
import { idleKeypad, nothingTold } from './panel.ts';
import { tellNothing, tellVersion } from './report.ts';
import type { Step } from './step.ts';

/** Less than the five minutes of the guide, so that a driver that waits them out finds the truth. */
const LEARNING_SECONDS = 240;
/** What a driver sees of a port that gets power. */
const NOISE = [0x00, 0xff, 0x55];

export function powerCut(step: Step): void {
  step.set({ isPowered: false });
}

/** Settings 055-058 survive in EEPROM; questions, menus and what was told do not. */
export function powerUp(step: Step): void {
  if (step.panel.isPowered) return;
  const keypads = Object.fromEntries(Object.keys(step.panel.keypads).map((id) => [id, idleKeypad]));
  step.set({ isPowered: true, keypads, told: nothingTold });
  tellNothing(step);
  step.put({ kind: 'noise', bytes: NOISE });
  tellVersion(step);
  step.setModule({ question: undefined, learningSecondsLeft: LEARNING_SECONDS, learnt: {} });
  step.truth('powered-up');
}

/** A port that opens: noise both ways. */
export function makeNoise(step: Step): void {
  if (!step.panel.programming.hasNoise) return;
  step.setModule({ isNoisy: true });
  step.put({ kind: 'noise', bytes: NOISE });
}

/** One second of learning what is true. */
export function passLearningSecond(step: Step): void {
  const { learningSecondsLeft } = step.panel.module;
  if (learningSecondsLeft === 0) return;
  step.setModule({ learningSecondsLeft: learningSecondsLeft - 1 });
}
