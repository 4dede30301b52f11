import type { Clock } from '../../drivers/kit/clock.ts';
import type { Outcome } from '../../drivers/kit/outcome.ts';
import type { Approvals } from '../authority/approvals.ts';
import type { Authentication } from '../authority/authentication.ts';
import type { Displays } from '../authority/displays.ts';
import type { Intents } from '../authority/intents.ts';
import type { Positions } from '../authority/positions.ts';
import type { DeviceDetail, FramePage, LoginScreen } from '../contract/index.ts';
import type { BlobStore } from '../journal/blob-store.ts';
import type { Journal } from '../journal/journal.ts';
import type { Logger } from '../observe/logger.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Workflows } from '../workflows/workflows.ts';
import type { OwnNames } from './guard.ts';

/** What the gateway asks of the devices. */
export interface GatewayDevices {
  /** Throws CD_DEVICE_UNKNOWN, as all of these do. */
  detail(deviceId: string): DeviceDetail;
  /** Frames after `afterId`, oldest first, as far as the ring still holds them. */
  frames(deviceId: string, afterId: number): FramePage;
  /** Opens the link again now, out of back-off and quarantine. */
  reconnect(deviceId: string): void;
  execute(deviceId: string, order: DeviceOrder): Promise<Outcome>;
}

export interface DeviceOrder {
  readonly name: string;
  readonly args: unknown;
  readonly commandId: string;
  readonly actor: string;
  readonly position?: string;
}

/** Everything the gateway translates to. It holds no state and takes no decision of its own. */
export interface GatewayParts {
  readonly journal: Journal;
  readonly blobs: Pick<BlobStore, 'read'>;
  readonly authentication: Authentication;
  readonly positions: Positions;
  readonly approvals: Approvals;
  readonly displays: Displays;
  readonly intents: Intents;
  readonly devices: GatewayDevices;
  readonly workflows: Workflows;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly version: string;
  readonly demoPeople: LoginScreen['demoPeople'];
  readonly bodyMaxBytes: number;
  /** Built user interface; absent in tests that need none. */
  readonly uiFolder?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Further `host:port` names from the configuration. */
  readonly allowedHosts: readonly string[];
}

/** Known once the server listens; nothing is served before. */
export interface Listening {
  names: OwnNames | undefined;
}
