import { CounterdError } from '../../drivers/kit/errors.ts';
import type { FamilyKind } from '../../drivers/kit/family.ts';
import type { BranchState, DeviceView, EntryBody, FlowStart } from '../contract/index.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { planLines } from '../ledger/plan-lines.ts';
import { maskAccount, maskName } from '../ledger/mask.ts';
import { linesPerPage } from './book-layout.ts';
import { placeLine } from './place-line.ts';
import type { Actor, DeviceOrder, FlowEntry } from './workflow.ts';

export interface StartedFlow {
  readonly deviceId: string;
  readonly entries: readonly FlowEntry[];
  readonly orders: readonly DeviceOrder[];
}

interface Place {
  readonly flowId: string;
  readonly positionId: string;
}

type StartOf<K extends FlowStart['kind']> = Extract<FlowStart, { kind: K }>;

/** Decides whether a flow may start, and with what. Throws a `CounterdError` when it may not; writes nothing. */
export function startFlow(
  state: BranchState,
  request: FlowStart,
  by: { readonly flowId: string; readonly actor: Actor; readonly ledger: Ledger },
): StartedFlow {
  const position = state.positions[by.actor.positionId];
  if (position?.personId !== by.actor.personId || position.isLeft) throw new CounterdError('CD_AUTH_POSITION');
  if (Object.values(state.flows).some((flow) => flow.isOpen && flow.positionId === position.id)) throw new CounterdError('CD_FLOW_OPEN');
  switch (request.kind) {
    case 'passbook-update':
      return startPassbookUpdate(usableDevice(state, position.id, 'passbook-printer'), request, { ...by, positionId: position.id });
    case 'cash-count':
      return startCashCount(usableDevice(state, position.id, 'cash-counter'), request, { ...by, positionId: position.id });
    case 'slip-scan':
      return startSlipScan(usableDevice(state, position.id, 'seal-scanner'), request, { ...by, positionId: position.id });
  }
}

/** The position's own device of a family, else one that belongs to no position. */
function usableDevice(state: BranchState, positionId: string, family: FamilyKind): DeviceView {
  const all = Object.values(state.devices).filter((device) => device.family === family);
  const device = all.find((one) => one.position === positionId) ?? all.find((one) => one.position === undefined);
  if (device === undefined) throw new CounterdError('CD_FLOW_DEVICE', family);
  if (device.openDoubts.length > 0) throw new CounterdError('CD_DEVICE_IN_DOUBT', device.id);
  if (device.phase !== 'online') throw new CounterdError('CD_DEVICE_NOT_ONLINE', device.id);
  return device;
}

function startPassbookUpdate(
  device: DeviceView,
  { passbookId }: StartOf<'passbook-update'>,
  by: { readonly ledger: Ledger; readonly positionId: string },
): StartedFlow {
  const passbook = by.ledger.passbook(passbookId);
  if (passbook === undefined) throw new CounterdError('CD_LEDGER_ACCOUNT', passbookId);
  const planned = planLines(by.ledger.entries(passbookId), by.ledger.printed(passbookId), linesPerPage(passbook.layout));
  if (planned.length === 0) throw new CounterdError('CD_FLOW_NOTHING');
  const lines = planned.map(({ entry, page, line }) => ({ ...entry, page, line }));
  // Refuses what cannot be printed before anything is written down.
  for (const line of lines) placeLine(passbook.layout, line);
  const body: EntryBody = {
    type: 'passbook-update.started',
    data: {
      positionId: by.positionId,
      device: device.id,
      passbookId,
      layout: passbook.layout,
      lines,
      accountMasked: maskAccount(passbook.accountNumber),
      holderMasked: maskName(passbook.holder),
    },
  };
  return { deviceId: device.id, entries: [{ body }], orders: [] };
}

function startCashCount(device: DeviceView, { currency, slip }: StartOf<'cash-count'>, { flowId, positionId }: Place): StartedFlow {
  const misfit = slip.find((tally) => tally.currency !== currency || BigInt(tally.denominationMinor) <= 0n);
  if (misfit !== undefined) throw new CounterdError('CD_INPUT_SHAPE', 'slip: one currency, positive denominations');
  const slipTotalMinor = slip
    .reduce((sum, { denominationMinor, noteCount }) => sum + BigInt(denominationMinor) * BigInt(noteCount), 0n)
    .toString();
  const body: EntryBody = { type: 'cash-count.started', data: { positionId, device: device.id, currency, slip, slipTotalMinor } };
  return { deviceId: device.id, entries: [{ body }], orders: [{ name: 'begin-job', args: { jobId: flowId } }] };
}

function startSlipScan(device: DeviceView, { source, dpi, colorMode }: StartOf<'slip-scan'>, { flowId, positionId }: Place): StartedFlow {
  const body: EntryBody = { type: 'slip-scan.started', data: { positionId, device: device.id, source, dpi, colorMode } };
  return {
    deviceId: device.id,
    entries: [{ body }],
    orders: [{ name: 'scan', args: { jobId: flowId, source, dpi, colorMode, format: 'png' } }],
  };
}
