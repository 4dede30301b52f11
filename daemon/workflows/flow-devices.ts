import type { Outcome } from '../../drivers/kit/outcome.ts';

/** Whom a device order is for. */
export interface OrderContext {
  readonly flow: string;
  readonly position: string;
  readonly actor: string;
}

/** What workflows need of the devices. Each order is journalled as started and settled by whoever carries it out. */
export interface FlowDevices {
  /** Takes the device for this flow; throws CD_DEVICE_CLAIMED when somebody else holds it. */
  claim(deviceId: string, owner: string): Promise<void>;
  release(deviceId: string, owner: string): Promise<void>;
  /** Resolves with the one outcome; never rejects for what the device does. */
  execute(deviceId: string, order: { readonly name: string; readonly args: unknown }, context: OrderContext): Promise<Outcome>;
}
