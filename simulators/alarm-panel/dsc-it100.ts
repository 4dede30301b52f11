/**
 * A DSC PowerSeries panel with its IT-100 module, or with an Envisalink network module, in a branch building.
 * The panel keeps real delays, users, bell and lock-out; the module tells them as the developer's guide says.
 */
import type { Input } from '../../drivers/kit/machine.ts';
import { Type, record, type Static } from '../../drivers/kit/schema.ts';
import { defineSimulator, type Firmware, type Gesture } from '../kit/simulator.ts';
import { seededRandom } from '../kit/random.ts';
import { branchPeople } from '../world/people.ts';
import { greet, passLoginSecond } from './dsc-it100/envisalink.ts';
import { gestures, perform, setActive } from './dsc-it100/gestures.ts';
import { passKeypadSecond } from './dsc-it100/keypad.ts';
import { lineCodec, type ApplicationLine, type ModuleLine } from './dsc-it100/line.ts';
import { hearCommand, hearJunk, passQuestionSecond } from './dsc-it100/module.ts';
import { branchWiring, newPanel, type Panel, type Programming } from './dsc-it100/panel.ts';
import { passSecond } from './dsc-it100/partitions.ts';
import { makeNoise, passLearningSecond } from './dsc-it100/power.ts';
import { tellChanges, tellNothing } from './dsc-it100/report.ts';
import { Step, clockDigits, type PanelTimer } from './dsc-it100/step.ts';
import { viewOf } from './dsc-it100/view.ts';

const seconds = (maximum: number, description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum, description }));
const Code = Type.String({ pattern: '^(\\d{4}|\\d{6})$' });
const User = Type.Integer({ minimum: 1, maximum: 42 });

const world = record({
  tpi: Type.Optional(
    record({
      password: Type.String({ minLength: 1, maxLength: 6, description: 'An Envisalink with this password instead of an IT-100.' }),
    }),
  ),
  partitions: Type.Optional(
    Type.Array(record({ partition: Type.Integer({ minimum: 1, maximum: 8 }), label: Type.String() }), { minItems: 1, maxItems: 8 }),
  ),
  people: Type.Optional(
    Type.Array(
      record({
        name: Type.String(),
        role: Type.String(),
        userNumber: User,
        code: Code,
        duress: Type.Optional(record({ code: Code, userNumber: User })),
      }),
      { maxItems: 42 },
    ),
  ),
  exitDelaySeconds: seconds(255, 'Time to leave; 45 if absent.'),
  entryDelaySeconds: seconds(255, 'Time to key in a code; 30 if absent.'),
  bellSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3600, description: 'Time an alarm sounds; 240 if absent.' })),
  canQuickArm: Type.Optional(Type.Boolean({ description: 'Arming without a code; no if absent.' })),
  needsCodeToBypass: Type.Optional(Type.Boolean({ description: 'The bypass menu asks for a code; no if absent.' })),
  lockoutAfter: Type.Optional(Type.Integer({ minimum: 1, maximum: 255, description: 'Wrong codes in a row; 5 if absent.' })),
  lockoutSeconds: seconds(3600, 'Time the keypads stay locked; 300 if absent.'),
  hasNoise: Type.Optional(Type.Boolean({ description: 'Noise on the port when it opens; yes on a serial line if absent.' })),
});
type World = Static<typeof world>;

export const simulator = defineSimulator({
  id: 'alarm-panel/dsc-it100',
  name: { zh: 'DSC PowerSeries 报警主机 (IT-100)', en: 'DSC PowerSeries alarm panel (IT-100)' },
  wire: 'line',
  baud: 9600,
  codec: lineCodec,
  gestures,
  firmwareFaults: ['wrong-identity', 'busy', 'power-cut'],
  world,
  firmware,
});

function firmware(world: World, seed: string): Firmware<Panel, ApplicationLine, ModuleLine, PanelTimer> {
  return {
    initial: newPanel(programmingOf(world, seed), world.people === undefined ? branchPeople() : world.people.map(personOf)),
    view: viewOf,
    step(panel, input) {
      const step = new Step(panel);
      take(step, input);
      if (isChanged(panel, step.panel)) tellChanges(step);
      keepSecondsRunning(step);
      return [step.panel, step.effects];
    },
  };
}

/** Whether anything that is told by itself can have changed; most steps are polls and seconds. */
function isChanged(before: Panel, after: Panel): boolean {
  const parts = ['building', 'partitions', 'bypassed', 'troubles', 'keypads', 'told', 'isPowered', 'module'] as const;
  return parts.some((part) => before[part] !== after[part]);
}

type WorldPerson = NonNullable<World['people']>[number];
const personOf = ({ duress, ...person }: WorldPerson) => ({ ...person, ...(duress === undefined ? {} : { duress }) });

function programmingOf(world: World, seed: string): Programming {
  const partitions = world.partitions ?? [
    { partition: 1, label: 'Branch' },
    { partition: 2, label: 'ATM room' },
  ];
  return {
    partitions,
    zones: branchWiring.filter((wiring) => partitions.some(({ partition }) => partition === wiring.partition)),
    exitDelaySeconds: world.exitDelaySeconds ?? 45,
    entryDelaySeconds: world.entryDelaySeconds ?? 30,
    bellSeconds: world.bellSeconds ?? 240,
    codeLength: world.people?.[0]?.code.length === 6 ? 6 : 4,
    canQuickArm: world.canQuickArm ?? false,
    needsCodeToBypass: world.needsCodeToBypass ?? false,
    lockoutAfter: world.lockoutAfter ?? 5,
    lockoutSeconds: world.lockoutSeconds ?? 300,
    tpiPassword: world.tpi?.password,
    isUserFirst: seededRandom(seed).fork('order').chance(0.5),
    hasNoise: world.hasNoise ?? world.tpi === undefined,
  };
}

function take(step: Step, input: Input<ApplicationLine, Gesture, PanelTimer>): void {
  switch (input.kind) {
    case 'opened':
      openLine(step);
      return;
    case 'frame':
      hearCommand(step, input.frame);
      return;
    case 'junk':
      if (step.panel.isPowered) hearJunk(step, input.reason);
      return;
    case 'timer':
      if (input.timer === 'minute') passMinute(step);
      else passSeconds(step);
      return;
    case 'command': {
      const why = perform(step, input.command);
      if (why === undefined) step.performed(input.id);
      else step.impossible(input.id, why);
      return;
    }
    case 'lost':
    case 'drained':
    case 'cancel':
      return;
  }
}

/** The line comes up, or a network client connects. Timers died with the last line: the delays go on where they stood. */
function openLine(step: Step): void {
  step.set({ hasSecondTimer: false });
  step.arm('minute', 60_000);
  tellNothing(step);
  if (step.panel.programming.tpiPassword !== undefined) greet(step);
  else makeNoise(step);
}

function passMinute(step: Step): void {
  step.arm('minute', 60_000);
  if (!step.panel.isPowered) return;
  step.set({ clockMinutes: step.panel.clockMinutes + 1 });
  if (step.panel.module.hasTimeBroadcast && step.panel.clockMinutes % 4 === 0) step.tell('550', clockDigits(step.panel.clockMinutes));
}

function passSeconds(step: Step): void {
  step.set({ hasSecondTimer: false });
  for (const [zone, left] of Object.entries(step.panel.passing)) passPassing(step, Number(zone), left);
  if (!step.panel.isPowered) return;
  for (const { partition } of step.panel.programming.partitions) passSecond(step, partition);
  for (const id of Object.keys(step.panel.keypads)) passKeypadSecond(step, id);
  for (const [code, left] of Object.entries(step.panel.emergencies)) passEmergency(step, code, left);
  if (step.panel.busySecondsLeft > 0) step.set({ busySecondsLeft: step.panel.busySecondsLeft - 1 });
  passQuestionSecond(step);
  passLearningSecond(step);
  passLoginSecond(step);
}

function passPassing(step: Step, zone: number, left: number): void {
  const { [zone]: _done, ...others } = step.panel.passing;
  step.set({ passing: left <= 1 ? others : { ...others, [zone]: left - 1 } });
  if (left <= 1 && step.isOpen(zone)) setActive(step, zone, false);
}

/** [F], [A] and [P] are restored by the panel itself: 622, 624, 626. */
function passEmergency(step: Step, code: string, left: number): void {
  const { [code]: _done, ...others } = step.panel.emergencies;
  step.set({ emergencies: left <= 1 ? others : { ...others, [code]: left - 1 } });
  if (left <= 1) step.tell(String(Number(code) + 1));
}

/** One timer serves all count-downs, and runs only while there is one: a quiet panel costs nothing. */
function keepSecondsRunning(step: Step): void {
  const { panel } = step;
  const { module } = panel;
  const isCounting =
    Object.keys(panel.passing).length > 0 ||
    Object.keys(panel.emergencies).length > 0 ||
    panel.busySecondsLeft + module.learningSecondsLeft + module.loginSecondsLeft > 0 ||
    module.question !== undefined ||
    Object.values(panel.keypads).some(({ secondsLeft }) => secondsLeft > 0) ||
    Object.values(panel.partitions).some(
      ({ phase, bellSecondsLeft, lockoutSecondsLeft }) => phase === 'exit' || phase === 'entry' || bellSecondsLeft + lockoutSecondsLeft > 0,
    );
  if (!isCounting || panel.hasSecondTimer) return;
  step.set({ hasSecondTimer: true });
  step.arm('second', 1_000);
}
