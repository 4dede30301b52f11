import { CounterdError } from '../../drivers/kit/errors.ts';
import { roleWords, type Role } from '../contract/index.ts';

/** Two roles that nobody may hold together. */
export interface Exclusion {
  readonly role: Role;
  readonly excludes: readonly Role[];
  readonly because: 'P-3';
}

/** Roles that touch neither business nor the bank’s customers: an administrator may hold them too. */
const withoutBusiness: readonly Role[] = ['administrator', 'auditor', 'rig'];

/** Separation of duties as data (P-3). */
export const exclusions: readonly Exclusion[] = [
  { role: 'reconciliation-clerk', excludes: ['teller', 'cash-teller', 'reconciliation-reviewer'], because: 'P-3' },
  { role: 'administrator', excludes: roleWords.filter((role) => !withoutBusiness.includes(role)), because: 'P-3' },
];

/** The first exclusion that `roles` break, with the role that breaks it. */
export function brokenExclusion(roles: readonly Role[]): { readonly role: Role; readonly with: Role } | undefined {
  for (const { role, excludes } of exclusions) {
    const other = roles.includes(role) ? excludes.find((excluded) => roles.includes(excluded)) : undefined;
    if (other !== undefined) return { role, with: other };
  }
  return undefined;
}

/** Refuses a set of roles that P-3 forbids, at the moment they are given and again when they are used. */
export function checkRoles(roles: readonly Role[]): void {
  const broken = brokenExclusion(roles);
  if (broken !== undefined) throw new CounterdError('CD_AUTH_SEPARATION', `${broken.role} + ${broken.with}`);
}
