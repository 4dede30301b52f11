import { Button, Input } from 'antd';
import { useEffect, useId, useState, type ReactNode } from 'react';
import type { LoginScreen as LoginFacts } from '../../daemon/contract/http.ts';
import { get } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { logIn } from '../api/login-store.ts';
import { useKeys } from '../app/keys.ts';
import { NextStepLine, useNextStep } from '../app/next-step.tsx';
import { SimulatedMark } from '../app/simulated-mark.tsx';
import { LanguageSwitch } from '../app/top-bar.tsx';
import { useText } from '../i18n/i18n.ts';
import { FieldFlow } from '../widgets/field-flow.tsx';
import { Glyph } from '../widgets/glyph.tsx';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { calendarDate, clockTime } from '../widgets/time.ts';

const POLL_MS = 2000;

/** W1, first half: who is there. */
export function LoginScreen(): ReactNode {
  const { t } = useText();
  const facts = useLoginFacts();
  const personField = useId();
  const passwordField = useId();
  const [personId, setPersonId] = useState('');
  const [password, setPassword] = useState('');
  const entering = useIntent('login');
  const isReady = personId !== '' && password !== '';
  const submit = (): void => {
    if (isReady) void entering.run(() => logIn(personId.trim(), password));
  };
  useKeys({ F9: { label: 'login.submit', blocked: isReady ? undefined : t('login.next'), run: submit } });
  useNextStep(t('login.next'));
  const fill = (id: string, secret: string): void => {
    setPersonId(id);
    setPassword(secret);
    entering.clear();
  };
  return (
    <div className="lone">
      <header className="lone-top">
        <strong>{facts?.branchName ?? 'counterd'}</strong>
        {facts?.isSimulated === true && <SimulatedMark />}
        <span className="top-fill" />
        {facts !== undefined && (
          <span>
            {t('login.clock')} {calendarDate(facts.at)} {clockTime(facts.at)} <Glyph name="done" size={12} />
          </span>
        )}
        <LanguageSwitch />
      </header>
      <main className="lone-card" data-testid="login-screen">
        <h1 tabIndex={-1}>{t('login.title')}</h1>
        <p className="soft">{t('login.service')}</p>
        <FieldFlow label={t('login.title')}>
          <div className="field">
            <label htmlFor={personField}>{t('login.person')}</label>
            <Input
              id={personField}
              autoFocus
              autoComplete="off"
              inputMode="numeric"
              value={personId}
              onChange={(event) => setPersonId(event.target.value)}
              data-testid="login-person"
            />
          </div>
          <div className="field">
            <label htmlFor={passwordField}>{t('login.password')}</label>
            <Input.Password
              id={passwordField}
              autoComplete="off"
              visibilityToggle={false}
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              data-testid="login-password"
            />
          </div>
          <Button type="primary" block data-review onClick={submit} loading={entering.phase === 'busy'} data-testid="login-submit">
            {t('login.submit')} F9
          </Button>
        </FieldFlow>
        <ProblemNote refusal={entering.refusal} />
        {facts !== undefined && facts.demoPeople.length > 0 && <DemoPeople people={facts.demoPeople} onChoose={fill} />}
      </main>
      <NextStepLine />
    </div>
  );
}

interface DemoProps {
  readonly people: LoginFacts['demoPeople'];
  readonly onChoose: (id: string, password: string) => void;
}

/** Only in a simulated branch: who may be played, with their passwords. */
function DemoPeople({ people, onChoose }: DemoProps): ReactNode {
  const { t } = useText();
  return (
    <section aria-label={t('login.demo')} className="demo-people" data-testid="demo-people">
      <h2>{t('login.demo')}</h2>
      <ul>
        {people.map(({ id, name, roles, password }) => (
          <li key={id}>
            <button
              type="button"
              className="demo-person"
              data-testid={`demo-${id}`}
              title={t('login.demo-use', { name })}
              onClick={() => onChoose(id, password)}
            >
              <span className="mono">{id}</span>
              <strong>{name}</strong>
              <span className="soft">{roles.map((role) => t(`role.${role}`)).join(t('word.and'))}</span>
              <span className="mono soft">{password}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useLoginFacts(): LoginFacts | undefined {
  const [facts, setFacts] = useState<LoginFacts>();
  useEffect(() => {
    let isHere = true;
    const ask = (): void => {
      get<LoginFacts>('/login').then(
        (answer) => isHere && setFacts(answer),
        () => undefined, // The daemon is not there yet; the next round asks again.
      );
    };
    ask();
    const timer = window.setInterval(ask, POLL_MS * 5);
    return () => {
      isHere = false;
      window.clearInterval(timer);
    };
  }, []);
  return facts;
}
