import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { DeviceView } from '../../daemon/contract/state.ts';
import { login } from '../api/login-store.ts';
import { feed } from '../feed/store.ts';
import { useText } from '../i18n/i18n.ts';
import { DeviceChip } from './device-chip.tsx';

/** One chip per device of this position and of the whole branch; supervisors see all. */
export function DeviceStrip(): ReactNode {
  const { t } = useText();
  const devices = feed((state) => state.branch.devices);
  const positionId = login((state) => state.positionId);
  const seesAll = login(
    (state) => state.person?.roles.some((role) => role === 'supervisor' || role === 'administrator' || role === 'rig') ?? false,
  );
  const [openId, setOpenId] = useState<string>();
  const shown = Object.values(devices).filter((device) => isShown(device, { positionId, seesAll }));
  return (
    <nav className="strip" aria-label={t('frame.strip')} onKeyDown={moveAlong} data-testid="device-strip">
      {shown.map((device) => (
        <DeviceChip
          key={device.id}
          device={device}
          isOpen={openId === device.id}
          onToggle={(isOpen) => setOpenId(isOpen ? device.id : undefined)}
        />
      ))}
    </nav>
  );
}

interface Viewer {
  readonly positionId: string | undefined;
  readonly seesAll: boolean;
}

function isShown(device: DeviceView, { positionId, seesAll }: Viewer): boolean {
  return seesAll || positionId === undefined || device.position === undefined || device.position === positionId;
}

function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const chips = [...event.currentTarget.querySelectorAll<HTMLElement>('.chip')];
  const here = chips.findIndex((chip) => chip === document.activeElement);
  chips[(here + step + chips.length) % chips.length]?.focus();
  event.preventDefault();
}
