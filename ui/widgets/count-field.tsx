import { Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { parseCount } from './count-text.ts';

interface CountFieldProps {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly testId?: string;
  readonly onChange: (value: number) => void;
}

/** Whole numbers from 0 to `max`. Anything else stays visible, is marked, and counts as nothing. */
export function CountField({ label, value, max, testId, onChange }: CountFieldProps): ReactNode {
  const [text, setText] = useState(value === 0 ? '' : String(value));
  const count = parseCount(text, max);
  return (
    <Input
      className="count-input"
      data-testid={testId}
      aria-label={label}
      aria-invalid={count === undefined}
      status={count === undefined ? 'error' : ''}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parseCount(event.target.value, max) ?? 0);
      }}
      onFocus={(event) => event.target.select()}
    />
  );
}
