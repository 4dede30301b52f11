import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import type { Outbox } from '../../drivers/kit/runner.ts';
import { runLink } from '../../drivers/kit/runner.ts';
import type { Conversation } from '../../drivers/kit/conversation.ts';
import type { Link, Transport } from '../../drivers/kit/transport.ts';

export type AnyConversation = Conversation<unknown, unknown, unknown, unknown, unknown, string>;

export interface LinkNews {
  opened(): void;
  openFailed(code: ErrorCode): void;
  ended(code: ErrorCode): void;
  /** Something threw that says nothing about the world. */
  broke(cause: unknown): void;
}

/** The links of one device: one at a time, each from its opening to its end. News of a link that was closed does not come. */
export class DeviceLink {
  readonly #transport: () => Transport;
  readonly #conversation: AnyConversation;
  readonly #news: LinkNews;
  #opening: AbortController | undefined;
  #link: Link | undefined;
  #outbox: Outbox | undefined;
  /** Until the last link is over and the conversation is free for the next. */
  #over: Promise<void> = Promise.resolve();

  constructor(parts: { readonly transport: () => Transport; readonly conversation: AnyConversation; readonly news: LinkNews }) {
    this.#transport = parts.transport;
    this.#conversation = parts.conversation;
    this.#news = parts.news;
  }

  send(bytes: Uint8Array): void {
    this.#outbox?.send(bytes);
  }

  open(): void {
    this.#opening?.abort();
    const opening = new AbortController();
    this.#opening = opening;
    const before = this.#over;
    this.#over = before.then(() => this.#run(opening));
  }

  /** Resolves when the link is over. */
  close(): Promise<void> {
    this.#opening?.abort();
    this.#opening = undefined;
    const link = this.#link;
    if (link !== undefined) void this.#closeQuietly(link);
    return this.#over;
  }

  async #run(opening: AbortController): Promise<void> {
    const link = await this.#reach(opening);
    if (link === undefined) return;
    this.#link = link;
    this.#news.opened();
    try {
      const end = await runLink(link, this.#conversation, (outbox) => {
        this.#outbox = outbox;
      });
      this.#forget();
      if (!hasAborted(opening)) this.#news.ended(end.kind === 'lost' ? end.code : 'CD_LINK_LOST');
    } catch (cause) {
      this.#forget();
      this.#news.broke(cause);
      await this.#closeQuietly(link);
    }
  }

  async #reach(opening: AbortController): Promise<Link | undefined> {
    if (hasAborted(opening)) return undefined;
    try {
      const link = await this.#transport().open(opening.signal);
      if (!hasAborted(opening)) return link;
      await this.#closeQuietly(link);
    } catch (cause) {
      if (hasAborted(opening)) return undefined;
      if (cause instanceof CounterdError) this.#news.openFailed(cause.code);
      else this.#news.broke(cause);
    }
    return undefined;
  }

  #forget(): void {
    this.#link = undefined;
    this.#outbox = undefined;
  }

  async #closeQuietly(link: Link): Promise<void> {
    try {
      await link.close();
    } catch (cause) {
      // A port that cannot be closed is gone; what matters is that nothing more comes from it.
      if (!(cause instanceof CounterdError)) this.#news.broke(cause);
    }
  }
}

/** A function, because the flag changes while others run. */
function hasAborted({ signal }: AbortController): boolean {
  return signal.aborted;
}
