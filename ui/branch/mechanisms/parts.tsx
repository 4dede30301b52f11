import type { ReactNode } from 'react';

interface LampProps {
  readonly isOn: boolean;
  readonly name: string;
  readonly tone?: 'good' | 'warn' | 'bad';
}

/** A lamp says whether it burns by its fill, and in words to those who cannot see it. */
export function Lamp({ isOn, name, tone = 'good' }: LampProps): ReactNode {
  return (
    <span className={`lamp lamp-${tone} ${isOn ? 'lamp-on' : ''}`}>
      <span aria-hidden="true">{isOn ? '●' : '○'}</span> {name}
    </span>
  );
}

interface KeyProps {
  readonly name: string;
  readonly shown?: string;
  readonly testId: string;
  readonly isOff?: boolean;
  readonly onPress: () => void;
}

export function Key({ name, shown, testId, isOff = false, onPress }: KeyProps): ReactNode {
  return (
    <button type="button" className="panel-key" disabled={isOff} aria-label={name} data-testid={testId} onClick={onPress}>
      {shown ?? name}
    </button>
  );
}
