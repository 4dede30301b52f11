import type { GatewayParts } from '../gateway-parts.ts';
import type { OwnNames } from '../guard.ts';

/** What every group of routes is given. */
export interface Registration {
  readonly parts: GatewayParts;
  readonly names: () => OwnNames;
}

/** Where all of them live. */
export const API = '/api/v1';
