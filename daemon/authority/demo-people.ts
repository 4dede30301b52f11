import type { Role } from '../contract/index.ts';
import type { People } from './people.ts';

/** One password for all of them: they exist only in a simulated branch, and the login screen shows it. */
export const DEMO_PASSWORD = 'demo-2026';

/** The people of the demonstration, one for each way of looking at the branch. */
export const demoPeople: readonly { readonly id: string; readonly name: string; readonly roles: readonly Role[] }[] = [
  { id: '0172', name: '王敏', roles: ['teller'] },
  { id: '0168', name: '赵芳', roles: ['cash-teller'] },
  { id: '0101', name: '李强', roles: ['supervisor'] },
  { id: '0201', name: '周洁', roles: ['security-officer'] },
  { id: '0202', name: '陈刚', roles: ['security-officer'] },
  { id: '0301', name: '孙丽', roles: ['auditor'] },
  { id: '0001', name: '系统管理员', roles: ['administrator'] },
];

/** Registers those who are not there yet. Returns how many that were. */
export async function registerDemoPeople(people: People): Promise<number> {
  const known = new Set(people.list().map(({ id }) => id));
  const missing = demoPeople.filter(({ id }) => !known.has(id));
  await Promise.all(missing.map((person) => people.register({ ...person, password: DEMO_PASSWORD })));
  return missing.length;
}
