import { hash } from 'node:crypto';

/** SHA-256 of the canonical JSON of `content`: members sorted, no spaces, absent members absent. Binds an approval to what was asked (P-5). */
export function contentHash(content: unknown): string {
  return hash('sha256', canonicalJson(content), 'hex');
}

/** One text for one value, whatever order its members were given in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
