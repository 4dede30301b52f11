import { writeFile } from 'node:fs/promises';
import { CounterdError } from '../../drivers/kit/errors.ts';
import type { Judgement } from './engine/judge.ts';
import { overlayPng } from './overlay.ts';
import { compareFiles, type SealJob } from './seal-job.ts';

type Said = Omit<Judgement, 'comparison' | 'suspicions'> & {
  /** Part of the questioned picture that was judged: its upper left corner, millimetres. */
  readonly place: { readonly leftMm: number; readonly topMm: number };
  /** Every block that could be compared: place on the specimen in millimetres from its centre, and suspicion 0…1. */
  readonly heat: readonly { readonly xMm: number; readonly yMm: number; readonly suspicion: number }[];
  readonly ms: number;
};

/** `counterd seal verify`. */
export async function verifyCommand({ overlay, ...job }: SealJob & { readonly overlay?: string }): Promise<Said> {
  const startMs = performance.now();
  const { comparison, suspicions, leftMm, topMm, ...judgement } = await compareFiles(job);
  const ms = Math.round((performance.now() - startMs) * 10) / 10;
  const heat = comparison.blocks.map(({ x, y }, i) => ({ xMm: round(x, 2), yMm: round(y, 2), suspicion: round(suspicions[i] ?? 0, 3) }));
  if (overlay !== undefined) {
    const png = await overlayPng(comparison, judgement.regions);
    await writeFile(overlay, png).catch((cause: unknown) => {
      throw new CounterdError('CD_STORAGE_IO', `the overlay cannot be written to ${overlay}`, { cause });
    });
  }
  return { ...judgement, place: { leftMm: round(leftMm, 2), topMm: round(topMm, 2) }, heat, ms };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
