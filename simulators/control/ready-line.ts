import type { BranchDevice, ServedBranch } from '../serve/served-branch.ts';

/**
 * Where everything of a served branch is: the line that `counterd sim branch` prints, and what `GET /api/ready`
 * answers a daemon that attaches to a branch already running.
 */
export function readyLine(branch: ServedBranch, control: string): Readonly<Record<string, unknown>> {
  return { ready: true, control, scenario: branch.scenario, seed: branch.seed, devices: branch.devices.map(deviceLine) };
}

function deviceLine({ served, name, position, options }: BranchDevice): Readonly<Record<string, unknown>> {
  const model = served.simulator.id;
  return {
    id: served.id,
    family: model.split('/')[0],
    model,
    address: served.address,
    name: name.zh,
    englishName: name.en,
    ...(position === undefined ? {} : { position }),
    ...(options === undefined ? {} : { options }),
  };
}
