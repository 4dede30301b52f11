import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CounterdError } from '../../drivers/kit/errors.ts';
import { simulators } from '../simulators.generated.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

export interface LoadedScenario {
  /** The name it was asked for by, without folder and ending. */
  readonly id: string;
  readonly scenario: Scenario;
}

/** A scenario that comes with counterd, by name, or any YAML file. Throws CD_SIM_SCENARIO. */
export function loadScenario(nameOrFile: string): LoadedScenario {
  const isName = /^[a-z0-9-]+$/.test(nameOrFile);
  const file = isName ? join(scenarioFolder(), `${nameOrFile}.yaml`) : nameOrFile;
  if (!existsSync(file)) {
    throw new CounterdError('CD_SIM_SCENARIO', `"${nameOrFile}" is no file and none of: ${scenarioNames().join(', ')}`);
  }
  return { id: basename(file).replace(/\.ya?ml$/, ''), scenario: parseScenario(readFileSync(file, 'utf8'), simulators) };
}

/** Scenarios that come with counterd. */
export function scenarioNames(): readonly string[] {
  return readdirSync(scenarioFolder())
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => basename(name, '.yaml'))
    .sort();
}

/** The files stay in the sources; a built program finds them from the root of its package. */
function scenarioFolder(): string {
  return join(packageRoot(), 'simulators', 'scenarios');
}

/** The folder of package.json, above sources and dist/ alike. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder);
    if (above === folder) throw new CounterdError('CD_SIM_SCENARIO', 'the files of the package are not beside the program');
    folder = above;
  }
  return folder;
}
