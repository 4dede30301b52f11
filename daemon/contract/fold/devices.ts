import type { DeviceEvent, Entry } from '../entry.ts';
import type { AnyStatus, BranchState, DeviceView } from '../state.ts';

/** Phase, identity, claim, status and open doubts of each device. */
export function foldDevice(state: BranchState, entry: Entry): BranchState {
  const device = entry.device === undefined ? undefined : state.devices[entry.device];
  if (device === undefined) return state;
  const changed = change(device, entry);
  return changed === device ? state : { ...state, devices: { ...state.devices, [device.id]: changed } };
}

function change(device: DeviceView, entry: Entry): DeviceView {
  switch (entry.type) {
    case 'device.phase-changed': {
      const { attempt: _attempt, because: _because, untilAt: _untilAt, ...kept } = device;
      return { ...kept, ...entry.data, phaseAt: entry.at };
    }
    case 'device.identified':
      return { ...device, identity: entry.data };
    case 'device.claimed':
      return { ...device, claimedBy: entry.data.owner };
    case 'device.released': {
      const { claimedBy: _claimedBy, ...kept } = device;
      return kept;
    }
    case 'passbook-update.line-doubted':
      return { ...device, openDoubts: [...device.openDoubts, entry.data.entryId] };
    case 'passbook-update.doubt-answered':
      return { ...device, openDoubts: device.openDoubts.filter((id) => id !== entry.data.entryId) };
    case 'passbook-printer.status-changed':
    case 'cash-counter.status-changed':
    case 'seal-scanner.status-changed':
    case 'alarm-panel.status-changed':
      return { ...device, status: statusOf(entry), statusAt: entry.at };
    default:
      return device;
  }
}

/** A family's status event carries its status, whole. */
function statusOf(entry: Extract<DeviceEvent, { type: `${string}.status-changed` }>): AnyStatus {
  return entry.data;
}
