import { defineConfig } from 'vitest/config';

/**
 * Layers in the order they run. Layers of one group share the machine; the heavy ones - processes, kills,
 * browsers - have a group and a single worker each, so that they never time each other out.
 */
const layers = [
  { name: 'tidy', groupOrder: 0 },
  { name: 'unit', groupOrder: 0 },
  { name: 'conformance', groupOrder: 0 },
  { name: 'simulation', groupOrder: 0 },
  { name: 'scenario', groupOrder: 0 },
  { name: 'contract', groupOrder: 1 },
  { name: 'crash', groupOrder: 2 },
  { name: 'peers', groupOrder: 3 },
  { name: 'e2e', groupOrder: 4 },
] as const;

const isLong = process.env['COUNTERD_LONG'] === '1';

export default defineConfig({
  test: {
    projects: layers.map(({ name, groupOrder }) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        pool: 'forks' as const,
        maxWorkers: groupOrder === 0 ? 2 : 1,
        // Limits for what hangs; no test measures time with them.
        testTimeout: isLong ? 3_600_000 : groupOrder === 0 ? 60_000 : 120_000,
        hookTimeout: 120_000,
        sequence: { groupOrder },
        env: { TZ: 'Asia/Shanghai' },
      },
    })),
  },
});
