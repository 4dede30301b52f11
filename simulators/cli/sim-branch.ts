import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serveControl } from '../control/control-server.ts';
import { readyLine } from '../control/ready-line.ts';
import { PacedClock } from '../kit/paced-clock.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';
import { serveBranch } from '../serve/served-branch.ts';
import { parseListenPlace } from '../serve/tcp.ts';
import { openTrace } from '../serve/trace.ts';
import { simulators } from '../simulators.generated.ts';
import { printLine } from './run-program.ts';
import { chosenSeed, untilStopped } from './serving.ts';

export interface SimBranchOptions {
  readonly control?: string;
  readonly dir?: string;
  readonly trace?: string;
  readonly seed?: number;
  readonly withParent?: boolean;
}

/** Serves a whole branch until the process is asked to end. */
export async function simulateBranch(nameOrFile: string, options: SimBranchOptions): Promise<void> {
  const { id, scenario } = loadScenario(nameOrFile);
  const place = parseListenPlace(options.control ?? '127.0.0.1:0');
  const seed = chosenSeed(options.seed);
  const folder = options.dir === undefined ? mkdtempSync(join(tmpdir(), 'counterd-branch-')) : resolve(options.dir);
  mkdirSync(folder, { recursive: true });
  const trace = options.trace === undefined ? undefined : openTrace(options.trace);
  try {
    const branch = await serveBranch({
      id,
      scenario,
      simulators,
      seed,
      clock: new PacedClock(Date.now()),
      folder,
      ...(trace === undefined ? {} : { trace: trace.write }),
      refused: (moment, why) => process.stderr.write(`at ${moment.at}, ${moment.device}: refused (${why})\n`),
    });
    try {
      // Before the ready line: whoever reads it may tell us to stop at once.
      const stopped = untilStopped(options.withParent === true);
      const control = await serveControl(branch, place);
      printLine(readyLine(branch, control.url));
      await stopped;
      await control.close();
    } finally {
      await branch.close();
    }
  } finally {
    trace?.close();
    if (options.dir === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
