export interface ManifestView {
  readonly protocol: string;
  readonly unverified: readonly string[];
}

/** The members of a model’s manifest this page shows; it travels as plain JSON. */
export function manifestOf(manifest: unknown): ManifestView {
  if (typeof manifest !== 'object' || manifest === null) return { protocol: '', unverified: [] };
  const protocol = 'protocol' in manifest && typeof manifest.protocol === 'string' ? manifest.protocol : '';
  const listed: readonly unknown[] = 'unverified' in manifest && Array.isArray(manifest.unverified) ? manifest.unverified : [];
  return { protocol, unverified: listed.filter((fact) => typeof fact === 'string') };
}
