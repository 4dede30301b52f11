import type { ConversationCounts } from '../../drivers/kit/conversation.ts';
import type { ErrorCode } from '../../drivers/kit/errors.ts';

/** What one device went through since the daemon started; numbers only, for the device page and for metrics. */
export class DeviceStatistics {
  #openCount = 0;
  #openFailedCount = 0;
  #onlineCount = 0;
  #lostCount = 0;
  #onlineMs = 0;
  #onlineSinceMs: number | undefined;
  #roundTripCount = 0;
  #roundTripSumMs = 0;
  #roundTripMaxMs = 0;
  #roundTripLastMs = 0;
  /** When the oldest unanswered bytes went out. */
  #askedMs: number | undefined;
  readonly #endings = new Map<ErrorCode, number>();

  opened(): void {
    this.#openCount++;
  }

  openFailed(code: ErrorCode): void {
    this.#openFailedCount++;
    this.#count(code);
  }

  online(nowMs: number): void {
    this.#onlineCount++;
    this.#onlineSinceMs = nowMs;
  }

  ended(code: ErrorCode, nowMs: number): void {
    this.#askedMs = undefined;
    this.#count(code);
    if (this.#onlineSinceMs === undefined) return;
    this.#lostCount++;
    this.#onlineMs += Math.max(0, nowMs - this.#onlineSinceMs);
    this.#onlineSinceMs = undefined;
  }

  sent(nowMs: number): void {
    this.#askedMs ??= nowMs;
  }

  /** The first frame after something was sent ends a round trip. */
  received(nowMs: number): void {
    if (this.#askedMs === undefined) return;
    const ms = Math.max(0, nowMs - this.#askedMs);
    this.#askedMs = undefined;
    this.#roundTripCount++;
    this.#roundTripSumMs += ms;
    this.#roundTripMaxMs = Math.max(this.#roundTripMaxMs, ms);
    this.#roundTripLastMs = ms;
  }

  /** Everything as one flat object, units last in the names. */
  snapshot(counts: ConversationCounts, nowMs: number): Readonly<Record<string, number>> {
    const sinceMs = this.#onlineSinceMs;
    return {
      openCount: this.#openCount,
      openFailedCount: this.#openFailedCount,
      onlineCount: this.#onlineCount,
      reconnectCount: Math.max(0, this.#onlineCount - 1),
      lostCount: this.#lostCount,
      onlineMs: this.#onlineMs + (sinceMs === undefined ? 0 : Math.max(0, nowMs - sinceMs)),
      framesReceived: counts.framesReceived,
      framesSent: counts.framesSent,
      bytesReceived: counts.bytesReceived,
      bytesSent: counts.bytesSent,
      junkBytes: counts.junkBytes,
      commandsDone: counts.done,
      commandsRefused: counts.refused,
      commandsFailed: counts.failed,
      commandsInDoubt: counts.inDoubt,
      roundTripCount: this.#roundTripCount,
      roundTripMeanMs: this.#roundTripCount === 0 ? 0 : Math.round(this.#roundTripSumMs / this.#roundTripCount),
      roundTripMaxMs: this.#roundTripMaxMs,
      roundTripLastMs: this.#roundTripLastMs,
      ...Object.fromEntries([...this.#endings].map(([code, count]) => [code, count])),
    };
  }

  #count(code: ErrorCode): void {
    this.#endings.set(code, (this.#endings.get(code) ?? 0) + 1);
  }
}
