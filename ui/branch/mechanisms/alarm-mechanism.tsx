import { useState, type ReactNode } from 'react';
import { Glyph } from '../../widgets/glyph.tsx';
import type { SimulatedDevice, Words } from '../branch-types.ts';
import { perform } from '../control.ts';
import { useBranchText } from '../use-branch.ts';
import { Key, Lamp } from './parts.tsx';

interface ZoneView {
  readonly zone: number;
  readonly partition: number;
  readonly kind: string;
  readonly label: Words;
  readonly room: Words;
  readonly isOpen: boolean;
  readonly isInAlarm: boolean;
}

interface PanelView {
  readonly lamps: Readonly<Record<string, string>>;
  readonly partitions: readonly {
    readonly partition: number;
    readonly label: string;
    readonly display: readonly string[];
    readonly phase: string;
    readonly secondsLeft: number;
  }[];
  readonly zones: readonly ZoneView[];
  readonly people: readonly { readonly name: string; readonly role: string; readonly hasDuress: boolean }[];
}

const keyRows = [
  ['1', '2', '3', 'A'],
  ['4', '5', '6', 'F'],
  ['7', '8', '9', 'P'],
  ['*', '0', '#'],
] as const;

/** The keypad on the wall and the building around it: doors that open, people who walk and who key in codes. */
export function AlarmMechanism({ device }: { readonly device: SimulatedDevice }): ReactNode {
  const { t } = useBranchText();
  const view = device.view as unknown as PanelView;
  const [partition, setPartition] = useState(1);
  const shown = view.partitions.find((each) => each.partition === partition);
  const lit = Object.entries(view.lamps).filter(([name]) => ['ready', 'armed', 'memory', 'bypass', 'trouble', 'ac'].includes(name));
  return (
    <div className="mechanism alarm">
      <div className="keypad" role="group" aria-label={t('keypad')}>
        <select aria-label={t('keypad')} value={partition} onChange={(event) => setPartition(Number(event.target.value))}>
          {view.partitions.map((each) => (
            <option key={each.partition} value={each.partition}>
              {each.partition} {each.label}
            </option>
          ))}
        </select>
        <pre className="lcd" data-testid={`keypad-display-${device.id}`}>
          {shown?.display.join('\n')}
          {shown !== undefined && shown.secondsLeft > 0 ? `\n${String(shown.secondsLeft)} s` : ''}
        </pre>
        <div className="lamps">
          {lit.map(([name, state]) => (
            <Lamp key={name} isOn={state !== 'off'} name={name} tone={name === 'trouble' ? 'bad' : 'good'} />
          ))}
        </div>
        {keyRows.map((row) => (
          <div key={row[0]} className="key-row">
            {row.map((key) => (
              <button
                key={key}
                type="button"
                className="round-key"
                data-testid={`keypad-${key}`}
                aria-label={`${t('keypad')} ${key}`}
                onClick={() => void perform(device.id, 'press-keys', { partition, keys: key })}
              >
                {key}
              </button>
            ))}
          </div>
        ))}
      </div>
      <div className="people">
        <h3>{t('people')}</h3>
        <ul>
          {view.people
            .filter(({ role }) => role !== 'service')
            .map((person) => (
              <li key={person.name}>
                <strong>{person.name}</strong>
                <Key
                  name={`${person.name} ${t('key-in')}`}
                  shown={t('key-in')}
                  testId={`code-${person.name}`}
                  onPress={() => void perform(device.id, 'enter-code', { partition, person: person.name })}
                />
                {person.hasDuress && (
                  <Key
                    name={`${person.name} ${t('duress')}`}
                    shown={t('duress')}
                    testId={`duress-${person.name}`}
                    onPress={() => void perform(device.id, 'enter-code', { partition, person: person.name, isDuress: true })}
                  />
                )}
              </li>
            ))}
        </ul>
        <div className="keys-row">
          <Key name={`${t('mains')} ${t('cut')}`} testId="key-cut-ac" onPress={() => void perform(device.id, 'cut-ac')} />
          <Key name={`${t('mains')} ${t('restore')}`} testId="key-restore-ac" onPress={() => void perform(device.id, 'restore-ac')} />
        </div>
      </div>
      <Building deviceId={device.id} zones={view.zones} />
    </div>
  );
}

function Building({ deviceId, zones }: { readonly deviceId: string; readonly zones: readonly ZoneView[] }): ReactNode {
  const { t, word } = useBranchText();
  const rooms = new Map<string, ZoneView[]>();
  for (const zone of zones) rooms.set(word(zone.room), [...(rooms.get(word(zone.room)) ?? []), zone]);
  return (
    <div className="building" role="group" aria-label={t('building')}>
      {[...rooms].map(([room, own]) => (
        <div key={room} className="room">
          <h3>{room}</h3>
          <ul>
            {own.map((zone) => (
              <Detector key={zone.zone} deviceId={deviceId} zone={zone} />
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Detector({ deviceId, zone }: { readonly deviceId: string; readonly zone: ZoneView }): ReactNode {
  const { t, word } = useBranchText();
  const name = word(zone.label);
  const [gesture, verb] = gestureFor(zone);
  return (
    <li className={zone.isOpen ? 'detector detector-open' : 'detector'} data-testid={`zone-${String(zone.zone)}`} data-open={zone.isOpen}>
      <Glyph name={zone.isInAlarm ? 'alarm' : zone.kind === 'motion' ? 'motion' : zone.isOpen ? 'open' : 'closed'} size={18} />
      <span>
        {zone.zone} {name} <span className="soft">{t(zone.isInAlarm ? 'is-alarm' : zone.isOpen ? 'is-open' : 'is-closed')}</span>
      </span>
      <Key
        name={`${t(verb)} ${name}`}
        shown={t(verb)}
        testId={`act-zone-${String(zone.zone)}`}
        onPress={() => void perform(deviceId, gesture, { zone: zone.zone })}
      />
    </li>
  );
}

function gestureFor(zone: ZoneView): readonly [gesture: string, verb: 'walk' | 'press' | 'reset' | 'open' | 'close'] {
  if (zone.kind === 'motion' || zone.kind === 'vault' || zone.kind === 'glass') return ['walk', 'walk'];
  if (zone.kind === 'holdUp') return zone.isOpen ? ['reset-hold-up', 'reset'] : ['hold-up', 'press'];
  return zone.isOpen ? ['close-door', 'close'] : ['open-door', 'open'];
}
