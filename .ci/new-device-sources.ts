import type { FamilyDefinition } from '../drivers/kit/family.ts';
import { leastValue } from './least-value.ts';

export interface NewModel {
  readonly family: string;
  /** `acme-c200` */
  readonly model: string;
  readonly definition: FamilyDefinition;
}

/** The files of a model nobody has written yet: path from the root -> text. */
export function modelSources(made: NewModel): Readonly<Record<string, string>> {
  const folder = `drivers/${made.family}/${made.model}`;
  return {
    [`${folder}/manifest.ts`]: manifestText(made),
    [`${folder}/codec.ts`]: codecText(made),
    [`${folder}/driver.ts`]: driverText(made),
    [`${folder}/README.md`]: readmeText(made),
    [`simulators/${made.family}/${made.model}.ts`]: simulatorText(made),
  };
}

const maker = (model: string): string => model.slice(0, model.indexOf('-'));
const camel = (text: string): string => text.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
const literal = (value: unknown): string =>
  JSON.stringify(value, undefined, 2)
    .replace(/"([a-zA-Z]\w*)":/g, '$1:')
    .replaceAll('"', "'");

function manifestText({ family, model }: NewModel): string {
  return `import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: '${family}',
  model: '${model}',
  maker: '${maker(model)}',
  name: '${model}',
  protocol: 'the maker’s document, with its version',
  evidence: 'unverified',
  unverified: ['Nothing of this model is verified yet.'],
  transports: [{ scheme: 'serial', baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 }],
  usb: [],
};
`;
}

function codecText({ model }: NewModel): string {
  return `/**
 * ${model}. Say here, from the manual: the frame layout, who speaks first, timing, known quirks.
 *
 * This is a placeholder: one line of text, ended by LF.
 */
import { fromLatin1, toLatin1 } from '../../kit/bytes.ts';
import type { Codec } from '../../kit/codec.ts';
import { frameDecoder } from '../../kit/framing.ts';

export interface Frame {
  readonly kind: 'line';
  readonly text: string;
}

const FRAME_MAX_BYTES = 256;

export const codec: Codec<Frame, Frame> = {
  frameMaxBytes: FRAME_MAX_BYTES,
  decoder: () =>
    frameDecoder<Frame>({
      frameMaxBytes: FRAME_MAX_BYTES,
      scan(buffer) {
        const end = buffer.indexOf(0x0a);
        if (end < 0) return { kind: 'need' };
        return { kind: 'frame', length: end + 1, frame: { kind: 'line', text: toLatin1(buffer.subarray(0, end)) } };
      },
    }),
  encode: ({ text }) => fromLatin1(\`\${text}\\n\`),
};
`;
}

function driverText({ family, definition }: NewModel): string {
  const name = camel(family);
  return `import { defineModel, type Driver } from '../../kit/model.ts';
import { refused } from '../../kit/outcome.ts';
import { record, type Static } from '../../kit/schema.ts';
import { ${name} } from '../family.ts';
import { codec, type Frame } from './codec.ts';
import { manifest } from './manifest.ts';

type Family = typeof ${name};

interface State {
  readonly isOnline: boolean;
}

type TimerName = 'identify';

/** How long the device may take to say who it is. */
const IDENTIFY_MS = 3_000;

const options = record({});

export const model = defineModel<Family, State, Frame, Frame, TimerName, Static<typeof options>>({
  family: ${name},
  manifest,
  // Say what this device can do.
  capabilities: ${literal(leastValue(definition.capabilities))},
  codec,
  options,
  driver: () => driver,
  describe: ({ text }) => \`line: \${text}\`,
});

const driver: Driver<Family, State, Frame, Frame, TimerName> = {
  initial: { isOnline: false },
  step(state, input) {
    switch (input.kind) {
      case 'opened':
        // Ask the device who it is here; answer \`ready\` when it said so.
        return [{ isOnline: false }, [{ kind: 'arm', timer: 'identify', ms: IDENTIFY_MS }]];
      case 'timer':
        return [state, [{ kind: 'give-up', code: 'CD_DEVICE_NO_ANSWER' }]];
      case 'command':
        return [state, [{ kind: 'settle', id: input.id, outcome: refused('CD_DEVICE_NOT_ONLINE') }]];
      case 'frame':
      case 'junk':
      case 'cancel':
      case 'drained':
        return [state, []];
      case 'lost':
        return [{ isOnline: false }, []];
    }
  },
  status: () => (${literal(leastValue(definition.status))}),
};
`;
}

function simulatorText({ family, model }: NewModel): string {
  return `/** A simulated ${model}: firmware over a mechanism of simulators/world. It shares no parsing code with the driver. */
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import type { Codec } from '../../drivers/kit/codec.ts';
import { frameDecoder } from '../../drivers/kit/framing.ts';
import { refused } from '../../drivers/kit/outcome.ts';
import { record } from '../../drivers/kit/schema.ts';
import { defineSimulator, type Firmware } from '../kit/simulator.ts';

interface DeviceState {
  readonly isPowered: boolean;
}

interface Line {
  readonly text: string;
}

const LINE_MAX_BYTES = 256;

const lineCodec: Codec<Line, Line> = {
  frameMaxBytes: LINE_MAX_BYTES,
  decoder: () =>
    frameDecoder<Line>({
      frameMaxBytes: LINE_MAX_BYTES,
      scan(buffer) {
        const end = buffer.indexOf(0x0a);
        return end < 0 ? { kind: 'need' } : { kind: 'frame', length: end + 1, frame: { text: toLatin1(buffer.subarray(0, end)) } };
      },
    }),
  encode: ({ text }) => fromLatin1(\`\${text}\\n\`),
};

function firmware(): Firmware<DeviceState, Line, Line> {
  return {
    initial: { isPowered: true },
    step(state, input) {
      if (input.kind !== 'command') return [state, []];
      return [state, [{ kind: 'settle', id: input.id, outcome: refused('CD_SIM_GESTURE') }]];
    },
    view: (state) => ({ ...state }),
  };
}

export const simulator = defineSimulator<DeviceState, Line, Line, string, Record<string, never>>({
  id: '${family}/${model}',
  name: { zh: '${model}', en: '${model}' },
  wire: 'line',
  baud: 9600,
  codec: lineCodec,
  // What a person can do to the device.
  gestures: { press: { doc: { zh: '按键', en: 'Press its key' }, args: record({}) } },
  firmwareFaults: [],
  world: record({}),
  firmware,
});
`;
}

function readmeText({ family, model }: NewModel): string {
  return `# ${model}

A ${family}. What was verified, and how: nothing yet.

| | |
|---|---|
| cable | |
| switches | |
| USB ids | |
| documents | |
| quirks | |
`;
}
