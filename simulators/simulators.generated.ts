// Written by `npm run gen` from the folders beside it. Do not edit.
import type { AnySimulator } from './kit/simulator.ts';

/** Every device that can be simulated. */
export const simulators: readonly AnySimulator[] = [];
