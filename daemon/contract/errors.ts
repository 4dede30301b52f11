/** The texts behind every code of the feed and of problem documents; plain rows, no schema library. */
export { errorCatalog } from '../../drivers/kit/error-catalog.ts';
export type { ErrorCode, ErrorEntry } from '../../drivers/kit/errors.ts';
