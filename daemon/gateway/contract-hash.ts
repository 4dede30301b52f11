import { contentHash } from '../authority/content-hash.ts';
import { eventCatalog } from '../contract/index.ts';

/** Changes whenever an entry a page must understand changes; a page built for another one is told to reload. */
export const contractHash: string = contentHash(eventCatalog).slice(0, 16);
