import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { post, segment } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { login, logOut } from '../api/login-store.ts';
import { feed } from '../feed/store.ts';
import { useNames } from '../feed/use-wording.ts';
import { useText } from '../i18n/i18n.ts';
import { FieldFlow } from '../widgets/field-flow.tsx';
import { Glyph } from '../widgets/glyph.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { clockTime } from '../widgets/time.ts';
import { useKeys } from './keys.ts';
import { LinkBanner } from './link-banner.tsx';
import { SimulatedMark } from './simulated-mark.tsx';

/** The opaque cover of a position whose person has left: nothing of a customer is in the page. */
export function LockCover(): ReactNode {
  const { t } = useText();
  const id = useId();
  const names = useNames();
  const positionId = login((state) => state.positionId) ?? '';
  const position = feed((state) => state.branch.positions[positionId]);
  const isSimulated = feed((state) => state.branch.branch?.isSimulated ?? false);
  const leftAt = feed((state) => state.entries.findLast((entry) => entry.type === 'position.left')?.at ?? state.branch.at);
  const [password, setPassword] = useState('');
  const unlocking = useIntent('resume');
  const unlock = (): void => {
    void unlocking
      .run((commandId) => post(`/positions/${segment(positionId)}/resume`, { commandId, password }))
      .then(() => setPassword(''));
  };
  useKeys({ F9: { label: 'key.submit', run: unlock } }, 'screen');
  return (
    <main className="cover" data-testid="lock-cover">
      <LinkBanner />
      {isSimulated && <SimulatedMark />}
      <h1 tabIndex={-1}>
        <Glyph name="armed" size={24} /> {t('leave.locked')}
      </h1>
      <p>{t('leave.who', { name: names.person(position?.personId), since: clockTime(leftAt) })}</p>
      <p className="soft">{t('leave.working')}</p>
      <FieldFlow label={t('leave.unlock')}>
        <div className="field">
          <label htmlFor={id}>{t('login.password')}</label>
          <Input.Password
            id={id}
            autoFocus
            autoComplete="off"
            visibilityToggle={false}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            data-testid="unlock-password"
          />
        </div>
        <Button type="primary" data-review onClick={unlock} loading={unlocking.phase === 'busy'} data-testid="unlock">
          {t('leave.unlock')} F9
        </Button>
        <Button type="link" onClick={() => void logOut()}>
          {t('leave.out')}
        </Button>
      </FieldFlow>
      <p className="soft">{t('leave.same')}</p>
      <ProblemNote refusal={unlocking.refusal} />
    </main>
  );
}
