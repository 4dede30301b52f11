import type { AnyModel } from '../../drivers/kit/model.ts';
import type { Device } from './device.ts';
import type { Recorder } from './recorder.ts';

/** One device of the configuration. */
export interface DeviceSetting {
  readonly id: string;
  /** `alarm-panel/dsc-it100` */
  readonly model: string;
  readonly address: string;
  readonly position?: string;
  /** What the model lets a branch set; every member optional. */
  readonly options?: unknown;
}

/** A configured device with everything that belongs to it. */
export interface Member {
  readonly setting: DeviceSetting;
  readonly model: AnyModel;
  readonly device: Device;
  readonly recorder: Recorder;
}
