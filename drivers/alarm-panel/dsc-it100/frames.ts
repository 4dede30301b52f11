/**
 * What each three-digit code of the IT-100 carries (developer's guide 29007363R002, sections 4 and 5 and
 * appendix C). Codes 000-499 go to the module, 500-999 come from it. Partition is one digit `1`-`8`, zone three
 * digits `001`-`064`, user four digits.
 */

/** One line of the protocol without its checksum and line end. */
export interface Frame {
  readonly code: string;
  readonly data: string;
  /** The time stamp in front of the line when option 055 is on, as it stood there. */
  readonly stamp?: string;
}

export interface FrameSpec {
  readonly name: string;
  /** Length of the data in characters; absent where documents disagree or it varies. */
  readonly lengths?: readonly number[];
}

const codes = (name: string, ...lengths: number[]): FrameSpec => (lengths.length === 0 ? { name } : { name, lengths });

/** The partition whose keypad the virtual one is (appendix C); only its zones can be bypassed by us. */
export const KEYPAD_PARTITION = 1;

/** Application to module. 200 has two published lengths: 6 digits (section 4), partition and 4 digits (appendix C). */
// prettier-ignore
export const applicationFrames: Readonly<Record<string, FrameSpec>> = {
  '000': codes('poll', 0), '001': codes('status request', 0), '002': codes('labels request', 0), '005': codes('network login'), '010': codes('set clock', 10),
  '020': codes('command output', 2), '030': codes('arm away', 1), '031': codes('arm stay', 1), '032': codes('arm without entry delay', 1),
  '033': codes('arm with code', 7), '040': codes('disarm with code', 7), '055': codes('time stamps', 1), '056': codes('time broadcast', 1),
  '057': codes('temperature broadcast', 1), '058': codes('virtual keypad', 1), '060': codes('raise emergency', 1), '070': codes('key', 1),
  '080': codes('line speed', 1), '095': codes('thermostat'), '096': codes('thermostat'), '097': codes('thermostat'), '200': codes('code', 5, 6),
};

/** Module to application. Lengths are checked where the machine draws conclusions from the data. */
// prettier-ignore
export const moduleFrames: Readonly<Record<string, FrameSpec>> = {
  '500': codes('acknowledged', 3), '501': codes('checksum error', 0), '502': codes('system error', 3), '505': codes('network login (not an IT-100)'),
  '550': codes('time broadcast', 10), '560': codes('telephone ring'), '561': codes('indoor temperature'), '562': codes('outdoor temperature'), '563': codes('thermostat'),
  '570': codes('label', 35), '580': codes('line speed set', 1),
  '601': codes('zone alarm', 4), '602': codes('zone alarm restored', 4), '603': codes('zone tamper', 4), '604': codes('zone tamper restored', 4),
  '605': codes('zone fault', 3), '606': codes('zone fault restored', 3), '609': codes('zone open', 3), '610': codes('zone restored', 3),
  '620': codes('duress', 4), '621': codes('fire key alarm', 0), '622': codes('fire key restored', 0), '623': codes('auxiliary key alarm', 0),
  '624': codes('auxiliary key restored', 0), '625': codes('panic key alarm', 0), '626': codes('panic key restored', 0),
  '631': codes('auxiliary input alarm', 0), '632': codes('auxiliary input restored', 0),
  '650': codes('partition ready', 1), '651': codes('partition not ready', 1), '652': codes('partition armed', 2), '653': codes('partition ready to force arm', 1),
  '654': codes('partition in alarm', 1), '655': codes('partition disarmed', 1), '656': codes('exit delay', 1), '657': codes('entry delay', 1),
  '658': codes('keypad lock-out', 1), '659': codes('keypad blanking', 1), '660': codes('command output active', 1), '670': codes('invalid access code', 1),
  '671': codes('function not available', 1), '672': codes('failed to arm', 1), '673': codes('partition busy', 1),
  '700': codes('user closing', 5), '701': codes('special closing', 1), '702': codes('partial closing', 1), '750': codes('user opening', 5), '751': codes('special opening', 1),
  '800': codes('battery trouble', 0), '801': codes('battery restored', 0), '802': codes('AC trouble', 0), '803': codes('AC restored', 0),
  '806': codes('bell circuit open', 0), '807': codes('bell circuit restored', 0), '810': codes('phone line 1 trouble', 0), '811': codes('phone line 1 restored', 0),
  '812': codes('phone line 2 trouble', 0), '813': codes('phone line 2 restored', 0), '814': codes('failed to communicate', 0), '816': codes('event buffer 75 % full', 0),
  '821': codes('zone battery low', 3), '822': codes('zone battery restored', 3), '825': codes('wireless key battery low', 3), '826': codes('wireless key battery restored', 3),
  '827': codes('handheld keypad battery low', 3), '828': codes('handheld keypad battery restored', 3), '829': codes('system tamper', 0), '830': codes('system tamper restored', 0),
  '831': codes('Escort trouble', 0), '832': codes('Escort restored', 0), '840': codes('trouble lamp on', 1), '841': codes('trouble lamp off', 1),
  '842': codes('fire trouble', 0), '843': codes('fire trouble restored', 0),
  '900': codes('code required', 2), '901': codes('display text'), '902': codes('display cursor'), '903': codes('keypad lamp', 2), '904': codes('beep'),
  '905': codes('tone'), '906': codes('buzzer'), '907': codes('door chime'), '908': codes('software version', 6),
};

/** The specification of a code, or undefined when the guide does not have it. */
export function specOf(code: string): FrameSpec | undefined {
  return moduleFrames[code] ?? applicationFrames[code];
}

/** False when the guide fixes this code's length and `data` has another. */
export function hasDocumentedLength(code: string, data: string): boolean {
  const lengths = specOf(code)?.lengths;
  return lengths === undefined || lengths.includes(data.length);
}

/** The partition in the first character, or undefined when it is not `1`-`8`. */
export function partitionOf(data: string): number | undefined {
  const first = data.charCodeAt(0) - 0x30;
  return first >= 1 && first <= 8 ? first : undefined;
}

/** The zone in three digits from `at`, or undefined when it is not `001`-`064`. */
export function zoneOf(data: string, at: number): number | undefined {
  const digits = data.slice(at, at + 3);
  if (!/^\d{3}$/.test(digits)) return undefined;
  const zone = Number(digits);
  return zone >= 1 && zone <= 64 ? zone : undefined;
}
