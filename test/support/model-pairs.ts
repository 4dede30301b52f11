import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, toHex } from '../../drivers/kit/bytes.ts';
import { modelId, type AnyModel } from '../../drivers/kit/model.ts';
import type { Vector } from '../../drivers/kit/vectors.ts';
import { deviceModels } from '../../drivers/models.generated.ts';
import type { AnySimulator } from '../../simulators/kit/simulator.ts';
import { simulators } from '../../simulators/simulators.generated.ts';
import { root } from './source-files.ts';

export interface ModelPair {
  readonly id: string;
  readonly model: AnyModel;
  readonly simulator: AnySimulator;
}

/** Every device model with the simulator that plays it. */
export const modelPairs: readonly ModelPair[] = deviceModels.flatMap((model) => {
  const id = modelId(model.manifest);
  const simulator = simulators.find((each) => each.id === id);
  return simulator === undefined ? [] : [{ id, model, simulator }];
});

export interface VectorFile {
  readonly file: string;
  readonly vectors: readonly Vector[];
}

/** The vectors of a model, by file. */
export function vectorFiles(id: string): readonly VectorFile[] {
  const folder = join(root, 'drivers', id, 'vectors');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, vectors: JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Vector[] }));
}

export function vectorsOf(id: string): readonly Vector[] {
  return vectorFiles(id).flatMap(({ vectors }) => vectors);
}

export function bytesOf(vector: Vector): Uint8Array {
  return fromHex(vector.hex) ?? new Uint8Array(0);
}

/** A frame as JSON has it: bytes are `{"$hex":"…"}`, members that are undefined are left out. */
export function frameToJson(frame: unknown): unknown {
  if (frame instanceof Uint8Array) return { $hex: toHex(frame) };
  if (Array.isArray(frame)) return frame.map(frameToJson);
  if (typeof frame === 'bigint') return frame.toString();
  if (typeof frame !== 'object' || frame === null) return frame;
  return Object.fromEntries(Object.entries(frame).flatMap(([key, value]) => (value === undefined ? [] : [[key, frameToJson(value)]])));
}

/** The frame that `frameToJson` wrote. */
export function frameFromJson(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(frameFromJson);
  if (typeof json !== 'object' || json === null) return json;
  if ('$hex' in json && typeof json.$hex === 'string') return fromHex(json.$hex);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, frameFromJson(value)]));
}

/** Bytes that a simulated device sends on purpose and that are no frame: a line that crackles when it is opened. */
export function isNoise(frame: unknown): boolean {
  return frameType(frame) === 'noise';
}

/** What kind of frame this is, in the protocol's own words: its `op`, `kind` or `code`; an HTTP message's method or status class. */
export function frameType(frame: unknown): string {
  if (typeof frame !== 'object' || frame === null) return typeof frame;
  if ('op' in frame) return 'kind' in frame ? `${String(frame.op)} ${String(frame.kind)}` : String(frame.op);
  if ('kind' in frame) return String(frame.kind);
  if ('code' in frame) return String(frame.code);
  if ('method' in frame) return `request ${String(frame.method)}`;
  if ('status' in frame) return `response ${String(frame.status).slice(0, 1)}xx`;
  return 'frame';
}
