/** A process beside the measurement: ready when it prints a line of JSON. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { CounterdError } from '../../drivers/kit/errors.ts';

/** Of Linux: what /proc counts processor time in. */
const TICKS_PER_SECOND = 100;

export class Child {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  /** What node takes: flags, a program and its arguments. */
  static async start(args: readonly string[]): Promise<Child> {
    const child = spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{')) return new Child(child, (JSON.parse(line) as { url: string }).url);
    }
    throw new CounterdError('CD_BUG', `${args.join(' ')} ended before it was ready`);
  }

  /** Calls `task` once the process is gone. */
  whenEnded(task: () => void): void {
    this.#process.once('exit', task);
  }

  /** Processor time used so far, in milliseconds. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${String(this.#process.pid)}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  }

  /** Resident memory now, in megabytes. */
  residentMb(): number {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(this.#process.pid)}/status`, 'utf8')) ?? [];
    return Number(kilobytes) / 1_024;
  }

  async end(): Promise<void> {
    const over = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await over;
  }
}
