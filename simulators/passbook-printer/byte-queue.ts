/** What a device has received and not yet read. Immutable, and constant time a byte on average. */
export interface ByteQueue {
  readonly count: number;
  /** Read from `at` on; when it is used up, `arrived` becomes the next one. */
  readonly front: Uint8Array;
  readonly at: number;
  readonly arrived: Arrived | undefined;
}

/** Newest first. */
interface Arrived {
  readonly byte: number;
  readonly before: Arrived | undefined;
}

export const EMPTY_QUEUE: ByteQueue = { count: 0, front: new Uint8Array(0), at: 0, arrived: undefined };

export function enqueue(queue: ByteQueue, byte: number): ByteQueue {
  return { ...queue, count: queue.count + 1, arrived: { byte, before: queue.arrived } };
}

/** Takes the oldest bytes, at most `most` of them, at least one when there are any. */
export function dequeue(queue: ByteQueue, most: number): { readonly bytes: Uint8Array; readonly rest: ByteQueue } {
  const { front, at, arrived } = queue.at < queue.front.length ? queue : turned(queue);
  const bytes = front.subarray(at, at + most);
  return { bytes, rest: { count: queue.count - bytes.length, front, at: at + bytes.length, arrived } };
}

function turned(queue: ByteQueue): Pick<ByteQueue, 'front' | 'at' | 'arrived'> {
  const front = new Uint8Array(queue.count);
  let end = queue.count;
  for (let arrived = queue.arrived; arrived !== undefined; arrived = arrived.before) front[--end] = arrived.byte;
  return { front, at: 0, arrived: undefined };
}
