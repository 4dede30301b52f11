import { useMemo } from 'react';
import { useText } from '../i18n/i18n.ts';
import type { Names, Wording } from './entry-text.ts';
import { feed } from './store.ts';

/** Names as the branch knows them now; an id nobody knows stays as it is. */
export function useNames(): Names {
  const people = feed((state) => state.branch.people);
  const devices = feed((state) => state.branch.devices);
  const positions = feed((state) => state.branch.positions);
  return useMemo(
    () => ({
      person: (id) => (id === undefined ? '' : (people[id]?.name ?? id)),
      device: (id) => (id === undefined ? '' : (devices[id]?.name ?? id)),
      position: (id) => (id === undefined ? '' : (positions[id]?.name ?? id)),
    }),
    [people, devices, positions],
  );
}

export function useWording(): Wording {
  const { t, language } = useText();
  const names = useNames();
  return useMemo(() => ({ t, language, names }), [t, language, names]);
}
