import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of ours running as a process of its own, as it does at a branch. */
export interface ChildProgram {
  readonly child: ChildProcess;
  /** The first line of stdout, parsed: every program prints one JSON line when it serves. */
  readonly ready: Readonly<Record<string, unknown>>;
  /** All of stderr so far. */
  stderr(): string;
  /** Ends it with `signal` and waits until it is gone; says its exit code (null when killed). */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `node <args>` and waits for its ready line; rejects with its stderr when it ends before. */
export async function startProgram(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<ChildProgram> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ready = await firstLine(child, () => errors);
  return {
    child,
    ready,
    stderr: () => errors,
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

function firstLine(child: ChildProcess, errors: () => string): Promise<Readonly<Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) return;
    const lines = createInterface({ input: child.stdout });
    lines.once('line', (line) => {
      resolve(JSON.parse(line) as Record<string, unknown>);
    });
    child.once('exit', (code) => {
      reject(new Error(`ended with ${String(code)} before it was ready:\n${errors()}`));
    });
  });
}
