import type { StatusOf } from '../../../daemon/contract/state.ts';

export type PanelStatus = StatusOf<'alarm-panel'>;
export type PartitionView = PanelStatus['partitions'][number];
export type ZoneView = PanelStatus['zones'][number];
