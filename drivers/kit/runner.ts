/**
 * The one impure file of the kit: pumps a link into a conversation, and the conversation's bytes into the
 * link, for every device and every simulated device alike.
 */
import type { Conversation } from './conversation.ts';
import { CounterdError, type ErrorCode } from './errors.ts';
import type { Link } from './transport.ts';

/** The sending side of one link: keeps writes in order, one at a time, and says when the line is quiet. */
export interface Outbox {
  send(bytes: Uint8Array): void;
}

/** Why a link ended: our own close, or what went wrong. */
export type LinkEnd = { readonly kind: 'closed' } | { readonly kind: 'lost'; readonly code: ErrorCode };

/**
 * Runs `conversation` over `link` until it ends; resolves, never rejects, with why.
 * `attach` is given the outbox before `opened` reaches the machine.
 */
export async function runLink<S, Rx, Tx, C, E, T extends string>(
  link: Link,
  conversation: Conversation<S, Rx, Tx, C, E, T>,
  attach: (outbox: Outbox) => void,
): Promise<LinkEnd> {
  let writing: ErrorCode | undefined;
  const queue: Uint8Array[] = [];
  let isWriting = false;

  const pumpOut = async (): Promise<void> => {
    isWriting = true;
    try {
      for (let bytes = queue.shift(); bytes !== undefined; bytes = queue.shift()) await link.write(bytes);
      isWriting = false;
      conversation.drained();
    } catch (cause) {
      isWriting = false;
      queue.length = 0;
      writing = codeOf(cause);
      await link.close();
    }
  };

  attach({
    send(bytes) {
      queue.push(bytes);
      if (!isWriting) void pumpOut();
    },
  });

  conversation.opened();
  const end = await pumpIn(link, conversation);
  const final: LinkEnd = writing === undefined ? end : { kind: 'lost', code: writing };
  conversation.lost(final.kind === 'lost' ? final.code : 'CD_LINK_LOST');
  await link.close();
  return final;
}

async function pumpIn<S, Rx, Tx, C, E, T extends string>(link: Link, conversation: Conversation<S, Rx, Tx, C, E, T>): Promise<LinkEnd> {
  try {
    for await (const chunk of link.chunks) conversation.receive(chunk);
    return { kind: 'closed' };
  } catch (cause) {
    return { kind: 'lost', code: codeOf(cause) };
  }
}

/** A link throws `CounterdError` for what the world does; anything else is a bug and goes up. */
function codeOf(cause: unknown): ErrorCode {
  if (cause instanceof CounterdError) return cause.code;
  throw cause;
}
