import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { BranchState } from '../contract/index.ts';
import { branchState } from '../registers/branch-state.ts';
import type { Journal } from '../journal/journal.ts';

/** What Prometheus reads at `/metrics`. Counts and states only: no names, no amounts. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #answers: Counter<'status'>;
  readonly #durations: Histogram<'route'>;
  readonly #refusals: Counter<'code'>;

  constructor() {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry, prefix: 'counterd_' });
    this.#answers = new Counter({
      name: 'counterd_http_answers_total',
      help: 'HTTP answers by status.',
      labelNames: ['status'],
      registers,
    });
    this.#durations = new Histogram({
      name: 'counterd_http_seconds',
      help: 'Time to answer by route.',
      labelNames: ['route'],
      buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
      registers,
    });
    this.#refusals = new Counter({
      name: 'counterd_refusals_total',
      help: 'Requests and sockets refused, by error code.',
      labelNames: ['code'],
      registers,
    });
  }

  /** Counts entries as they come and reads the branch when asked. Returns how to stop. */
  observe(journal: Journal): () => void {
    const registers = [this.#registry];
    const entries = new Counter({ name: 'counterd_entries_total', help: 'Journal entries since the start.', registers });
    new Gauge({
      name: 'counterd_journal_seq',
      help: 'The last entry.',
      registers,
      collect() {
        this.set(journal.head());
      },
    });
    new Gauge({
      name: 'counterd_journal_writable',
      help: '1 while the disk accepts entries.',
      registers,
      collect() {
        this.set(journal.health().isWritable ? 1 : 0);
      },
    });
    new Gauge({
      name: 'counterd_devices',
      help: 'Configured devices by phase.',
      labelNames: ['phase'],
      registers,
      collect() {
        this.reset();
        for (const [phase, count] of phaseCounts(journal.stateOf(branchState))) this.set({ phase }, count);
      },
    });
    return journal.onCommit((written) => {
      entries.inc(written.length);
    });
  }

  noteAnswer(status: number, route: string, seconds: number): void {
    this.#answers.inc({ status });
    this.#durations.observe({ route }, seconds);
  }

  noteRefusal(code: string): void {
    this.#refusals.inc({ code });
  }

  /** Reads the live feed when asked: one number per browser, the packets its line has not taken. */
  observeFeed(waitingPackets: () => readonly number[]): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'counterd_feed_clients',
      help: 'Browsers on the live feed.',
      registers,
      collect() {
        this.set(waitingPackets().length);
      },
    });
    new Gauge({
      name: 'counterd_feed_waiting_packets_max',
      help: 'Packets waiting for the slowest browser; bounded, because the slow are paged from disk.',
      registers,
      collect() {
        this.set(Math.max(0, ...waitingPackets()));
      },
    });
  }

  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}

function phaseCounts(state: BranchState): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { phase } of Object.values(state.devices)) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return counts;
}
