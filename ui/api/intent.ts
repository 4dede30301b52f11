import { useCallback, useState } from 'react';
import { feed } from '../feed/store.ts';
import { newId, type IdSource } from './intent-id.ts';
import { toRefusal, type RequestRefused } from './problem.ts';

export type IntentPhase = 'ready' | 'busy' | 'uncertain';

export interface Intent {
  readonly phase: IntentPhase;
  readonly refusal: RequestRefused | undefined;
  /** Carries out `send` with the id of this form. Ignored while one is under way: held keys make one command. */
  readonly run: (send: (id: string) => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
}

/**
 * One form, one intention: its id is made before anything is sent and kept over reloads until a definite answer
 * came, so that a held key, a double click or a reload in the middle never makes a second command.
 */
export function useIntent(form: string, source: IdSource = newId): Intent {
  const [phase, setPhase] = useState<IntentPhase>('ready');
  const [refusal, setRefusal] = useState<RequestRefused>();
  const run = useCallback(
    async (send: (id: string) => Promise<unknown>) => {
      if (isBusy(form)) return false;
      busyForms.add(form);
      setPhase('busy');
      setRefusal(undefined);
      const id = source.take(form);
      try {
        await send(id);
        source.settle(form);
        setPhase('ready');
        return true;
      } catch (error) {
        const reason = toRefusal(error);
        setRefusal(reason);
        if (reason.isUncertain)
          waitForFeed({
            form,
            id,
            source,
            settle: () => {
              setPhase('ready');
              setRefusal(undefined);
            },
          });
        else source.settle(form);
        setPhase(reason.isUncertain ? 'uncertain' : 'ready');
        return false;
      } finally {
        busyForms.delete(form);
      }
    },
    [form, source],
  );
  const clear = useCallback(() => setRefusal(undefined), []);
  return { phase, refusal, run, clear };
}

const busyForms = new Set<string>();
const isBusy = (form: string): boolean => busyForms.has(form);

interface Wait {
  readonly form: string;
  readonly id: string;
  readonly source: IdSource;
  readonly settle: () => void;
}

/** No answer came: the entry that this command caused is the answer, whenever the feed brings it. */
function waitForFeed({ form, id, source, settle }: Wait): void {
  const stop = feed.subscribe(({ entries }) => {
    if (!entries.some((entry) => entry.cause === id || entry.flow === id)) return;
    stop();
    source.settle(form);
    settle();
  });
}
