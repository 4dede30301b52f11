import { useEffect, useId } from 'react';
import { create } from 'zustand';
import type { TextKey } from '../i18n/texts.ts';

export const keyNames = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F12'] as const;
export type KeyName = (typeof keyNames)[number];

export interface KeyAct {
  readonly label: TextKey;
  /** Why the key does nothing now, in words; absent when it does. */
  readonly blocked?: string | undefined;
  readonly run: () => void;
}
export type KeyActs = Partial<Record<KeyName | 'Escape', KeyAct>>;

/** Frame below screen below dialog: the upper one wins, and a dialog hides the keys of the screen under it. */
export type KeyLevel = 'frame' | 'screen' | 'dialog';
const ranks: Readonly<Record<KeyLevel, number>> = { frame: 0, screen: 1, dialog: 2 };

interface Layer {
  readonly id: string;
  readonly level: KeyLevel;
  readonly acts: KeyActs;
}

export const keyLayers = create<{ readonly layers: readonly Layer[] }>(() => ({ layers: [] }));

/** Says what the function keys do while this component is there. */
export function useKeys(acts: KeyActs, level: KeyLevel = 'screen'): void {
  const id = useId();
  useEffect(() => {
    keyLayers.setState(({ layers }) => ({
      layers: [...layers.filter((layer) => layer.id !== id), { id, level, acts }].sort((a, b) => ranks[a.level] - ranks[b.level]),
    }));
  });
  useEffect(() => () => keyLayers.setState(({ layers }) => ({ layers: layers.filter((layer) => layer.id !== id) })), [id]);
}

/** What each key does here and now. */
export function activeKeys(layers: readonly Layer[]): KeyActs {
  const dialog = layers.filter(({ level }) => level === 'dialog').at(-1);
  if (dialog === undefined) return Object.assign({}, ...layers.map(({ acts }) => acts)) as KeyActs;
  const { F12, F1 } = Object.assign({}, ...layers.filter(({ level }) => level === 'frame').map(({ acts }) => acts)) as KeyActs;
  return { ...(F12 === undefined ? {} : { F12 }), ...(F1 === undefined ? {} : { F1 }), ...dialog.acts };
}

/** The page’s one key listener. Held keys and keys of an input method do nothing. */
export function listenToKeys(): () => void {
  const listen = (event: KeyboardEvent): void => {
    const name = nameOf(event);
    if (name === undefined || event.isComposing) return;
    const acts = activeKeys(keyLayers.getState().layers);
    const act = acts[name];
    if (name === 'Escape' && act === undefined) return;
    event.preventDefault();
    if (!event.repeat && act !== undefined && act.blocked === undefined) act.run();
  };
  window.addEventListener('keydown', listen);
  return () => window.removeEventListener('keydown', listen);
}

function nameOf(event: KeyboardEvent): KeyName | 'Escape' | undefined {
  if (event.ctrlKey && !event.shiftKey && event.key.toLowerCase() === 'k') return 'F2';
  if (event.ctrlKey || event.altKey || event.metaKey) return undefined;
  if (event.key === 'Escape') return 'Escape';
  if (event.code === 'NumpadAdd' && event.target instanceof HTMLElement && event.target.matches('[data-review]')) return 'F9';
  return keyNames.find((name) => name === event.key && !(event.shiftKey && name !== 'F6'));
}
