import type { ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';
import type { TextKey } from '../i18n/texts.ts';
import { activeKeys, keyLayers, keyNames, type KeyName } from './keys.ts';

const usual: Readonly<Record<KeyName, TextKey>> = {
  F1: 'key.help',
  F2: 'key.find',
  F3: 'key.back',
  F4: 'key.devices',
  F5: 'key.fetch',
  F6: 'key.region',
  F7: 'key.view',
  F8: 'key.approve',
  F9: 'key.submit',
  F10: 'key.print',
  F12: 'key.leave',
};

/** What F1…F12 do here and now; a key that does nothing says why. */
export function KeyBar(): ReactNode {
  const { t } = useText();
  const layers = keyLayers((state) => state.layers);
  const acts = activeKeys(layers);
  return (
    <nav className="keys" aria-label={t('frame.keys')} data-testid="key-bar">
      {keyNames.map((name) => {
        const act = acts[name];
        const blocked = act === undefined ? t('key.nothing') : act.blocked;
        return (
          <button
            key={name}
            type="button"
            className="key"
            data-testid={`key-${name}`}
            aria-disabled={blocked !== undefined}
            title={blocked}
            onClick={() => blocked === undefined && act?.run()}
          >
            <kbd>{name}</kbd> {t(act?.label ?? usual[name])}
            {blocked !== undefined && <span className="hidden-text"> ({blocked})</span>}
          </button>
        );
      })}
    </nav>
  );
}
