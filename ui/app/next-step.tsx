import { useEffect, type ReactNode } from 'react';
import { create } from 'zustand';
import { useText } from '../i18n/i18n.ts';

const step = create<{ readonly text: string }>(() => ({ text: '' }));

/** A screen says its next step in a sentence; the frame shows it in its own line. */
export function useNextStep(text: string): void {
  useEffect(() => {
    step.setState({ text });
  }, [text]);
  useEffect(() => () => step.setState({ text: '' }), []);
}

export function NextStepLine(): ReactNode {
  const { t } = useText();
  const { text } = step();
  return (
    <section className="next-step" aria-label={t('frame.next')} data-testid="next-step">
      <strong>{t('frame.next')}</strong> <span>{text}</span>
    </section>
  );
}
