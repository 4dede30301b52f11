import { useSyncExternalStore } from 'react';

/** Where the page stands: kept behind the `#`, so that every address is served by the one page and survives a reload. */
export interface Route {
  readonly path: string;
  readonly query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  return { path: path === '' ? '/' : path, query: new URLSearchParams(query) };
}

let current = parseRoute(window.location.hash);

function subscribe(listener: () => void): () => void {
  const changed = (): void => {
    current = parseRoute(window.location.hash);
    listener();
  };
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => current);
}

export function go(path: string): void {
  window.location.hash = path;
}

export function goBack(): void {
  window.history.back();
}

/** Changes the filter of this view in its address, without a step in the history. */
export function replaceQuery(route: Route, changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(route.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  window.history.replaceState(null, '', `#${route.path}${text === '' ? '' : `?${text}`}`);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
