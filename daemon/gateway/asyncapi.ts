import { CLOCK_EVERY_MS, eventCatalog, securityOnlyTypes, type EntryType } from '../contract/index.ts';

/** AsyncAPI 3.0: every entry of the live feed, from the same schemas that check it on its way into the journal. */
export function asyncApiDocument(version: string): object {
  const types = Object.keys(eventCatalog).sort() as EntryType[];
  const messages = Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'counterd live feed',
      version,
      description:
        'socket.io, default namespace; one event, `entry`, carries everything that happened, in journal order; `clock` only proves life.',
    },
    defaultContentType: 'application/json',
    servers: {
      daemon: {
        host: '127.0.0.1:7373',
        protocol: 'ws',
        pathname: '/socket.io/',
        description: 'Handshake auth: {token, afterSeq, contractHash}, with the login cookie.',
      },
    },
    channels: {
      entry: { address: 'entry', messages },
      clock: { address: 'clock', messages: { clock: { $ref: '#/components/messages/clock' } } },
    },
    operations: {
      receiveEntry: {
        action: 'send',
        channel: { $ref: '#/channels/entry' },
        summary: 'The daemon sends; nothing is asked over the socket.',
      },
      receiveClock: {
        action: 'send',
        channel: { $ref: '#/channels/clock' },
        summary: `Every ${CLOCK_EVERY_MS} ms to those who have caught up; silence means that nothing shown is current.`,
      },
    },
    components: {
      messages: { ...Object.fromEntries(types.map((type) => [type, messageOf(type)])), clock: clockMessage },
      schemas: { Envelope: envelope },
    },
  };
}

const text = { type: 'string' };
const clockMessage = {
  name: 'clock',
  summary: 'The daemon’s clock. Volatile: never kept, never repeated, no part of the journal.',
  payload: { type: 'string', format: 'date-time' },
};
const envelope = {
  type: 'object',
  required: ['seq', 'at', 'type', 'data', 'prev', 'hash'],
  properties: {
    seq: { type: 'integer', minimum: 1 },
    at: { type: 'string', format: 'date-time' },
    device: text,
    position: text,
    actor: text,
    cause: text,
    flow: text,
    attachment: {
      type: 'object',
      properties: { sha256: text, mediaType: text, byteLength: { type: 'integer' } },
      required: ['sha256', 'mediaType', 'byteLength'],
    },
    audience: { type: 'string', enum: ['branch', 'security'] },
    prev: text,
    hash: text,
  },
};

function messageOf(type: EntryType): object {
  const { doc, data } = eventCatalog[type];
  return {
    name: type,
    summary: doc,
    ...(securityOnlyTypes.has(type) ? { description: 'Sent only to those who may see hold-up and duress.' } : {}),
    payload: {
      allOf: [
        { $ref: '#/components/schemas/Envelope' },
        { type: 'object', properties: { type: { const: type }, data: plain(data) }, required: ['type', 'data'] },
      ],
    },
  };
}

/** A schema object without what JSON cannot hold. */
export function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema)) as unknown;
}
