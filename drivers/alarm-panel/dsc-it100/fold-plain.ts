/** Lines that are told as they are: the panel's clock and its labels. */
import type { LabelKind } from '../words.ts';
import type { Turn } from './turn.ts';

/** 550 hhmmMMDDYY. A clock that shows an impossible time is not told. */
export function tellTime(turn: Turn, data: string): void {
  const [, hour, minute, month, day, year] = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(data) ?? [];
  if (hour === undefined || minute === undefined || month === undefined || day === undefined || year === undefined) return;
  const isPossible =
    Number(hour) < 24 && Number(minute) < 60 && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  if (isPossible) turn.emit('time-broadcast', { localTime: `20${year}-${month}-${day}T${hour}:${minute}` });
}

/** 570: three digits and 32 characters, padded with spaces. An empty label is no label. */
export function learnLabel(turn: Turn, data: string): void {
  const subject = subjectOf(Number(data.slice(0, 3)));
  const text = data.slice(3).trim().replace(/ {2,}/g, ' ');
  if (subject === undefined || text === '') return;
  const label = { ...subject, text };
  const key = `${label.kind} ${String(label.number)}`;
  if (turn.picture.labels[key]?.text === text) return;
  turn.paint({ ...turn.picture, labels: { ...turn.picture.labels, [key]: label } });
  turn.emit('label-learnt', label);
}

/** 001-064 zones, 065 fire, 066 failed to arm, 067 alarm when armed, 101-108 partitions, 120-151 outputs. */
function subjectOf(index: number): { readonly kind: LabelKind; readonly number: number } | undefined {
  if (index >= 1 && index <= 64) return { kind: 'zone', number: index };
  if (index === 65) return { kind: 'fire', number: 0 };
  if (index === 66) return { kind: 'failedToArm', number: 0 };
  if (index === 67) return { kind: 'alarmWhenArmed', number: 0 };
  if (index >= 101 && index <= 108) return { kind: 'partition', number: index - 100 };
  if (index >= 120 && index <= 151) return { kind: 'output', number: index - 119 };
  return undefined;
}
