import { deviceTexts } from './texts/devices.ts';
import { deviceStatusTexts } from './texts/device-status.ts';
import { entryTexts } from './texts/entries.ts';
import { flowTexts } from './texts/flows.ts';
import { frameTexts } from './texts/frame.ts';
import { securityTexts } from './texts/security.ts';
import { statusTexts } from './texts/status.ts';
import { wordTexts } from './texts/words.ts';

/** Every text of the main pages, by flat key. */
export const texts = {
  ...frameTexts,
  ...statusTexts,
  ...deviceStatusTexts,
  ...wordTexts,
  ...entryTexts,
  ...deviceTexts,
  ...flowTexts,
  ...securityTexts,
} as const;

export type TextKey = keyof typeof texts;
