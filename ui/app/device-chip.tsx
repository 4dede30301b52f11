import { Button } from 'antd';
import { useEffect, useRef, type ReactNode } from 'react';
import type { DeviceView } from '../../daemon/contract/state.ts';
import { useDaemonClock } from '../feed/clock.ts';
import { deviceWords } from '../feed/device-words.ts';
import { entryText } from '../feed/entry-text.ts';
import { feed } from '../feed/store.ts';
import { useWording } from '../feed/use-wording.ts';
import { codeText } from '../i18n/error-text.ts';
import { useText } from '../i18n/i18n.ts';
import { Glyph, StateMark, toneOf } from '../widgets/glyph.tsx';
import { clockTime } from '../widgets/time.ts';
import { useAnnouncement } from './announcer.tsx';
import { go } from './route.ts';

interface ChipProps {
  readonly device: DeviceView;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
}

/** Glyph, name, state word and what to do. Opens to the last events of the device. */
export function DeviceChip({ device, isOpen, onToggle }: ChipProps): ReactNode {
  const { t, say, nameOf } = useText();
  const nowMs = useDaemonClock();
  const isLost = feed((state) => state.link === 'lost');
  const freshAt = feed((state) => state.freshAt);
  const { glyph, words, needsHands } = deviceWords(device, nowMs);
  const text = say(words);
  useAnnouncement(needsHands ? `${nameOf(device)}: ${text}` : '');
  return (
    <div className="chip-holder">
      <button
        type="button"
        className={`chip tint-${isLost ? 'idle' : toneOf(glyph)}`}
        aria-expanded={isOpen}
        aria-controls={`chip-${device.id}`}
        data-testid={`chip-${device.id}`}
        data-state={glyph}
        data-phase={device.phase}
        onClick={() => onToggle(!isOpen)}
      >
        <Glyph name={isLost ? 'stale' : glyph} />
        <span className="chip-name">{nameOf(device)}</span>
        <span className={isLost ? 'stale' : 'chip-state'}>{isLost ? t('state.stale', { time: clockTime(freshAt) }) : text}</span>
      </button>
      {isOpen && <ChipPanel device={device} onClose={() => onToggle(false)} />}
    </div>
  );
}

function ChipPanel({ device, onClose }: { readonly device: DeviceView; readonly onClose: () => void }): ReactNode {
  const { t, say, language, nameOf } = useText();
  const wording = useWording();
  const nowMs = useDaemonClock();
  const entries = feed((state) => state.entries);
  const claim = feed((state) => (device.claimedBy === undefined ? undefined : state.branch.flows[device.claimedBy]?.kind));
  const panel = useRef<HTMLDivElement>(null);
  const last = entries
    .filter((entry) => entry.device === device.id && !entry.type.endsWith('.status-changed'))
    .slice(-3)
    .reverse();
  const state = deviceWords(device, nowMs);
  useEffect(() => {
    panel.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div
      ref={panel}
      id={`chip-${device.id}`}
      className="chip-panel"
      role="group"
      aria-label={nameOf(device)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="row-between">
        <StateMark name={state.glyph}>{say(state.words)}</StateMark>
        <span className="soft">{t('state.since', { time: clockTime(device.phaseAt) })}</span>
      </div>
      {device.because !== undefined && <p>{codeText(device.because, language)}</p>}
      {device.claimedBy !== undefined && (
        <p>{t('device.claimed-by', { owner: claim === undefined ? device.claimedBy : t(`flow.${claim}`) })}</p>
      )}
      <ul className="chip-events">
        {last.map((entry) => (
          <li key={entry.seq}>
            <span className="soft">{clockTime(entry.at)}</span> {entryText(entry, wording)}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() => {
          onClose();
          go(`/devices/${device.id}`);
        }}
      >
        {t('device.open')}
      </Button>
    </div>
  );
}
