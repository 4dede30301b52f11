/**
 * P10: every model's decoder over its own vectors, in the worst chunking there is (single bytes) and in pieces of 4 KiB, against a
 * loop that copies the same bytes. `linear`: time for ten times the bytes over ten times the time for once.
 */
import { modelPairs, bytesOf, vectorsOf } from '../test/support/model-pairs.ts';
import { concatBytes } from '../drivers/kit/bytes.ts';
import type { AnyModel } from '../drivers/kit/model.ts';
import { alternate, printRow } from './lib/measure.ts';

const BYTES = 400_000;

function streamOf(id: string, byteCount: number): Uint8Array {
  const heard = vectorsOf(id).filter(({ direction }) => direction === 'rx');
  const all = concatBytes((heard.length > 0 ? heard : vectorsOf(id)).map(bytesOf));
  const times = Math.max(1, Math.ceil(byteCount / all.length));
  return concatBytes(Array.from({ length: times }, () => all)).slice(0, byteCount);
}

/** Megabytes a second. */
function rate(bytes: Uint8Array, run: () => void): number {
  const startMs = performance.now();
  run();
  return bytes.length / 1_000 / (performance.now() - startMs);
}

function decode(model: AnyModel, bytes: Uint8Array, chunk: number): void {
  const decoder = model.codec.decoder();
  for (let at = 0; at < bytes.length; at += chunk) decoder.push(bytes.subarray(at, at + chunk));
}

function copy(bytes: Uint8Array, chunk: number): void {
  const out = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += chunk) out.set(bytes.subarray(at, at + chunk), at);
}

for (const { id, model } of modelPairs) {
  for (const chunk of [1, 4_096]) {
    const once = streamOf(id, BYTES);
    const tenfold = streamOf(id, BYTES * 10);
    decode(model, once, chunk);
    const seen = await alternate(3, {
      subject: () => rate(once, () => decode(model, once, chunk)),
      baseline: () => rate(once, () => copy(once, chunk)),
      tenfold: () => rate(tenfold, () => decode(model, tenfold, chunk)),
    });
    printRow({ id: 'P10', what: `${id}, chunks of ${String(chunk)}`, unit: 'MB/s', toBeat: 'linear: tenfold ≈ subject', seen });
  }
}
