import { CounterdError } from '../../drivers/kit/errors.ts';
import { parseReadyLine } from '../config/demo-config.ts';
import type { BranchProcess } from './simulated-branch.ts';

/**
 * A simulated branch that somebody else runs (`counterd sim branch`): the world goes on when the daemon ends. Its
 * terminals and ports keep their names as long as it lives. Throws CD_SIM_SCENARIO when there is none at `control`.
 */
export async function attachToBranch(control: string): Promise<BranchProcess> {
  const branch = parseReadyLine(await askReady(control));
  const addresses = new Map(branch.devices.map(({ id, address }) => [id, address]));
  return { branch, addressOf: (deviceId) => addresses.get(deviceId), stop: () => Promise.resolve() };
}

async function askReady(control: string): Promise<string> {
  try {
    const answer = await fetch(new URL('/api/ready', control), { redirect: 'error' });
    return await answer.text();
  } catch (cause) {
    throw new CounterdError('CD_SIM_SCENARIO', `no simulated branch answers at ${control}`, { cause });
  }
}
