import { checker, type Checker } from '../../drivers/kit/schema.ts';
import { eventCatalog, securityOnlyTypes, type EntryType } from '../contract/index.ts';
import type { EntryRule } from '../journal/entry.ts';

const compiled = new Map<string, EntryRule>();

/** What the journal must know of an entry type: the contract’s schema, compiled at its first use, and who may see it. */
export function entryRules(type: string): EntryRule | undefined {
  const known = compiled.get(type);
  if (known !== undefined || !Object.hasOwn(eventCatalog, type)) return known;
  const rule = ruleOf(type as EntryType, checker(eventCatalog[type as EntryType].data));
  compiled.set(type, rule);
  return rule;
}

function ruleOf(type: EntryType, checked: Checker<unknown>): EntryRule {
  const rule = { accepts: (data: unknown) => checked.accepts(data), misfits: (data: unknown) => checked.misfits(data) };
  return securityOnlyTypes.has(type) ? { ...rule, audience: 'security' } : rule;
}
