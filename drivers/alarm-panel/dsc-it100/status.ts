import type { FamilyStatus } from '../../kit/family.ts';
import type { AlarmPanel } from '../family.ts';
import type { PartitionStatus, ZoneStatus } from '../words.ts';
import { partitionIn, zoneIn, type Picture } from './picture.ts';
import type { PanelOptions } from './options.ts';

/** The status a picture gives, remembered per picture: most steps change nothing about it. */
export function statusReader(options: PanelOptions): (picture: Picture) => FamilyStatus<AlarmPanel> {
  const known = new WeakMap<Picture, FamilyStatus<AlarmPanel>>();
  return (picture) => {
    const status = known.get(picture) ?? statusOf(picture, options);
    known.set(picture, status);
    return status;
  };
}

function statusOf(picture: Picture, options: PanelOptions): FamilyStatus<AlarmPanel> {
  const partitions = partitionsOf(picture, options).map((partition) => partitionStatus(picture, partition));
  const zones = zonesOf(picture, options).map((zone) => zoneStatus(picture, options, zone));
  const line = (name: keyof Picture['lines']) => picture.lines[name] ?? 'unknown';
  return {
    verified: picture.isSettled && picture.isFresh,
    partitions,
    zones,
    alarmMemory: picture.hasAlarmMemory,
    tamper: picture.hasSystemTamper || zones.some((zone) => zone.isTampered),
    trouble: partitions.some((partition) => partition.hasTrouble),
    lockout: partitions.some((partition) => partition.isLockedOut),
    bypass: picture.bypass,
    ac: line('ac'),
    battery: line('battery'),
    bell: line('bell'),
    communication: line('communication'),
    phoneLine1: line('phoneLine1'),
    phoneLine2: line('phoneLine2'),
    fire: line('fire'),
    labels: Object.values(picture.labels),
    ...(picture.firmware === undefined ? {} : { firmware: picture.firmware }),
  };
}

function partitionsOf(picture: Picture, options: PanelOptions): readonly number[] {
  const configured = options.partitions ?? [1];
  const others = options.partitions === undefined ? Object.keys(picture.partitions).map(Number) : [];
  return [...new Set([...configured, ...others])].sort((a, b) => a - b);
}

/** The configured zones, and any other zone about which there is something to say. */
function zonesOf(picture: Picture, options: PanelOptions): readonly number[] {
  const configured = options.zones?.map(({ zone }) => zone);
  const told = Object.entries(picture.zones)
    .filter(([, zone]) => configured === undefined || zone.state === 'open' || zone.isInAlarm || zone.isTampered || zone.isFaulty)
    .map(([zone]) => Number(zone));
  return [...new Set([...(configured ?? []), ...told])].sort((a, b) => a - b);
}

function partitionStatus(picture: Picture, partition: number): PartitionStatus {
  const { mode, ...rest } = partitionIn(picture, partition);
  const label = picture.labels[`partition ${String(partition)}`]?.text;
  return { partition, ...(label === undefined ? {} : { label }), ...rest, ...(mode === undefined ? {} : { mode }) };
}

function zoneStatus(picture: Picture, options: PanelOptions, zone: number): ZoneStatus {
  const { isVerified, partition: told, ...rest } = zoneIn(picture, zone);
  const configured = options.zones?.find((entry) => entry.zone === zone);
  const label = configured?.label ?? picture.labels[`zone ${String(zone)}`]?.text;
  const partition = configured?.partition ?? told;
  return {
    zone,
    ...(label === undefined ? {} : { label }),
    ...(partition === undefined ? {} : { partition }),
    ...(configured?.kind === undefined ? {} : { kind: configured.kind }),
    ...(configured?.place === undefined ? {} : { place: configured.place }),
    ...rest,
    verified: isVerified,
  };
}
