import type { ReactNode } from 'react';
import { StaleMark } from '../app/stale-mark.tsx';

interface HeadProps {
  readonly code: string;
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

/** Function code and name; focus lands here after navigation. */
export function ScreenHead({ code, title, children }: HeadProps): ReactNode {
  return (
    <div className="screen-head">
      <h1 tabIndex={-1} data-testid="screen-title">
        <span className="screen-code">{code}</span> {title}
      </h1>
      <StaleMark />
      {children}
    </div>
  );
}

export interface Step {
  readonly name: string;
  readonly state: 'done' | 'now' | 'todo';
}

/** ①刷折 ✓ ②核对 ◐ … */
export function StepLine({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }): ReactNode {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map(({ name, state }, index) => (
        <li key={name} className={`step step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
          <span className="step-number">{state === 'done' ? '✓' : index + 1}</span> {name}
        </li>
      ))}
    </ol>
  );
}

/** Steps before `at` are done, `at` is now, later ones are to do. */
export function stepsUntil(names: readonly string[], at: number): readonly Step[] {
  return names.map((name, index) => ({ name, state: index < at ? 'done' : index === at ? 'now' : 'todo' }));
}

/** A titled box on a screen. */
export function Panel({
  title,
  children,
  testId,
  extra,
}: {
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly testId?: string;
  readonly extra?: ReactNode;
}): ReactNode {
  return (
    <section className="panel" data-testid={testId}>
      <div className="panel-head">
        <h2>{title}</h2>
        {extra}
      </div>
      {children}
    </section>
  );
}
