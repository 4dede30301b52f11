/**
 * The smallest device model that has everything supervision can meet, for tests of `daemon/devices`:
 * lines of text. `WHO` asks who it is, `IAM name` answers; `ADD n` sets the tally; `SNAP` is a picture; `BOOM`
 * makes the driver throw. Commands: `ring` (unsafe, with a secret), `ask` (safe).
 */
import { fromLatin1, toLatin1 } from '../../drivers/kit/bytes.ts';
import type { Codec } from '../../drivers/kit/codec.ts';
import { assert } from '../../drivers/kit/assert.ts';
import { command, defineFamily, event } from '../../drivers/kit/family.ts';
import { frameDecoder } from '../../drivers/kit/framing.ts';
import type { CommandId, Effect, Input } from '../../drivers/kit/machine.ts';
import { defineModel, type Driver } from '../../drivers/kit/model.ts';
import { done, refused } from '../../drivers/kit/outcome.ts';
import { SECRET, Type, oneOf, record } from '../../drivers/kit/schema.ts';

const status = record({ device: oneOf(['online', 'offline']), tally: Type.Integer() });

export const toyFamily = defineFamily({
  kind: 'cash-counter',
  status,
  capabilities: record({}),
  events: {
    'status-changed': event('What is believed about the toy changed.', status),
    'tally-added': event('The toy counted.', record({ tally: Type.Integer({ minimum: 0, maximum: 1_000_000 }) })),
    'picture-taken': event('The toy took a picture.', record({})),
  },
  commands: {
    ring: command({
      doc: 'Ring the bell.',
      args: record({ times: Type.Integer({ minimum: 1, maximum: 9 }), code: Type.Optional(Type.String({ ...SECRET })) }),
      result: record({ rung: Type.Integer() }),
      timeoutMs: 5_000,
      repeat: 'unsafe',
    }),
    ask: command({ doc: 'Ask for nothing.', args: record({}), result: record({}), timeoutMs: 2_000, repeat: 'safe', health: 'internal' }),
  },
});

export type ToyFamily = typeof toyFamily;

interface ToyState {
  readonly isOnline: boolean;
  readonly tally: number;
  readonly ringing: { readonly id: CommandId; readonly times: number } | undefined;
  readonly asking: CommandId | undefined;
}

type ToyCommand =
  | { readonly name: 'ring'; readonly args: { readonly times: number; readonly code?: string } }
  | { readonly name: 'ask'; readonly args: object };
type ToyEvent = { readonly type: `cash-counter.${string}`; readonly data: object };
type ToyTimer = 'who' | 'quake';
type ToyEffect = Effect<string, ToyEvent, ToyTimer>;
type Step = readonly [ToyState, readonly ToyEffect[]];

const codec: Codec<string, string> = {
  frameMaxBytes: 64,
  decoder: () =>
    frameDecoder<string>({
      frameMaxBytes: 64,
      scan(buffer) {
        if ((buffer[0] ?? 0) > 0x7e) return { kind: 'junk', length: 1, reason: 'unframed' };
        const end = buffer.indexOf(0x0a);
        return end < 0 ? { kind: 'need' } : { kind: 'frame', length: end + 1, frame: toLatin1(buffer.subarray(0, end)) };
      },
    }),
  encode: (text) => fromLatin1(`${text}\n`),
};

function step(state: ToyState, input: Input<string, ToyCommand, ToyTimer>): Step {
  switch (input.kind) {
    case 'opened':
      return [
        state,
        [
          { kind: 'send', frame: 'WHO' },
          { kind: 'arm', timer: 'who', ms: 1_000 },
        ],
      ];
    case 'timer':
      assert(input.timer !== 'quake', 'a planted bug in a timer');
      return [state, [{ kind: 'give-up', code: 'CD_DEVICE_NO_ANSWER' }]];
    case 'frame':
      return hear(state, input.frame);
    case 'command':
      return input.command.name === 'ring'
        ? [
            { ...state, ringing: { id: input.id, times: input.command.args.times } },
            [{ kind: 'send', frame: `RING ${input.command.args.code ?? '-'}` }],
          ]
        : [{ ...state, asking: input.id }, [{ kind: 'send', frame: 'ASK' }]];
    case 'lost':
      return [{ ...state, isOnline: false, ringing: undefined, asking: undefined }, []];
    case 'junk':
    case 'cancel':
    case 'drained':
      return [state, []];
  }
}

function hear(state: ToyState, frame: string): Step {
  const [word = '', rest = ''] = frame.split(' ');
  switch (word) {
    case 'IAM':
      return rest === 'STRANGER'
        ? [state, [{ kind: 'give-up', code: 'CD_DEVICE_WRONG_IDENTITY' }]]
        : [
            { ...state, isOnline: true },
            [
              { kind: 'disarm', timer: 'who' },
              { kind: 'ready', identity: { model: rest } },
            ],
          ];
    case 'ADD':
      return [
        { ...state, tally: Number(rest) },
        [{ kind: 'emit', event: { type: 'cash-counter.tally-added', data: { tally: Number(rest) } } }],
      ];
    case 'SNAP': {
      const attachment = { mediaType: 'image/png', bytes: fromLatin1(rest) };
      return [state, [{ kind: 'emit', event: { type: 'cash-counter.picture-taken', data: {} }, attachment }]];
    }
    case 'QUAKE':
      return [state, [{ kind: 'arm', timer: 'quake', ms: 100 }]];
    case 'BOOM':
      assert(false, 'a planted bug in a step');
      return [state, []];
    default:
      return settle(state, word);
  }
}

function settle(state: ToyState, word: string): Step {
  if (state.ringing !== undefined && (word === 'OK' || word === 'NO')) {
    const { id, times } = state.ringing;
    const outcome = word === 'OK' ? done({ rung: times }) : refused('CD_DEVICE_REJECTED');
    return [{ ...state, ringing: undefined }, [{ kind: 'settle', id, outcome }]];
  }
  if (state.asking !== undefined && word === 'FINE') {
    return [{ ...state, asking: undefined }, [{ kind: 'settle', id: state.asking, outcome: done({}) }]];
  }
  return [state, []];
}

export const toyModel = defineModel({
  family: toyFamily,
  manifest: {
    family: 'cash-counter',
    model: 'test-toy',
    maker: 'test',
    name: 'Toy',
    protocol: 'lines',
    evidence: 'unverified',
    unverified: ['It does not exist.'],
    transports: [{ scheme: 'tcp' }],
    usb: [],
  },
  capabilities: {},
  codec,
  options: record({ color: Type.Optional(Type.String()) }),
  driver: (): Driver<ToyFamily, ToyState, string, string, ToyTimer> =>
    ({
      initial: { isOnline: false, tally: 0, ringing: undefined, asking: undefined },
      step,
      status: ({ isOnline, tally }: ToyState) => ({ device: isOnline ? ('online' as const) : ('offline' as const), tally }),
    }) as Driver<ToyFamily, ToyState, string, string, ToyTimer>,
  describe: (frame: string) => frame.replace(/(?<=^RING )\S+/, (code) => '•'.repeat(code.length)),
});
