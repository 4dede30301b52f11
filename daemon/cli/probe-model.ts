import { hostClock } from '../../drivers/kit/clock.ts';
import { Conversation } from '../../drivers/kit/conversation.ts';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Identity } from '../../drivers/kit/machine.ts';
import type { AnyModel } from '../../drivers/kit/model.ts';
import { runLink, type Outbox } from '../../drivers/kit/runner.ts';
import type { Link } from '../../drivers/kit/transport.ts';
import { openTransport } from '../../drivers/transports/open-transport.ts';

/** Lets the driver of `model` find its device at `address`: its identity, or undefined when it does not answer in time. */
export async function probeModel(model: AnyModel, address: string, withinMs: number): Promise<Identity | undefined> {
  const need = model.manifest.transports.find(({ scheme }) => address.startsWith(`${scheme}:`));
  let link: Link;
  try {
    link = await openTransport(address, need).open(AbortSignal.timeout(withinMs));
  } catch (cause) {
    if (cause instanceof CounterdError) return undefined; // held by another program, or gone: nothing to find
    throw cause;
  }
  let found: Identity | undefined;
  let outbox: Outbox | undefined;
  let stop: () => void = () => undefined;
  const decided = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const conversation = new Conversation({
    machine: model.driver({}),
    codec: model.codec,
    clock: hostClock,
    sinks: {
      send: (bytes) => outbox?.send(bytes),
      event: () => undefined,
      ready: (identity) => {
        // A driver whose device cannot answer is ready at once: that proves nothing.
        if (conversation.counts.framesReceived > 0) found = identity;
        stop();
      },
      giveUp: stop,
      junk: () => undefined,
    },
  });
  const ended = runLink(link, conversation, (box) => {
    outbox = box;
  });
  const cancel = hostClock.after(withinMs, stop);
  await Promise.race([decided, ended]);
  cancel();
  await link.close();
  await ended;
  return found;
}
