import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../simulators/kit/random.ts';
import { liveThroughAlarmDay, type AlarmDay } from '../support/alarm-day.ts';
import { checkOutcomes, checkPicture, checkSettled, checkTruths } from '../support/alarm-truth.ts';

const ACTIONS = 45;

function check(day: AlarmDay): void {
  checkSettled(day);
  checkOutcomes(day);
  checkTruths(day);
  checkPicture(day);
}

describe('an IT-100 panel in a branch', () => {
  it('settles every command once, tells every arming and hold-up once, and ends up believing what is', () => {
    const seeds = Number(process.env['COUNTERD_SEEDS'] ?? 200);
    const firstSeed = Number(process.env['COUNTERD_SEED'] ?? Math.floor(Math.random() * 1e9));
    const outcomes = { done: 0, refused: 0, failed: 0, 'in-doubt': 0 };
    const told: Record<string, number> = {};
    for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
      const day = liveThroughAlarmDay(seededRandom(seed), ACTIONS);
      try {
        check(day);
      } catch (cause) {
        process.stderr.write(
          `seed ${seed} failed; replay: COUNTERD_SEED=${seed} COUNTERD_SEEDS=1 npx vitest run test/simulation/alarm-panel.test.ts\n`,
        );
        throw cause;
      }
      for (const { box } of day.commands) if (box.outcome !== undefined) outcomes[box.outcome.kind]++;
      for (const { type } of day.rig.events) told[type] = (told[type] ?? 0) + 1;
    }
    for (const [kind, count] of Object.entries(outcomes)) expect(count, kind).toBeGreaterThan(0);
    for (const type of ['partition-armed', 'partition-disarmed', 'hold-up-raised', 'duress-used', 'resynchronised']) {
      expect(told[`alarm-panel.${type}`], type).toBeGreaterThan(0);
    }
    process.stderr.write(`alarm-panel: ${seeds} seeds from ${firstSeed}: ${JSON.stringify({ ...outcomes, ...told })}\n`);
  }, 3_600_000);
});
