import { CounterdError } from '../../drivers/kit/errors.ts';
import { defaultProfiles } from '../../drivers/passbook-printer/layout/default-profiles.ts';
import type { PageProfile } from '../../drivers/passbook-printer/layout/page-profile.ts';

/** The page profile of a kind of book. Throws CD_PRINT_LAYOUT when nobody defined it. */
export function bookProfile(layout: string): PageProfile {
  const profile = Object.values<PageProfile>(defaultProfiles).find(({ id }) => id === layout);
  if (profile === undefined) throw new CounterdError('CD_PRINT_LAYOUT', `no profile ${layout}`);
  return profile;
}

/** How many entries a page of this book takes. */
export function linesPerPage(layout: string): number {
  return bookProfile(layout).lineCount;
}
