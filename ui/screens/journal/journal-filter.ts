import type { Entry } from '../../../daemon/contract/entry.ts';

export interface JournalFilter {
  /** An entry type, or an area ending in a dot; empty for all. */
  readonly type: string;
  readonly device: string;
  readonly actor: string;
  readonly flow: string;
  readonly text: string;
}

export function filterOf(query: URLSearchParams): JournalFilter {
  const of = (name: string): string => query.get(name) ?? '';
  return { type: of('type'), device: of('device'), actor: of('actor'), flow: of('flow'), text: of('text') };
}

/** The one predicate for what the daemon sends now and what it is asked for from before. */
export function accepts(filter: JournalFilter, entry: Entry): boolean {
  const isType = filter.type === '' || (filter.type.endsWith('.') ? entry.type.startsWith(filter.type) : entry.type === filter.type);
  return (
    isType &&
    (filter.device === '' || entry.device === filter.device) &&
    (filter.actor === '' || entry.actor === filter.actor) &&
    (filter.flow === '' || entry.flow === filter.flow) &&
    (filter.text === '' || JSON.stringify(entry).toLowerCase().includes(filter.text.toLowerCase()))
  );
}

/** The part of the filter the daemon applies itself. */
export function filterQuery({ type, device, actor, flow }: JournalFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ type, device, actor, flow })) if (value !== '') query.set(name, value);
  return query.toString();
}
