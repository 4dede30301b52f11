import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { CashCountView } from '../../../daemon/contract/state.ts';
import { useKeys } from '../../app/keys.ts';
import { useNextStep } from '../../app/next-step.tsx';
import { deviceWords } from '../../feed/device-words.ts';
import { useDaemonClock } from '../../feed/clock.ts';
import { feed } from '../../feed/store.ts';
import { useText, type Say } from '../../i18n/i18n.ts';
import { toCapitals } from '../../widgets/capitals.ts';
import { FieldFlow } from '../../widgets/field-flow.tsx';
import { StateMark } from '../../widgets/glyph.tsx';
import { formatHeading, formatMinor } from '../../widgets/money.ts';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { CancelFlow } from '../cancel-flow.tsx';
import { useFlowAction } from '../flow-actions.ts';
import { Panel } from '../screen-head.tsx';
import { CompareTable } from './compare-table.tsx';
import { currentResult, differenceOf } from './compare.ts';
import { NoteList } from './note-list.tsx';

/** The machine counts, the screen follows; then the difference is zero, or counted again, or recorded. */
export function CountView({ flow }: { readonly flow: CashCountView }): ReactNode {
  const { t, language, say, nameOf } = useText();
  const nowMs = useDaemonClock();
  const device = feed((state) => state.branch.devices[flow.deviceId]);
  const isLive = feed((state) => state.link === 'live');
  const result = currentResult(flow);
  const difference = differenceOf(flow, result);
  const isEven = difference === '0' && result.isComplete;
  const finishing = useFlowAction(flow.id, `finish-${String(flow.results.length)}`);
  const recounting = useFlowAction(flow.id, `recount-${String(flow.results.length)}`);
  const isCompare = flow.step === 'compare';
  const blocked = !isLive
    ? t('key.offline')
    : !isCompare
      ? t('cash.blocked-counting')
      : difference !== '0' && flow.difference === undefined
        ? t('cash.blocked-difference')
        : undefined;
  const finish = (): void => void finishing.act({ name: 'finish' });
  useKeys({ F9: { label: 'cash.finish', blocked, run: finish } });
  const state = device === undefined ? undefined : deviceWords(device, nowMs);
  useNextStep(
    nextStep({ flow, difference, needsHands: state?.needsHands === true ? `${nameOf(device)}: ${say(state.words)}` : undefined, t }),
  );
  return (
    <>
      <div className="amount-line">
        <span>
          {t('cash.slip-amount')} <strong>{formatHeading(flow.slipTotalMinor, flow.currency, language)}</strong>
        </span>
        <span className="capitals">人民币{toCapitals(flow.slipTotalMinor)}</span>
        {state !== undefined && (
          <StateMark name={state.glyph} testId="cash-machine">
            {nameOf(device)} {say(state.words)}
          </StateMark>
        )}
        <span className="soft">{t('cash.apart')}</span>
      </div>
      <div className="cash-columns">
        <Panel title={t('cash.compare')} testId="cash-compare">
          <CompareTable flow={flow} result={result} />
          <div className="difference" data-testid="cash-difference" data-difference={difference}>
            <StateMark name={isEven ? 'done' : flow.step === 'counting' ? 'running' : 'contradiction'}>
              {differenceText(difference, t)}
            </StateMark>
            {!result.isComplete && <StateMark name="unknown">{t('cash.incomplete')}</StateMark>}
            {flow.difference !== undefined && (
              <StateMark name="signed">
                {t('cash.recorded', { kind: t(`word.${flow.difference.kind}`), amount: formatMinor(flow.difference.differenceMinor) })}
              </StateMark>
            )}
          </div>
          {flow.results.length > 1 && <Attempts flow={flow} />}
          {isCompare && difference !== '0' && flow.difference === undefined && <DifferenceForm flow={flow} />}
          <div className="buttons">
            <Button
              type="primary"
              data-review
              disabled={blocked !== undefined}
              title={blocked}
              onClick={finish}
              loading={finishing.phase === 'busy'}
              data-testid="cash-finish"
            >
              {t('cash.finish')} F9
            </Button>
            <Button
              disabled={!isCompare || !isLive}
              title={isCompare ? undefined : t('cash.blocked-counting')}
              onClick={() => void recounting.act({ name: 'recount' })}
              loading={recounting.phase === 'busy'}
              data-testid="cash-recount"
            >
              {t('cash.recount')}
            </Button>
            <CancelFlow flowId={flow.id} />
          </div>
          <ProblemNote refusal={finishing.refusal ?? recounting.refusal} />
        </Panel>
        <NoteList running={flow.running} />
      </div>
    </>
  );
}

function Attempts({ flow }: { readonly flow: CashCountView }): ReactNode {
  const { t } = useText();
  return (
    <ol className="attempts" aria-label={t('cash.attempts')}>
      {flow.results.map((result, index) => (
        <li key={index}>{t('cash.attempt', { number: index + 1, count: result.noteCount, amount: formatMinor(result.totalMinor) })}</li>
      ))}
    </ol>
  );
}

function DifferenceForm({ flow }: { readonly flow: CashCountView }): ReactNode {
  const { t } = useText();
  const id = useId();
  const [note, setNote] = useState('');
  const recording = useFlowAction(flow.id, `difference-${String(flow.results.length)}`);
  return (
    <FieldFlow label={t('cash.record')}>
      <div className="field">
        <label htmlFor={id}>{t('cash.note')}</label>
        <Input id={id} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} data-testid="difference-note" />
      </div>
      <Button
        data-review
        disabled={note.trim() === ''}
        title={note.trim() === '' ? t('cash.needs-note') : undefined}
        onClick={() => void recording.act({ name: 'record-difference', note: note.trim() })}
        loading={recording.phase === 'busy'}
        data-testid="difference-record"
      >
        {t('cash.record')}
      </Button>
      <ProblemNote refusal={recording.refusal} />
    </FieldFlow>
  );
}

function differenceText(difference: string, t: Say): string {
  if (difference === '0') return t('cash.even');
  return difference.startsWith('-')
    ? t('cash.short', { amount: formatMinor(difference) })
    : t('cash.over', { amount: `+${formatMinor(difference)}` });
}

interface Situation {
  readonly flow: CashCountView;
  readonly difference: string;
  readonly needsHands: string | undefined;
  readonly t: Say;
}

function nextStep({ flow, difference, needsHands, t }: Situation): string {
  if (needsHands !== undefined) return needsHands;
  if (flow.step === 'counting') return flow.running.noteCount === 0 ? t('cash.next-drop') : t('cash.next-counting');
  if (difference === '0') return t('cash.next-finish');
  return flow.difference === undefined ? t('cash.next-difference') : t('cash.next-recorded');
}
