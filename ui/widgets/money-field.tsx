import { Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../i18n/i18n.ts';
import { toCapitals } from './capitals.ts';
import { formatMinor, parseMoney, type MoneyRule } from './money.ts';

interface MoneyFieldProps {
  readonly label: string;
  /** Minor units; empty while nothing usable is typed. */
  readonly valueMinor: string;
  readonly rule?: MoneyRule;
  readonly showCapitals?: boolean;
  readonly testId?: string;
  readonly onChange: (minor: string) => void;
}

/** Text that is money: nothing typed is rounded, re-scaled or dropped; what cannot be sent is said in words and kept. */
export function MoneyField({ label, valueMinor, rule = {}, showCapitals = true, testId, onChange }: MoneyFieldProps): ReactNode {
  const { t } = useText();
  const id = useId();
  const [text, setText] = useState(valueMinor === '' ? '' : formatMinor(valueMinor));
  const parsed = parseMoney(text, rule);
  const hasProblem = !parsed.ok && parsed.reason !== 'empty';
  const accept = (typed: string): void => {
    setText(typed);
    const next = parseMoney(typed, rule);
    onChange(next.ok ? next.minor : '');
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        data-testid={testId}
        className="money-input"
        inputMode="decimal"
        autoComplete="off"
        value={text}
        status={hasProblem ? 'error' : ''}
        aria-invalid={hasProblem}
        aria-describedby={`${id}-note`}
        onChange={(event) => accept(event.target.value)}
        onBlur={() => parsed.ok && setText(formatMinor(parsed.minor))}
        onFocus={(event) => event.target.select()}
      />
      <div id={`${id}-note`} className={hasProblem ? 'field-problem' : 'field-note'} role={hasProblem ? 'alert' : undefined}>
        {hasProblem ? t(`money.${parsed.reason}`) : showCapitals && parsed.ok ? `人民币${toCapitals(parsed.minor)}` : ''}
      </div>
    </div>
  );
}
