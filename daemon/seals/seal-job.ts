import { CounterdError, type ErrorCode } from '../../drivers/kit/errors.ts';
import { sealModel } from './model.ts';
import { readPicture } from './read-picture.ts';
import { specimenOf } from './specimen-shelf.ts';
import { verified, type Verified } from './verify.ts';

/** One comparison: two files, and their resolutions where the files do not say or are wrong. */
export interface SealJob {
  readonly specimen: string;
  readonly impression: string;
  readonly specimenDpi?: number;
  readonly impressionDpi?: number;
}

/** What a comparison came to. Pictures that cannot be compared are referred: a person has to look, and `because` says why. */
export interface SealAnswer {
  readonly verdict: Verified['verdict'];
  readonly similarity: number;
  readonly ms: number;
  readonly because?: ErrorCode;
  readonly detail?: string;
}

/** Reads both pictures and compares them. Throws the CD_SEAL errors of `readPicture` and `verified`. */
export async function compareFiles({ specimen, impression, specimenDpi, impressionDpi }: SealJob): Promise<Verified> {
  return verified(await specimenOf(specimen, specimenDpi), await readPicture(impression, impressionDpi), sealModel);
}

/** As `compareFiles`, for many in a row: what goes wrong with one is its answer. */
export async function answerJob(job: SealJob): Promise<SealAnswer> {
  const startMs = performance.now();
  const ms = (): number => Math.round((performance.now() - startMs) * 10) / 10;
  try {
    const { verdict, similarity } = await compareFiles(job);
    return { verdict, similarity, ms: ms() };
  } catch (cause) {
    if (!(cause instanceof CounterdError)) throw cause;
    return {
      verdict: 'refer',
      similarity: 0,
      ms: ms(),
      because: cause.code,
      ...(cause.detail === undefined ? {} : { detail: cause.detail }),
    };
  }
}
