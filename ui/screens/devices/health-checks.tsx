import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { DeviceDetail, OutcomeAnswer } from '../../../daemon/contract/http.ts';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import { post, segment } from '../../api/client.ts';
import { useIntent } from '../../api/intent.ts';
import { feed } from '../../feed/store.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { StateMark } from '../../widgets/glyph.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import { clockTime } from '../../widgets/time.ts';

type Command = DeviceDetail['commands'][number];
const levels = ['internal', 'external', 'interactive'] as const;

/** Health on three levels: by itself, with a visible effect, with a person. Each says when it was last done and how it ended. */
export function HealthChecks({ device, commands }: { readonly device: DeviceView; readonly commands: readonly Command[] }): ReactNode {
  const { t } = useText();
  return (
    <ul className="health">
      {levels.map((level) => {
        const command = commands.find(({ health }) => health === level);
        return (
          <li key={level}>
            <strong>{t(`health.${level}`)}</strong>
            {command === undefined ? <span className="soft">{t('health.none')}</span> : <HealthCheck device={device} command={command} />}
          </li>
        );
      })}
    </ul>
  );
}

function HealthCheck({ device, command }: { readonly device: DeviceView; readonly command: Command }): ReactNode {
  const { t, language } = useText();
  const isLive = feed((state) => state.link === 'live');
  const last = feed((state) =>
    state.entries.findLast(
      (entry) => entry.type === 'device.command-settled' && entry.device === device.id && entry.data.command === command.name,
    ),
  );
  const asking = useIntent(`health-${device.id}-${command.name}`);
  const [outcome, setOutcome] = useState<OutcomeAnswer['outcome']>();
  const blocked = !isLive ? t('key.offline') : device.phase === 'online' ? undefined : t('security.blocked-offline');
  const check = (): void => {
    void asking.run(async (commandId) => {
      const answer = await post<OutcomeAnswer>(`/devices/${segment(device.id)}/commands`, { commandId, name: command.name, args: {} });
      setOutcome(answer.outcome);
    });
  };
  const settled = last?.type === 'device.command-settled' ? last : undefined;
  const shown = settled?.data.outcome ?? outcome;
  return (
    <>
      {shown === undefined ? (
        <StateMark name="idle">{t('health.never')}</StateMark>
      ) : (
        <StateMark name={glyphs[shown.kind]} testId={`health-${command.name}`}>
          {t(`outcome.${shown.kind}`)} {settled === undefined ? '' : clockTime(settled.at)}{' '}
          {shown.code === undefined ? '' : codeText(shown.code, language)}
        </StateMark>
      )}
      <Button
        size="small"
        disabled={blocked !== undefined}
        title={blocked ?? command.doc}
        onClick={check}
        loading={asking.phase === 'busy'}
        data-testid={`check-${command.name}`}
      >
        {t('health.run')}
      </Button>
      <ProblemNote refusal={asking.refusal} />
    </>
  );
}

const glyphs = { done: 'done', refused: 'refused', failed: 'failed', 'in-doubt': 'doubt' } as const;
