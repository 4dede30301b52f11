import { moduleFrames, partitionOf, specOf, zoneOf, type Frame } from './frames.ts';
import { refusalOf } from './refusals.ts';
import { modeOf } from './picture.ts';

const LAMPS = ['ready', 'armed', 'memory', 'bypass', 'trouble', 'program', 'fire', 'backlight', 'AC'];
const LAMP_STATES = ['off', 'on', 'flashing'];

/** What a frame says, in words; codes, passwords and keys that may be part of a code are masked. */
export function describe(frame: Frame): string {
  const { code, data } = frame;
  const name = specOf(code)?.name ?? 'unknown code';
  const words = `${code} ${name}`;
  switch (code) {
    case '033':
    case '040':
      return `${words}: partition ${data.slice(0, 1)}, code ${mask(data.slice(1))}`;
    case '200':
    case '005':
      return `${words}: ${mask(data)}`;
    case '070':
      return `${words}: ${/\d/.test(data) ? mask(data) : data}`;
    case '500':
      return `${words}: ${data} ${specOf(data)?.name ?? ''}`.trimEnd();
    case '502':
      return `${words}: ${data} ${refusalOf(data).words}`;
    case '652':
      return `${words}: partition ${data.slice(0, 1)}, ${modeOf(data.slice(1)) ?? `mode ${data.slice(1)}`}`;
    case '700':
    case '750':
      return `${words}: partition ${data.slice(0, 1)}, user ${data.slice(1)}`;
    case '900':
      return `${words}: partition ${data.slice(0, 1)}, ${data.slice(1)} digits`;
    case '903':
      return `${words}: ${LAMPS[Number(data[0]) - 1] ?? '?'} ${LAMP_STATES[Number(data[1])] ?? '?'}`;
    default:
      return data === '' ? words : `${words}: ${subjectOf(frame)}`;
  }
}

function subjectOf({ code, data }: Frame): string {
  if (moduleFrames[code] === undefined) return data;
  if (data.length === 4 && /^60[1-4]$/.test(code))
    return `partition ${String(partitionOf(data) ?? '?')}, zone ${String(zoneOf(data, 1) ?? '?')}`;
  if (/^(605|606|609|610|821|822)$/.test(code)) return `zone ${String(zoneOf(data, 0) ?? '?')}`;
  if (data.length === 1) return `partition ${data}`;
  return data;
}

function mask(secret: string): string {
  return '•'.repeat(secret.length);
}
