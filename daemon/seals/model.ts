import type { SealModel } from './engine/judge.ts';
import learnt from './engine/model.json' with { type: 'json' };

/** What was learnt from simulated pictures, with the figures it reached: `docs/guides/seals.md`, made anew by `npm run train:seals`. */
export const sealModel: SealModel = learnt;
