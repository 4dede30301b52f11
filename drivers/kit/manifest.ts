import type { FamilyKind } from './family.ts';

/** How far the facts behind a model can be trusted. Shown on the device page as it stands here. */
export type Evidence = 'manual' | 'capture' | 'public-code' | 'unverified';

/** What a device model is, before anybody talks to it. */
export interface Manifest {
  readonly family: FamilyKind;
  /** `<maker-model>`, equal to the folder's name. */
  readonly model: string;
  readonly maker: string;
  readonly name: string;
  /** The protocol in its maker's words, with the document. */
  readonly protocol: string;
  /** `unverified` as soon as one frame type has no vector from a manual, capture or public code. */
  readonly evidence: Evidence;
  /** Each thing that is not known from a document, in one sentence. Empty only when nothing is. */
  readonly unverified: readonly string[];
  /** Address schemes this model can be reached over, best first; `serial` options that the line needs. */
  readonly transports: readonly TransportNeed[];
  /** USB ids by which `counterd devices --probe` may suspect this model. */
  readonly usb: readonly { readonly vendorId: string; readonly productId: string }[];
}

export type TransportNeed =
  | {
      readonly scheme: 'serial';
      readonly baud: number;
      readonly parity: 'none' | 'even' | 'odd';
      readonly dataBits: 7 | 8;
      readonly stopBits: 1 | 2;
    }
  | { readonly scheme: 'tcp'; readonly port?: number }
  | { readonly scheme: 'http' };
