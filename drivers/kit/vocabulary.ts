/** Words shared by the families, taken from XFS4IoT 2024-3 and UnifiedPOS so that integrators know them. */
import { oneOf } from './schema.ts';

/** XFS4IoT Common.Status device. */
export const DeviceState = oneOf(
  ['online', 'offline', 'powerOff', 'noDevice', 'hardwareError', 'userError', 'deviceBusy', 'fraudAttempt', 'potentialFraud', 'starting'],
  'State of the device as XFS4IoT words it.',
);
export type DeviceState =
  | 'online'
  | 'offline'
  | 'powerOff'
  | 'noDevice'
  | 'hardwareError'
  | 'userError'
  | 'deviceBusy'
  | 'fraudAttempt'
  | 'potentialFraud'
  | 'starting';

/** XFS4IoT Printer.Status media. */
export const MediaState = oneOf(['present', 'notPresent', 'jammed', 'entering', 'retracted', 'unknown'], 'Where the medium is.');
export type MediaState = 'present' | 'notPresent' | 'jammed' | 'entering' | 'retracted' | 'unknown';

/** XFS4IoT supply levels (paper, ribbon, toner). `unknown` is a value to show, not a reason to guess. */
export const SupplyState = oneOf(['full', 'low', 'out', 'unknown'], 'Level of a supply.');
export type SupplyState = 'full' | 'low' | 'out' | 'unknown';

/** XFS4IoT CashManagement fitness of a note. */
export const Fitness = oneOf(['fit', 'unfit', 'suspect', 'counterfeit', 'inked', 'unrecognized'], 'What the machine thinks of a note.');
export type Fitness = 'fit' | 'unfit' | 'suspect' | 'counterfeit' | 'inked' | 'unrecognized';

/** XFS4IoT Auxiliaries door words. */
export const DoorState = oneOf(['closed', 'open', 'locked', 'bolted', 'tampered', 'unknown'], 'State of a door or cover.');
export type DoorState = 'closed' | 'open' | 'locked' | 'bolted' | 'tampered' | 'unknown';
