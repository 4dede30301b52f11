import { CounterdError } from '../../../drivers/kit/errors.ts';
import { Type, record } from '../../../drivers/kit/schema.ts';
import { requireMay } from '../../authority/policy.ts';
import { EntriesPage, EntriesQuery } from '../../contract/index.ts';
import { branchState } from '../../registers/branch-state.ts';
import type { App } from '../app.ts';
import { canSee } from '../audience.ts';
import { readEntries } from '../read-entries.ts';
import { actorOf } from '../require-login.ts';
import { API, type Registration } from './registration.ts';

const tags = ['branch'];
const Sha256 = record({ sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) });

/** The branch as it is, and what happened. */
export function registerBranch(app: App, { parts }: Registration): void {
  app.get(`${API}/state`, { schema: { tags, summary: 'The branch now; the feed goes on from its `seq`.' } }, (request) => {
    requireMay(actorOf(request), 'branch.watch');
    return parts.journal.stateOf(branchState);
  });

  app.get(
    `${API}/entries`,
    { schema: { tags, summary: 'Entries of the journal.', querystring: EntriesQuery, response: { 200: EntriesPage } } },
    (request) => {
      const actor = actorOf(request);
      requireMay(actor, 'entries.read');
      return readEntries(parts.journal, request.query, { seesSecurity: canSee(parts.journal, actor) });
    },
  );

  app.get(
    `${API}/images/:sha256`,
    { config: { access: 'cookie' }, schema: { tags, summary: 'A stored picture or document.', params: Sha256 } },
    async (request, reply) => {
      requireMay(actorOf(request), 'image.read');
      const { sha256 } = request.params;
      const bytes = await parts.blobs.read(sha256);
      if (bytes === undefined) throw new CounterdError('CD_INPUT_NOT_FOUND', sha256);
      return reply
        .header('content-type', mediaTypeOf(bytes))
        .header('cache-control', 'private, max-age=3600, immutable')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(Buffer.from(bytes));
    },
  );
}

/** Told by the first bytes, never by what a device claimed: nothing here is ever run as a page. */
function mediaTypeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg';
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'image/png';
  if (bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46) return 'application/pdf';
  return 'application/octet-stream';
}
