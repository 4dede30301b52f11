import type { IntentKey } from '../authority/intents.ts';
import type { GatewayParts } from './gateway-parts.ts';

/**
 * Carries out one intention that leaves the daemon, at most once: begun on disk before it starts, its answer
 * kept when it ends. Sent again it gets that answer; sent again after a crash in between it is refused, because
 * nobody knows. When `act` throws, nothing has left and the intention is forgotten.
 */
export async function runOnce<A>(
  parts: Pick<GatewayParts, 'journal' | 'intents' | 'clock'>,
  key: IntentKey,
  act: () => Promise<A>,
): Promise<A> {
  const { journal, intents, clock } = parts;
  const { result: before } = await journal.transact(() => {
    const answered = intents.answered(key);
    if (answered === undefined) intents.begin(key, clock.nowMs());
    return { entries: [], result: answered };
  });
  const note = (write: () => void): Promise<unknown> =>
    journal.transact(() => {
      write();
      return { entries: [], result: undefined };
    });
  if (before !== undefined) return before.answer as A;
  try {
    const answer = await act();
    await note(() => intents.settle(key, answer, clock.nowMs()));
    return answer;
  } catch (refusal) {
    await note(() => intents.forget(key));
    throw refusal;
  }
}
