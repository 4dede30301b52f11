import { Input } from 'antd';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { login } from '../api/login-store.ts';
import { feed } from '../feed/store.ts';
import { openFlowAt } from '../feed/flow-select.ts';
import { useText } from '../i18n/i18n.ts';
import { texts } from '../i18n/texts.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { functionsFor, matchesFunction, type BranchFunction } from './functions.ts';
import { useKeys } from './keys.ts';
import { go } from './route.ts';

/** Finds a function by code, 中文, pinyin initials or English. What cannot be used now stays, with its reason. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useText();
  const roles = login((state) => state.person?.roles ?? none);
  const positionId = login((state) => state.positionId);
  const flow = feed((state) => openFlowAt(state.branch, positionId));
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  useKeys({ Escape: { label: 'key.close', run: onClose } }, 'dialog');

  const found = functionsFor(roles).filter((fn) => matchesFunction(fn, texts[fn.name], typed));
  const reasonFor = (fn: BranchFunction): string | undefined => {
    if (!fn.needsPosition) return undefined;
    if (positionId === undefined) return t('palette.needs-position');
    return flow !== undefined && flowRoutes[flow.kind] !== fn.route ? t('palette.open-flow') : undefined;
  };
  const open = (fn: BranchFunction | undefined): void => {
    if (fn === undefined || reasonFor(fn) !== undefined) return;
    onClose();
    go(fn.route);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    } else if (event.key === 'Enter' && !event.repeat && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(found[at]);
    }
  };
  return (
    <Dialog title={t('palette.title')} testId="palette" width={520} onClose={onClose} footer={null}>
      <Input
        data-first
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] === undefined ? undefined : `palette-${found[at].code}`}
        aria-label={t('palette.hint')}
        placeholder={t('palette.hint')}
        value={typed}
        data-testid="palette-input"
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="palette-list" role="listbox" aria-label={t('palette.title')} className="palette-list">
        {found.map((fn, index) => (
          <li
            key={fn.code}
            id={`palette-${fn.code}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={reasonFor(fn) !== undefined}
            className={index === at ? 'palette-row palette-at' : 'palette-row'}
            onClick={() => open(fn)}
          >
            <span className="mono">{fn.code}</span> <span>{texts[fn.name].join('  ')}</span>
            <span className="soft">{reasonFor(fn)}</span>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="soft">{t('palette.none')}</p>}
    </Dialog>
  );
}

const none: readonly never[] = [];
const flowRoutes = { 'passbook-update': '/desk/passbook', 'cash-count': '/desk/cash-in', 'slip-scan': '/recon/slips' } as const;
