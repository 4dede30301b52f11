import { Button, Checkbox, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { BYPASS_ZONES_MAX, mayBeBypassed, whyNotBypass } from '../../../daemon/contract/bypass.ts';
import type { DeviceView } from '../../../daemon/contract/state.ts';
import { post } from '../../api/client.ts';
import { useIntent } from '../../api/intent.ts';
import { codeText } from '../../i18n/error-text.ts';
import { useText } from '../../i18n/i18n.ts';
import { FieldFlow } from '../../widgets/field-flow.tsx';
import { ProblemNote } from '../../widgets/problem-note.tsx';
import type { PartitionView, ZoneView } from './panel-types.ts';
import { zoneNames } from './zone-words.ts';

interface BypassProps {
  readonly device: DeviceView;
  readonly partition: PartitionView;
  readonly openZones: readonly ZoneView[];
}

/** Asks that open zones are left out of the next arming. Granted by a second person, as arming is. */
export function BypassBox({ device, partition, openZones }: BypassProps): ReactNode {
  const { t, language } = useText();
  const id = useId();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [reason, setReason] = useState('');
  const asking = useIntent(`bypass-${device.id}`);
  // A zone that closed meanwhile needs no bypass any more.
  const zones = chosen.filter((number) => openZones.some(({ zone }) => zone === number));
  const wish = { partition: partition.partition, zones };
  const refusal = whyNotBypass(device, wish);
  const blocked =
    refusal !== undefined
      ? codeText(refusal, language)
      : zones.length === 0
        ? t('bypass.needs-zones')
        : reason.trim() === ''
          ? t('bypass.needs-reason')
          : undefined;
  const ask = (): void => {
    const content = { action: 'bypass' as const, device: device.id, ...wish, reason: reason.trim() };
    void asking.run((approvalId) => post('/approvals', { approvalId, content })).then((ok) => ok && setReason(''));
  };
  return (
    <FieldFlow label={t('bypass.title')}>
      <h3>{t('bypass.title')}</h3>
      <p className="soft">{t('bypass.rule', { max: BYPASS_ZONES_MAX })}</p>
      <Checkbox.Group
        aria-label={t('bypass.zones')}
        value={[...zones]}
        onChange={(values) => setChosen(values)}
        options={openZones.map((zone) => ({
          value: zone.zone,
          disabled: !mayBeBypassed(zone),
          label: mayBeBypassed(zone) ? zoneNames([zone], t) : `${zoneNames([zone], t)} (${t('bypass.not-this')})`,
        }))}
        data-testid="bypass-zones"
      />
      <div className="field">
        <label htmlFor={`${id}-reason`}>{t('bypass.reason')}</label>
        <Input
          id={`${id}-reason`}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          data-testid="bypass-reason"
        />
      </div>
      <Button
        block
        data-review
        disabled={blocked !== undefined}
        title={blocked}
        onClick={ask}
        loading={asking.phase === 'busy'}
        data-testid="bypass-submit"
      >
        {t('bypass.ask')}
      </Button>
      {blocked !== undefined && <p className="soft">{blocked}</p>}
      <ProblemNote refusal={asking.refusal} />
    </FieldFlow>
  );
}
