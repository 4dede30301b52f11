/** The smallest simulated device that has everything: it answers PING with PONG, has one key and one lamp. */
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import type { Codec } from '../../drivers/kit/codec.ts';
import { frameDecoder } from '../../drivers/kit/framing.ts';
import { done, refused } from '../../drivers/kit/outcome.ts';
import { Type, record } from '../../drivers/kit/schema.ts';
import { defineSimulator, type Gesture, type Firmware } from '../../simulators/kit/simulator.ts';

interface LampState {
  readonly pressCount: number;
  readonly isJammed: boolean;
  readonly owner: string;
}

const lineCodec: Codec<string, string> = {
  frameMaxBytes: 64,
  decoder: () =>
    frameDecoder<string>({
      frameMaxBytes: 64,
      scan(buffer) {
        const end = buffer.indexOf(0x0a);
        return end < 0 ? { kind: 'need' } : { kind: 'frame', length: end + 1, frame: toLatin1(buffer.subarray(0, end)) };
      },
    }),
  encode: (text) => fromLatin1(`${text}\n`),
};

function lampFirmware(owner: string): Firmware<LampState, string, string> {
  return {
    initial: { pressCount: 0, isJammed: false, owner },
    step(state, input) {
      if (input.kind === 'frame') return [state, [{ kind: 'send', frame: input.frame === 'PING' ? 'PONG' : `? ${input.frame}` }]];
      if (input.kind !== 'command') return [state, []];
      return perform(state, input.command, (outcome) => ({ kind: 'settle', id: input.id, outcome }) as const);
    },
    view: ({ pressCount, owner: name }) => ({ pressCount, owner: name }),
  };
}

type Step = ReturnType<Firmware<LampState, string, string>['step']>;
type Settle = (outcome: ReturnType<typeof refused> | ReturnType<typeof done>) => Step[1][number];

function perform(state: LampState, gesture: Gesture, settle: Settle): Step {
  switch (gesture.name) {
    case 'press': {
      if (state.isJammed) return [state, [settle(refused('CD_SIM_GESTURE', 'the key is jammed'))]];
      const pressCount = state.pressCount + Number(gesture.args['times'] ?? 1);
      const truth = { kind: 'emit', event: { type: 'key-pressed', data: { pressCount } } } as const;
      return [{ ...state, pressCount }, [truth, { kind: 'send', frame: `KEY ${String(pressCount)}` }, settle(done({}))]];
    }
    case 'jam':
      return [{ ...state, isJammed: true }, [settle(done({}))]];
    default:
      return [state, [settle(done({}))]];
  }
}

export const lampSimulator = defineSimulator<LampState, string, string, string, { owner?: string }>({
  id: 'alarm-panel/test-lamp',
  name: { zh: '测试灯', en: 'Test lamp' },
  wire: 'line',
  baud: 9600,
  codec: lineCodec,
  gestures: {
    press: { doc: { zh: '按键', en: 'Press the key' }, args: record({ times: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })) }) },
    jam: { doc: { zh: '卡住按键', en: 'Jam the key' }, args: record({}) },
  },
  firmwareFaults: ['busy'],
  world: record({ owner: Type.Optional(Type.String()) }),
  firmware: (world) => lampFirmware(world.owner ?? 'nobody'),
  pictures: () => Promise.resolve({ lamp: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }),
});
