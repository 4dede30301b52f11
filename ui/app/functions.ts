import type { Role } from '../../daemon/contract/events/words.ts';
import type { TextKey } from '../i18n/texts.ts';

/** The functions of the branch by the four-digit codes tellers know. W works, A authorises, R reads. */
export type Right = 'W' | 'A' | 'R';
export interface BranchFunction {
  readonly code: string;
  readonly route: string;
  readonly name: TextKey;
  /** First letters of the pinyin, fixed here: no dictionary in the bundle. */
  readonly initials: string;
  /** Needs a position signed in at. */
  readonly needsPosition: boolean;
  readonly rights: Partial<Readonly<Record<Role, Right>>>;
}

const teller = { teller: 'W', 'cash-teller': 'W', auditor: 'R' } as const;
const everybody: BranchFunction['rights'] = {
  teller: 'R',
  'cash-teller': 'R',
  supervisor: 'R',
  'cash-supervisor': 'R',
  'security-officer': 'R',
  'reconciliation-manager': 'R',
  'reconciliation-operator': 'R',
  'reconciliation-reviewer': 'R',
  'reconciliation-clerk': 'R',
  archivist: 'R',
  auditor: 'R',
  administrator: 'R',
  rig: 'R',
};
const approvers = {
  supervisor: 'A',
  'cash-supervisor': 'A',
  'security-officer': 'A',
  'reconciliation-manager': 'A',
  auditor: 'R',
} as const;

export const branchFunctions: readonly BranchFunction[] = [
  {
    code: '1000',
    route: '/desk',
    name: 'fn.1000',
    initials: 'gzt',
    needsPosition: false,
    rights: { ...teller, supervisor: 'R', 'cash-supervisor': 'R' },
  },
  { code: '1100', route: '/desk/passbook', name: 'fn.1100', initials: 'bdz', needsPosition: true, rights: { ...teller, supervisor: 'A' } },
  {
    code: '1200',
    route: '/desk/cash-in',
    name: 'fn.1200',
    initials: 'xjsk',
    needsPosition: true,
    rights: { ...teller, supervisor: 'A', 'cash-supervisor': 'A' },
  },
  {
    code: '4000',
    route: '/security',
    name: 'fn.4000',
    initials: 'fq',
    needsPosition: false,
    rights: { supervisor: 'A', 'security-officer': 'W', auditor: 'R' },
  },
  {
    code: '5300',
    route: '/recon/slips',
    name: 'fn.5300',
    initials: 'hz',
    needsPosition: true,
    rights: {
      ...teller,
      'reconciliation-operator': 'W',
      'reconciliation-clerk': 'W',
      'reconciliation-manager': 'W',
      'reconciliation-reviewer': 'R',
    },
  },
  { code: '6000', route: '/registers/journal', name: 'fn.6000', initials: 'sjrz', needsPosition: false, rights: everybody },
  {
    code: '7000',
    route: '/devices',
    name: 'fn.7000',
    initials: 'sb',
    needsPosition: false,
    rights: { ...everybody, supervisor: 'W', administrator: 'W' },
  },
  { code: '8000', route: '/approvals', name: 'fn.8000', initials: 'sqx', needsPosition: false, rights: approvers },
];

/** What somebody with these roles may do in this function; undefined: neither seen nor reachable. */
export function rightOf(fn: BranchFunction, roles: readonly Role[]): Right | undefined {
  const rights = roles.flatMap((role) => fn.rights[role] ?? []);
  return (['W', 'A', 'R'] as const).find((right) => rights.includes(right));
}

/** The rail: code range, glyph-free short name, first route. */
export function functionsFor(roles: readonly Role[]): readonly BranchFunction[] {
  return branchFunctions.filter((fn) => rightOf(fn, roles) !== undefined);
}

/** Where somebody with these roles lands after signing in. */
export function landingFor(roles: readonly Role[]): string {
  if (roles.includes('teller') || roles.includes('cash-teller')) return '/desk';
  if (roles.includes('supervisor') || roles.includes('cash-supervisor')) return '/approvals';
  if (roles.includes('security-officer')) return '/security';
  if (roles.includes('auditor')) return '/registers/journal';
  return functionsFor(roles)[0]?.route ?? '/devices';
}

/** Whether `typed` finds this function: code, either language, or pinyin initials. */
export function matchesFunction(fn: BranchFunction, names: readonly string[], typed: string): boolean {
  const sought = typed.trim().toLowerCase();
  return (
    sought === '' ||
    fn.code.startsWith(sought) ||
    fn.initials.startsWith(sought) ||
    names.some((name) => name.toLowerCase().includes(sought))
  );
}
