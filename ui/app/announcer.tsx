import { useEffect, useState, type ReactNode } from 'react';
import { create } from 'zustand';

/** Two permanent live regions. Polite: the outcome of one’s own act. Assertive: hands needed, in doubt, link lost. */
const spoken = create<{ readonly polite: string; readonly assertive: string }>(() => ({ polite: '', assertive: '' }));

export const announce = (text: string): void => spoken.setState({ polite: text });
export const announceNow = (text: string): void => spoken.setState({ assertive: text });

export function Announcer(): ReactNode {
  const { polite, assertive } = spoken();
  return (
    <>
      <div className="hidden-text" role="status" aria-live="polite" data-testid="live-polite">
        {polite}
      </div>
      <div className="hidden-text" role="alert" aria-live="assertive" data-testid="live-assertive">
        {assertive}
      </div>
    </>
  );
}

/** Said once, when `text` appears or changes. */
export function useAnnouncement(text: string): void {
  useEffect(() => {
    if (text !== '') announceNow(text);
  }, [text]);
}

/** The outcome of one’s own act: bottom centre, one at a time, five seconds. Never for what devices do. */
const toast = create<{ readonly text: string; readonly count: number }>(() => ({ text: '', count: 0 }));

export function tellOutcome(text: string): void {
  toast.setState(({ count }) => ({ text, count: count + 1 }));
  announce(text);
}

export function OutcomeToast(): ReactNode {
  const { text, count } = toast();
  const [goneAt, setGoneAt] = useState(0);
  useEffect(() => {
    const timer = window.setTimeout(() => setGoneAt(count), 5000);
    return () => window.clearTimeout(timer);
  }, [count]);
  if (text === '' || goneAt === count) return null;
  return (
    <div className="toast" data-testid="toast" aria-hidden="true">
      {text}
    </div>
  );
}
