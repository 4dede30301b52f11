/** Notes into terminals, entries out at browsers' sockets: how late, at what cost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from './child.ts';
import type { FeedServer, Listen } from './feed-server.ts';
import { NoteLine } from './note-line.ts';

export interface FeedLoad {
  readonly deviceCount: number;
  readonly browserCount: number;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface FeedFigures {
  /** From the note leaving the device to its entry in the browser, in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Notes that came twice, out of order or never, at any browser. */
  readonly faults: number;
  /** Of the server, per second of load. */
  readonly cpuShare: number;
  readonly cpuMsPerDelivery: number;
  readonly residentMb: number;
}

const WARM_UP_NOTES = 200;
const QUIET_MS = 400;

export async function feedRun(server: FeedServer, load: FeedLoad): Promise<FeedFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'counterd-bench-ptys-'));
  const lines = await Promise.all(Array.from({ length: load.deviceCount }, (_, at) => NoteLine.open(join(folder, `cash-${String(at)}`))));
  const child = await server.start(lines.map(({ path }) => path));
  try {
    const browsers = await Promise.all(Array.from({ length: load.browserCount }, () => server.connect(child.url)));
    return await measure(load, { lines, child, browsers });
  } finally {
    await child.end();
    await Promise.all(lines.map((line) => line.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  { browserCount, perSecond, seconds }: FeedLoad,
  { lines, child, browsers }: { readonly lines: readonly NoteLine[]; readonly child: Child; readonly browsers: readonly Listen[] },
): Promise<FeedFigures> {
  const sentAtMs: number[] = [];
  const latenciesMs: number[] = [];
  const nextAt = browsers.map(() => new Map<number, number>());
  let faults = 0;
  let received = 0;
  const ends = browsers.map((listen, browser) =>
    listen((serial) => {
      if (!/^A\d{9}$/.test(serial)) return;
      const number = Number(serial.slice(1));
      const line = number % lines.length;
      if (number !== (nextAt[browser]?.get(line) ?? line)) faults++;
      nextAt[browser]?.set(line, number + lines.length);
      received++;
      if (browser === 0 && number >= WARM_UP_NOTES) latenciesMs.push(performance.now() - (sentAtMs[number] ?? 0));
    }),
  );
  const send = (number: number): void => {
    sentAtMs[number] = performance.now();
    lines[number % lines.length]?.report(`A${String(number).padStart(9, '0')}`);
  };
  await pace(WARM_UP_NOTES, Math.min(perSecond, 500), send);
  await untilQuiet(() => received);
  const cpuBefore = child.cpuMs();
  const noteCount = perSecond * seconds;
  await pace(noteCount, perSecond, (at) => send(WARM_UP_NOTES + at));
  await untilQuiet(() => received);
  const cpuMs = child.cpuMs() - cpuBefore;
  for (const end of ends) end();
  faults += (WARM_UP_NOTES + noteCount) * browserCount - received;
  latenciesMs.sort((a, b) => a - b);
  return {
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    faults,
    cpuShare: cpuMs / (seconds * 1_000),
    cpuMsPerDelivery: cpuMs / (noteCount * browserCount),
    residentMb: child.residentMb(),
  };
}

/** Calls `send` `count` times, so many a second, as evenly as the clock lets. */
function pace(count: number, perSecond: number, send: (at: number) => void): Promise<void> {
  return new Promise((resolve) => {
    const startMs = performance.now();
    let sent = 0;
    const tick = (): void => {
      const due = Math.min(count, Math.floor(((performance.now() - startMs) * perSecond) / 1_000) + 1);
      while (sent < due) send(sent++);
      if (sent === count) resolve();
      else setTimeout(tick, 1);
    };
    tick();
  });
}

/** Resolves when nothing has come for a while. */
async function untilQuiet(received: () => number): Promise<void> {
  for (let before = -1; before !== received();) {
    before = received();
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  }
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
