import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import type { FlowView } from '../../daemon/contract/state.ts';
import { post, segment } from '../api/client.ts';
import { useIntent } from '../api/intent.ts';
import { login } from '../api/login-store.ts';
import { tellOutcome } from '../app/announcer.tsx';
import { functionsFor, rightOf } from '../app/functions.ts';
import { useNextStep } from '../app/next-step.tsx';
import { go } from '../app/route.ts';
import { deviceWords } from '../feed/device-words.ts';
import { useDaemonClock } from '../feed/clock.ts';
import { openFlowAt } from '../feed/flow-select.ts';
import { feed } from '../feed/store.ts';
import { useText } from '../i18n/i18n.ts';
import { Glyph, StateMark } from '../widgets/glyph.tsx';
import { addMinor, formatMinor } from '../widgets/money.ts';
import { ProblemNote } from '../widgets/problem-note.tsx';
import { PairDisplay } from './pair-display.tsx';
import { Panel, ScreenHead } from './screen-head.tsx';

const routes: Readonly<Record<FlowView['kind'], string>> = {
  'passbook-update': '/desk/passbook',
  'cash-count': '/desk/cash-in',
  'slip-scan': '/recon/slips',
};

/** W2: what is open, what can be started, what needs hands. */
export function Desk(): ReactNode {
  const { t } = useText();
  const positionId = login((state) => state.positionId);
  const roles = login((state) => state.person?.roles);
  const branch = feed((state) => state.branch);
  const flow = openFlowAt(branch, positionId);
  useNextStep(positionId === undefined ? t('desk.next-position') : flow === undefined ? t('desk.next-free') : t('desk.next-open'));
  const startable = functionsFor(roles ?? []).filter((fn) => fn.needsPosition && rightOf(fn, roles ?? []) === 'W');
  return (
    <>
      <ScreenHead code="1000" title={t('fn.1000')} />
      <div className="columns">
        <Panel title={t('desk.current')} testId="desk-current">
          {flow === undefined ? (
            <StateMark name="idle">{t('desk.no-flow')}</StateMark>
          ) : (
            <div className="row-between">
              <StateMark name="running">{t(`flow.${flow.kind}`)}</StateMark>
              <Button type="primary" onClick={() => go(routes[flow.kind])} data-testid="desk-continue">
                {t('desk.continue')}
              </Button>
            </div>
          )}
        </Panel>
        <Panel title={t('desk.start')} testId="desk-start">
          <div className="tiles">
            {startable.map((fn) => (
              <button key={fn.code} type="button" className="tile" data-testid={`tile-${fn.code}`} onClick={() => go(fn.route)}>
                <span className="tile-code">{fn.code}</span>
                <span>{t(fn.name)}</span>
              </button>
            ))}
          </div>
        </Panel>
        <Todo />
        <Today />
        {positionId !== undefined && <CustomerDisplayPanel positionId={positionId} />}
      </div>
    </>
  );
}

/** Devices of this position that need hands, in the words of their chips. */
function Todo(): ReactNode {
  const { t, say, nameOf } = useText();
  const nowMs = useDaemonClock();
  const positionId = login((state) => state.positionId);
  const devices = feed((state) => state.branch.devices);
  const own = Object.values(devices).filter((device) => device.position === undefined || device.position === positionId);
  const waiting = own
    .map((device) => ({ device, ...deviceWords(device, nowMs) }))
    .filter(({ needsHands, device }) => needsHands || device.phase !== 'online');
  return (
    <Panel title={t('desk.todo')} testId="desk-todo">
      {waiting.length === 0 ? (
        <StateMark name="done">{t('desk.todo-none')}</StateMark>
      ) : (
        <ul className="todo">
          {waiting.map(({ device, glyph, words }) => (
            <li key={device.id}>
              <a href={device.openDoubts.length > 0 ? '#/desk/passbook' : `#/devices/${device.id}`}>
                <Glyph name={glyph} /> {nameOf(device)}: {say(words)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Counted from the entries this page holds; the journal has the rest. */
function Today(): ReactNode {
  const { t } = useText();
  const entries = feed((state) => state.entries);
  const positionId = login((state) => state.positionId);
  const sums = useMemo(() => {
    const here = entries.filter((entry) => entry.position === positionId);
    const received = here.flatMap((entry) => (entry.type === 'cash-count.finished' ? entry.data.totalMinor : []));
    const lines = here.reduce((sum, entry) => sum + (entry.type === 'passbook-update.finished' ? entry.data.printedCount : 0), 0);
    return { count: here.filter(({ type }) => type.endsWith('.finished')).length, lines, received: addMinor('0', ...received) };
  }, [entries, positionId]);
  return (
    <Panel title={t('desk.today')} testId="desk-today">
      <dl className="figures">
        <div>
          <dt>{t('desk.done-count')}</dt>
          <dd>{sums.count}</dd>
        </div>
        <div>
          <dt>{t('desk.received')}</dt>
          <dd>{formatMinor(sums.received)}</dd>
        </div>
        <div>
          <dt>{t('desk.lines')}</dt>
          <dd>{sums.lines}</dd>
        </div>
      </dl>
    </Panel>
  );
}

function CustomerDisplayPanel({ positionId }: { readonly positionId: string }): ReactNode {
  const { t } = useText();
  const hasDisplay = feed((state) => state.branch.positions[positionId]?.hasDisplay ?? false);
  const leaving = useIntent('desk-sign-off');
  const signOff = (): void => {
    void leaving
      .run((commandId) => post(`/positions/${segment(positionId)}/sign-off`, { commandId }))
      .then((ok) => {
        if (!ok) return;
        login.setState({ positionId: undefined, isSettled: false });
        tellOutcome(t('desk.signed-off'));
      });
  };
  return (
    <Panel title={t('desk.position')} testId="desk-position">
      <div className="row-between">
        <StateMark name={hasDisplay ? 'done' : 'absent'}>{t(hasDisplay ? 'desk.display-paired' : 'desk.display-none')}</StateMark>
        <PairDisplay positionId={positionId} />
        <Button onClick={signOff} loading={leaving.phase === 'busy'} data-testid="desk-sign-off">
          {t('desk.sign-off')}
        </Button>
      </div>
      <ProblemNote refusal={leaving.refusal} />
    </Panel>
  );
}
