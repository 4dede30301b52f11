import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PassbookUpdateView } from '../../../daemon/contract/state.ts';
import { useAnnouncement } from '../../app/announcer.tsx';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { useDaemonClock } from '../../feed/clock.ts';
import { deviceWords } from '../../feed/device-words.ts';
import { feed } from '../../feed/store.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText, type Say } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { CancelFlow } from '../cancel-flow.tsx';
import { useFlowAction } from '../flow-actions.ts';
import { Panel } from '../screen-head.tsx';
import { DoubtDialog } from './doubt-dialog.tsx';
import { LineList } from './line-list.tsx';
import { PagePicture } from './page-picture.tsx';
import { PaperDialog } from './paper-dialog.tsx';

/** An open update: what is on the paper, what is not, and the one next act. */
export function UpdateView({ flow }: { readonly flow: PassbookUpdateView }): ReactNode {
  const { t, language, say, nameOf } = useText();
  const nowMs = useDaemonClock();
  const device = feed((state) => state.branch.devices[flow.deviceId]);
  const isLive = feed((state) => state.link === 'live');
  const [view, setView] = useState<'preview' | 'list'>('preview');
  const [isPutOff, setPutOff] = useState('');
  const doubted = flow.lines.find(({ state }) => state === 'doubted');
  const question = doubted?.entryId ?? (flow.step === 'check-paper' ? `page-${String(flow.page)}` : undefined);
  const canAsk = flow.step === 'paused' && flow.lines.some(({ state }) => state === 'sent');
  const progress = `${flow.step}-${String(flow.page)}-${flow.lines.map(({ state }) => state[0]).join('')}`;
  const acting = useFlowAction(flow.id, progress);
  const isOnline = device?.phase === 'online';
  const isAsking = flow.step === 'in-doubt' || flow.step === 'check-paper';
  const main = mainAct(flow, isLive ? (isOnline || isAsking ? undefined : t('book.blocked-printer')) : t('key.offline'), t);
  const canStop = flow.step === 'printing' && !flow.isStopping && isLive;
  const stop = (): void => void acting.act({ name: 'stop' });
  useKeys({
    F7: { label: 'key.view', run: () => setView(view === 'preview' ? 'list' : 'preview') },
    F9: {
      label: main.label,
      blocked: main.blocked,
      run: () => (main.act === 'answer' ? setPutOff('') : void acting.act({ name: main.act })),
    },
    ...(canStop ? { Escape: { label: 'book.stop', run: stop } as const } : {}),
  });
  const state = device === undefined ? undefined : deviceWords(device, nowMs);
  useNextStep(isOnline || isAsking ? nextStep(flow, t) : t('book.next-printer'));
  useAnnouncement(spokenQuestion(flow, doubted?.line, t));
  return (
    <>
      <div className="amount-line">
        <strong>{flow.accountMasked}</strong> <span>{flow.holderMasked}</span>{' '}
        <span className="soft">{t('book.number', { id: flow.passbookId })}</span>
        <StateMark name={stepGlyphs[flow.step]} testId="book-step">
          {t(`book.at-${flow.step}`)}
          {flow.isStopping ? ` · ${t('book.stopping')}` : ''}
        </StateMark>
        {state !== undefined && (
          <StateMark name={state.glyph} testId="book-printer">
            {nameOf(device)} {say(state.words)}
          </StateMark>
        )}
      </div>
      {flow.code !== undefined && (
        <p className="reason" role="alert" data-testid="book-code" data-code={flow.code}>
          {codeText(flow.code, language)} <span className="mono">{flow.code}</span>
        </p>
      )}
      <div className="book-columns">
        <Panel
          title={t('book.page', { page: flow.page })}
          extra={
            <Segmented
              options={[
                { label: t('book.view-preview'), value: 'preview' },
                { label: t('book.view-list'), value: 'list' },
              ]}
              value={view}
              onChange={setView}
            />
          }
        >
          {view === 'preview' ? <PagePicture flow={flow} /> : <LineList lines={flow.lines} />}
        </Panel>
        <Panel
          title={t('book.progress', {
            done: flow.lines.filter((line) => line.state === 'confirmed').length,
            all: flow.lines.filter((line) => line.state !== 'void').length,
          })}
        >
          {view === 'preview' && <LineList lines={flow.lines} />}
          <div className="buttons">
            <Button
              type="primary"
              data-review
              disabled={main.blocked !== undefined}
              title={main.blocked}
              loading={acting.phase === 'busy'}
              data-testid={`book-${main.act}`}
              onClick={() => (main.act === 'answer' ? setPutOff('') : void acting.act({ name: main.act }))}
            >
              {t(main.label)} F9
            </Button>
            {flow.step === 'printing' && (
              <Button disabled={!canStop} title={canStop ? undefined : t('book.stopping')} onClick={stop} data-testid="book-stop">
                {t('book.stop')} Esc
              </Button>
            )}
            {canAsk && (
              <Button onClick={() => void acting.act({ name: 'look-at-paper' })} data-testid="book-look">
                {t('book.look')}
              </Button>
            )}
            {flow.step !== 'printing' && <CancelFlow flowId={flow.id} />}
          </div>
          <ProblemNote refusal={acting.refusal} />
        </Panel>
      </div>
      {question !== undefined && isPutOff !== question && (
        <Question key={question} flow={flow} doubted={doubted} onLater={() => setPutOff(question)} />
      )}
    </>
  );
}

/** What only a person can know. */
function Question(props: {
  readonly flow: PassbookUpdateView;
  readonly doubted: PassbookUpdateView['lines'][number] | undefined;
  readonly onLater: () => void;
}): ReactNode {
  const { flow, doubted, onLater } = props;
  return doubted === undefined ? (
    <PaperDialog flow={flow} onLater={onLater} />
  ) : (
    <DoubtDialog flow={flow} line={doubted} onLater={onLater} />
  );
}

function spokenQuestion(flow: PassbookUpdateView, doubtedLine: number | undefined, t: Say): string {
  if (doubtedLine !== undefined) return t('book.doubt-spoken', { line: doubtedLine });
  return flow.step === 'check-paper' ? t('book.look-spoken', { page: flow.page }) : '';
}

const stepGlyphs = {
  check: 'waiting',
  printing: 'running',
  paused: 'stale',
  'turn-page': 'needs-hands',
  'check-paper': 'needs-hands',
  'in-doubt': 'doubt',
  finished: 'done',
  cancelled: 'refused',
} as const;

interface MainAct {
  readonly act: 'print' | 'page-turned' | 'answer';
  readonly label: 'book.print' | 'book.go-on' | 'book.turned' | 'book.answer' | 'book.check-paper';
  readonly blocked: string | undefined;
}

function mainAct(flow: PassbookUpdateView, offline: string | undefined, t: Say): MainAct {
  switch (flow.step) {
    case 'turn-page':
      return { act: 'page-turned', label: 'book.turned', blocked: offline };
    case 'check-paper':
      return { act: 'answer', label: 'book.check-paper', blocked: offline };
    case 'in-doubt':
      return { act: 'answer', label: 'book.answer', blocked: offline };
    case 'paused':
      return { act: 'print', label: 'book.go-on', blocked: offline };
    case 'check':
      return { act: 'print', label: 'book.print', blocked: offline };
    case 'printing':
    case 'finished':
    case 'cancelled':
      return { act: 'print', label: 'book.print', blocked: offline ?? t('book.blocked-printing') };
  }
}

function nextStep(flow: PassbookUpdateView, t: Say): string {
  const line = flow.lines.find(({ state }) => state === 'printing');
  switch (flow.step) {
    case 'check':
      return t('book.next-check', { page: flow.page });
    case 'printing':
      return line === undefined ? t('book.next-printing') : t('book.next-line', { line: line.line });
    case 'paused':
      return t('book.next-paused');
    case 'turn-page':
      return t('book.next-turn', { page: flow.page });
    case 'check-paper':
      return t('book.next-look');
    case 'in-doubt':
      return t('book.next-doubt');
    case 'finished':
    case 'cancelled':
      return t('book.next-give');
  }
}
