import type { ZoneKind } from './words.ts';

/** Kinds that watch day and night: never part of a disarming, never bypassed (GA 38-2021 9.2.1, panel rule 7). */
export const watched24Hours: ReadonlySet<string> = new Set(['holdUp', 'vault', 'fire', 'tamper'] satisfies ZoneKind[]);
