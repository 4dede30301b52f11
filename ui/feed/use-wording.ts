import { useMemo } from 'react';
import { nameIn, useText } from '../i18n/i18n.ts';
import type { Names, Wording } from './entry-text.ts';
import { feed } from './store.ts';

/** Names as the branch knows them now; an id nobody knows stays as it is. */
export function useNames(): Names {
  const { language } = useText();
  const people = feed((state) => state.branch.people);
  const devices = feed((state) => state.branch.devices);
  const positions = feed((state) => state.branch.positions);
  return useMemo(() => {
    const nameAt = (thing: Parameters<typeof nameIn>[1] | undefined, id: string): string =>
      thing === undefined ? id : nameIn(language, thing);
    return {
      person: (id) => (id === undefined ? '' : (people[id]?.name ?? id)),
      device: (id) => (id === undefined ? '' : nameAt(devices[id], id)),
      position: (id) => (id === undefined ? '' : nameAt(positions[id], id)),
    };
  }, [people, devices, positions, language]);
}

export function useWording(): Wording {
  const { t, language } = useText();
  const names = useNames();
  return useMemo(() => ({ t, language, names }), [t, language, names]);
}
