import type { DeviceView } from '../../daemon/contract/state.ts';
import type { Words } from '../i18n/i18n.ts';
import type { GlyphName } from '../widgets/glyph.tsx';
import { secondsUntil } from '../widgets/time.ts';
import { statusOf } from './device-status.ts';

export interface DeviceWords {
  readonly glyph: GlyphName;
  readonly words: Words;
  /** A person has to do something at the device. */
  readonly needsHands: boolean;
}

const is = (glyph: GlyphName, words: Words, needsHands = false): DeviceWords => ({ glyph, words, needsHands });

/** How a device stands, in one shape and one phrase: what its chip shows on every screen. */
export function deviceWords(device: DeviceView, nowMs: number): DeviceWords {
  if (device.openDoubts.length > 0) return is('doubt', { key: 'state.doubt' }, true);
  if (device.phase !== 'online') return phaseWords(device, nowMs);
  const own = familyWords(device);
  if (own?.needsHands === true || own?.glyph === 'alarm') return own;
  if (device.claimedBy !== undefined) return is('running', { key: 'state.claimed' });
  return own ?? is('done', { key: 'state.ready' });
}

function phaseWords(device: DeviceView, nowMs: number): DeviceWords {
  switch (device.phase) {
    case 'absent':
      return is('absent', { key: 'phase.absent' }, true);
    case 'opening':
      return is('running', { key: 'phase.opening' });
    case 'identifying':
      return is('running', { key: 'phase.identifying' });
    case 'waiting':
      return device.untilAt === undefined
        ? is('waiting', { key: 'phase.waiting' })
        : is('waiting', { key: 'state.retry-in', params: { seconds: secondsUntil(device.untilAt, nowMs) } });
    case 'quarantined':
      return is('quarantined', { key: 'state.quarantined' }, true);
    case 'stopped':
      return is('idle', { key: 'phase.stopped' });
    case 'online':
      return is('done', { key: 'phase.online' });
  }
}

function familyWords(device: DeviceView): DeviceWords | undefined {
  const common = device.status !== undefined && 'device' in device.status ? boxWords(device.status.device) : undefined;
  if (common !== undefined) return common;
  switch (device.family) {
    case 'passbook-printer':
      return printerWords(device);
    case 'cash-counter':
      return cashCounterWords(device);
    case 'seal-scanner':
      return scannerWords(device);
    case 'alarm-panel':
      return panelWords(device);
  }
}

function boxWords(state: string): DeviceWords | undefined {
  if (state === 'hardwareError') return is('failed', { key: 'state.fault' }, true);
  if (state === 'userError') return is('needs-hands', { key: 'state.user-error' }, true);
  if (state === 'powerOff') return is('absent', { key: 'state.power-off' }, true);
  if (state === 'deviceBusy') return is('running', { key: 'state.busy' });
  if (state === 'starting') return is('running', { key: 'state.starting' });
  return undefined;
}

function printerWords(device: DeviceView): DeviceWords | undefined {
  const status = statusOf(device, 'passbook-printer');
  if (status === undefined) return undefined;
  if (status.media === 'jammed') return is('needs-hands', { key: 'state.jam' }, true);
  if (status.cover === 'open') return is('needs-hands', { key: 'state.cover-open' }, true);
  if (status.ribbon === 'out') return is('needs-hands', { key: 'state.ribbon-out' }, true);
  if (status.ribbon === 'low') return is('low', { key: 'state.ribbon-low' });
  return status.media === 'present' ? is('done', { key: 'state.book-in' }) : undefined;
}

function cashCounterWords(device: DeviceView): DeviceWords | undefined {
  const status = statusOf(device, 'cash-counter');
  if (status === undefined) return undefined;
  if (status.activity === 'pocketFull' || status.stacker === 'full') return is('needs-hands', { key: 'state.stacker-full' }, true);
  if (status.rejectPocket === 'full') return is('needs-hands', { key: 'state.pocket-full' }, true);
  if (status.activity === 'counting') return is('running', { key: 'state.counting' });
  if (status.activity === 'standby') return is('idle', { key: 'state.standby' });
  return status.stacker === 'notEmpty' ? is('low', { key: 'state.notes-waiting' }) : undefined;
}

function scannerWords(device: DeviceView): DeviceWords | undefined {
  const status = statusOf(device, 'seal-scanner');
  if (status === undefined) return undefined;
  if (status.feeder === 'jammed' || status.platen === 'jammed') return is('needs-hands', { key: 'state.jam' }, true);
  if (status.cover === 'open') return is('needs-hands', { key: 'state.cover-open' }, true);
  if (status.isBusy) return is('running', { key: 'state.busy' });
  return status.feeder === 'present' ? is('done', { key: 'state.paper-in' }) : undefined;
}

/** What a chip may say of the panel: nothing that a hold-up or duress changes. */
function panelWords(device: DeviceView): DeviceWords | undefined {
  const status = statusOf(device, 'alarm-panel');
  const first = status?.partitions[0];
  if (status === undefined || first === undefined) return undefined;
  if (first.state === 'alarm') return is('alarm', { key: 'state.alarm' }, true);
  if (!status.verified) return is('unknown', { key: 'state.unverified' });
  const glyph =
    first.state === 'armed' ? 'armed' : first.state === 'disarmed' ? 'disarmed' : first.state === 'unknown' ? 'unknown' : 'running';
  return is(glyph, { key: `state.${first.state}` });
}
