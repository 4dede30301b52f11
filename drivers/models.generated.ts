// Written by `npm run gen` from the folders beside it. Do not edit.
import type { AnyModel } from './kit/model.ts';

/** Every device model counterd speaks to. */
export const deviceModels: readonly AnyModel[] = [];
