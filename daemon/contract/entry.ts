import { alarmPanel } from '../../drivers/alarm-panel/family.ts';
import { cashCounter } from '../../drivers/cash-counter/family.ts';
import type { EventSpec, FamilyEvent } from '../../drivers/kit/family.ts';
import type { Static } from '../../drivers/kit/schema.ts';
import { passbookPrinter } from '../../drivers/passbook-printer/family.ts';
import { sealScanner } from '../../drivers/seal-scanner/family.ts';
import { approvalEvents } from './events/approvals.ts';
import { branchEvents } from './events/branch.ts';
import { deviceEvents } from './events/devices.ts';
import { cashCountEvents, passbookUpdateEvents, slipScanEvents } from './events/flows.ts';
import { journalEvents } from './events/journal.ts';
import { peopleEvents } from './events/people.ts';

/** The four families, in the order they are shown. */
export const families = [passbookPrinter, cashCounter, sealScanner, alarmPanel] as const;
export type Family = (typeof families)[number];
export type DeviceEvent = { [K in Family['kind']]: FamilyEvent<Extract<Family, { kind: K }>> }[Family['kind']];

/** Everything the daemon itself says, by type. */
export const daemonEvents = {
  ...branchEvents,
  ...peopleEvents,
  ...deviceEvents,
  ...approvalEvents,
  ...passbookUpdateEvents,
  ...cashCountEvents,
  ...slipScanEvents,
  ...journalEvents,
} as const;
export type DaemonEvent = {
  [K in keyof typeof daemonEvents]: { readonly type: K; readonly data: Static<(typeof daemonEvents)[K]['data']> };
}[keyof typeof daemonEvents];

export type EntryBody = DaemonEvent | DeviceEvent;
export type EntryType = EntryBody['type'];

/** The picture or document that an entry carries, kept under its hash. */
export interface EntryAttachment {
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteLength: number;
}

/** Around every body: where it stands in the journal, when, and whose it is. */
export interface EntryEnvelope {
  /** 1, 2, 3 … without a gap. */
  readonly seq: number;
  /** UTC by the daemon’s clock. May go back when the clock is set; `seq` never does. */
  readonly at: string;
  readonly device?: string;
  readonly position?: string;
  /** Person who did it; absent for what devices and the daemon did by themselves. */
  readonly actor?: string;
  /** The command id that led to it. */
  readonly cause?: string;
  /** The workflow instance it belongs to. */
  readonly flow?: string;
  readonly attachment?: EntryAttachment;
  /** `security`: never sent to anybody but those who may see hold-up and duress. */
  readonly audience?: 'branch' | 'security';
  readonly prev: string;
  readonly hash: string;
}

/** One entry of the journal as the live feed and the HTTP interface show it. */
export type Entry = EntryEnvelope & EntryBody;

/** The entry of one type. */
export type EntryOf<T extends EntryType> = EntryEnvelope & Extract<EntryBody, { type: T }>;

/** Every event type with its definition: for validation, AsyncAPI, docs/EVENTS.md and the golden file. */
export const eventCatalog: Readonly<Record<EntryType, EventSpec>> = {
  ...daemonEvents,
  ...(Object.fromEntries(
    families.flatMap((family) => Object.entries<EventSpec>(family.events).map(([name, spec]) => [`${family.kind}.${name}`, spec])),
  ) as Record<DeviceEvent['type'], EventSpec>),
};

/** Types that only those who may see hold-up and duress receive. */
export const securityOnlyTypes: ReadonlySet<EntryType> = new Set<EntryType>(['alarm-panel.hold-up-raised', 'alarm-panel.duress-used']);
