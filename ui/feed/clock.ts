import { useSyncExternalStore } from 'react';
import { feed } from './store.ts';

let nowMs = Date.now();
const listeners = new Set<() => void>();
window.setInterval(() => {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}, 1000);

/** The daemon’s clock, by the second. It stands still while the link is lost: nothing may look fresher than it is. */
export function useDaemonClock(): number {
  const here = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => nowMs,
  );
  const offset = feed((state) => state.clockOffsetMs);
  const stoppedAt = feed((state) => (state.link === 'lost' ? state.freshAt : ''));
  return stoppedAt === '' ? here + offset : Date.parse(stoppedAt);
}
