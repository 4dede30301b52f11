import { fileURLToPath } from 'node:url';

/** Where the build puts the user interface: beside the program, or under dist/ when run from sources. */
export function uiFolder(): string {
  const here = import.meta.url;
  const built = here.includes('/chunks/') ? '../ui/' : './ui/';
  const place = here.endsWith('.ts') ? '../../dist/ui/' : built;
  return fileURLToPath(new URL(place, here));
}
