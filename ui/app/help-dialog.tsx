import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { keyLayers, keyNames, activeKeys, useKeys } from './keys.ts';

/** The keys of the screen under this dialog, and the rules that hold everywhere. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  // As they were when help was asked for: this dialog is a layer itself, and would follow its own trace.
  const [layers] = useState(() => keyLayers.getState().layers);
  const acts = activeKeys(layers.filter(({ level }) => level !== 'dialog'));
  useKeys({ Escape: { label: 'key.close', run: onClose }, F1: { label: 'key.close', run: onClose } }, 'dialog');
  return (
    <Dialog
      title={t('help.title')}
      testId="help"
      onClose={onClose}
      footer={
        <Button data-first onClick={onClose}>
          {t('help.close')}
        </Button>
      }
    >
      <dl className="facts" tabIndex={0} data-first>
        {keyNames.map((name) => (
          <div key={name}>
            <dt>
              <kbd>{name}</kbd>
            </dt>
            <dd>{acts[name] === undefined ? t('key.nothing') : `${t(acts[name].label)} ${acts[name].blocked ?? ''}`}</dd>
          </div>
        ))}
      </dl>
      <ul className="rules">
        {(['help.enter', 'help.submit', 'help.region', 'help.lists', 'help.leave'] as const).map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
    </Dialog>
  );
}
