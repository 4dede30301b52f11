import type { ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';

/** On every window while any device is simulated; it cannot be hidden. */
export function SimulatedMark(): ReactNode {
  const { t } = useText();
  return (
    <span className="simulated-mark" data-testid="simulated">
      {t('app.simulated')}
    </span>
  );
}
