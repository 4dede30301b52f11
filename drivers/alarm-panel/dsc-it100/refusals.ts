import type { ErrorCode } from '../../kit/errors.ts';

/** What a 502 error number says, and what it means for the command it answers. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly words: string;
}

/**
 * Numbers of the IT-100 guide: 017, 021, 023, 024, 026, 028-033. The others are those of the older PC5401 and of
 * Envisalink (misterhouse DSC5401.pm, pyenvisalink), kept because panels behind serial servers send them.
 */
// prettier-ignore
const refusals: Readonly<Record<string, Refusal>> = {
  '000': { code: 'CD_DEVICE_REJECTED', words: 'no error' },
  '001': { code: 'CD_PROTOCOL_UNEXPECTED', words: 'receive overrun' },
  '002': { code: 'CD_PROTOCOL_UNEXPECTED', words: 'receive overflow' },
  '003': { code: 'CD_PROTOCOL_UNEXPECTED', words: 'transmit overflow' },
  '010': { code: 'CD_DEVICE_BUSY', words: 'keybus transmit overrun' },
  '011': { code: 'CD_DEVICE_BUSY', words: 'keybus time time-out' },
  '012': { code: 'CD_DEVICE_BUSY', words: 'keybus mode time-out' },
  '013': { code: 'CD_DEVICE_BUSY', words: 'keybus key string time-out' },
  '014': { code: 'CD_DEVICE_FAULT', words: 'keybus not functioning' },
  '015': { code: 'CD_DEVICE_BUSY', words: 'busy arming or disarming' },
  '016': { code: 'CD_PANEL_CODE', words: 'busy: keypad lock-out' },
  '017': { code: 'CD_DEVICE_BUSY', words: 'keybus busy or installer mode' },
  '018': { code: 'CD_DEVICE_BUSY', words: 'keybus busy' },
  '020': { code: 'CD_PROTOCOL_UNEXPECTED', words: 'syntax error' },
  '021': { code: 'CD_COMMAND_ARGS', words: 'partition out of range' },
  '022': { code: 'CD_DEVICE_REJECTED', words: 'command not supported' },
  '023': { code: 'CD_PANEL_NOT_ARMED', words: 'partition not armed' },
  '024': { code: 'CD_PANEL_NOT_READY', words: 'partition not ready to arm' },
  '025': { code: 'CD_COMMAND_ARGS', words: 'invalid length' },
  '026': { code: 'CD_DEVICE_REJECTED', words: 'code not required' },
  '027': { code: 'CD_COMMAND_ARGS', words: 'invalid characters' },
  '028': { code: 'CD_DEVICE_REJECTED', words: 'virtual keypad disabled' },
  '029': { code: 'CD_COMMAND_ARGS', words: 'invalid parameter' },
  '030': { code: 'CD_DEVICE_REJECTED', words: 'keypad stays blank' },
  '031': { code: 'CD_DEVICE_REJECTED', words: 'thermostat menu' },
  '032': { code: 'CD_DEVICE_REJECTED', words: 'thermostat menu' },
  '033': { code: 'CD_DEVICE_FAULT', words: 'no response from thermostat' },
};

/** The meaning of `error`, the three digits of a 502; an unknown number is shown, never guessed. */
export function refusalOf(error: string): Refusal {
  return refusals[error] ?? { code: 'CD_DEVICE_REJECTED', words: `unknown error ${error}` };
}
