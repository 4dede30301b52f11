/** `counterd` as people run it: the built program, in processes of its own. */
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { assert } from '../../drivers/kit/assert.ts';
import { root } from './source-files.ts';

const program = join(root, 'dist', 'counterd.mjs');

/** Builds dist/ when its sources have changed. Call it once, before the first run of the program. */
export function buildProgram(): void {
  const built = spawnSync(process.execPath, [join(root, '.ci', 'ensure.mjs'), '--build=program'], { cwd: root, encoding: 'utf8' });
  assert(built.status === 0, `the program builds:\n${built.stderr}`);
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of stdout that is JSON, parsed. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
}

/** Runs `counterd` to its end. */
export async function runCounterd(
  args: readonly string[],
  options: { readonly stdin?: string; readonly env?: Record<string, string> } = {},
): Promise<Ran> {
  const running = startCounterd(args, options.env);
  running.child.stdin.end(options.stdin ?? '');
  const [status] = (await once(running.child, 'close')) as [number | null];
  return { status, stdout: running.stdout(), stderr: running.stderr(), lines: jsonLines(running.stdout()) };
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  stdout(): string;
  stderr(): string;
  /** The next line of stdout, parsed; rejects with stderr when the program ends before. */
  nextLine(): Promise<Readonly<Record<string, unknown>>>;
  /** Sends `signal` and waits for the end; its status, or null when a signal killed it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts `counterd` and leaves it running. */
export function startCounterd(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...env } });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    stdout: () => out,
    stderr: () => errors,
    async nextLine() {
      const next = await lines.next();
      assert(next.done !== true, `counterd ${args.join(' ')} ended before it said anything:\n${errors}`);
      return JSON.parse(next.value) as Readonly<Record<string, unknown>>;
    },
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
  };
}

function jsonLines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Readonly<Record<string, unknown>>] : []));
}
