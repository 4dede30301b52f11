import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../daemon/authority/content-hash.ts';
import { eventCatalog, securityOnlyTypes } from '../../daemon/contract/index.ts';
import { asyncApiDocument, plain } from '../../daemon/gateway/asyncapi.ts';
import { GatewayRig } from '../support/gateway-rig.ts';

/** Outside names are stable: a difference here is a decision. COUNTERD_GOLDEN=write takes the new ones. */
const isWriting = process.env['COUNTERD_GOLDEN'] === 'write';

function expectGolden(name: string, value: unknown): void {
  const file = fileURLToPath(new URL(`golden/${name}.json`, import.meta.url));
  const text = `${JSON.stringify(JSON.parse(canonicalJson(plain(value))), null, 1)}\n`;
  if (isWriting) writeFileSync(file, text);
  expect(text === readFileSync(file, 'utf8') ? 'as it was' : `changed: look at it, then COUNTERD_GOLDEN=write`).toBe('as it was');
}

type Json = Record<string, unknown>;

/** Every `$ref` of a document. */
function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner)));
}
const resolves = (document: unknown, ref: string): boolean =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document) !== undefined;

describe('the entries', () => {
  it('have the types and shapes they had', () => {
    expectGolden('events', eventCatalog);
  });

  it('are all described by AsyncAPI, once, with every reference leading somewhere', () => {
    const document = asyncApiDocument('0.0.0') as {
      asyncapi: string;
      channels: { entry: { messages: Json } };
      components: { messages: Json };
    };
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.channels.entry.messages).sort()).toEqual(Object.keys(eventCatalog).sort());
    expect(refsIn(document).filter((ref) => !resolves(document, ref))).toEqual([]);
    for (const type of securityOnlyTypes)
      expect(document.components.messages[type]).toMatchObject({ description: expect.stringContaining('only') as string });
  });
});

describe('the HTTP interface', () => {
  let rig: GatewayRig;
  beforeAll(async () => {
    rig = await GatewayRig.open();
  });
  afterAll(() => rig.close());

  it('has the paths and bodies it had, every operation with a summary and an answer', async () => {
    const document = (await (await fetch(`${rig.url}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { summary?: string; responses?: Json }>>;
    };
    expect(document.openapi).toMatch(/^3\.1/);
    expect(refsIn(document).filter((ref) => !resolves(document, ref))).toEqual([]);
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods))
        expect([path, method, (operation.summary ?? '').length > 5, Object.keys(operation.responses ?? {}).length > 0]).toEqual([
          path,
          method,
          true,
          true,
        ]);
    }
    expectGolden('openapi', document);
  });
});
