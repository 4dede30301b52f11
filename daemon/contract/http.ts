import { Type, oneOf, record, type Static } from '../../drivers/kit/schema.ts';
import type { Entry } from './entry.ts';
import { ApprovalContent } from './events/approvals.ts';
import { OutcomeFacts } from './events/devices.ts';
import { Tally } from './events/flows.ts';
import {
  AmountMinor,
  CommandKey,
  Currency,
  DeviceId,
  ErrorCodeText,
  FlowId,
  Instant,
  PersonId,
  PositionId,
  RoleWord,
  Text,
} from './events/words.ts';

/** Bodies and answers of `/api/v1`. Routes and who may call them: `daemon/gateway/routes`. */

export const Problem = record({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: ErrorCodeText,
  detail: Type.Optional(Type.String()),
  text: record({ zh: Type.String(), en: Type.String() }),
  /** Fields that do not fit: JSON pointer and reason. */
  misfits: Type.Optional(Type.Array(record({ path: Type.String(), message: Type.String() }))),
});
export type Problem = Static<typeof Problem>;

/** GET /api/v1/login: what the login screen may show to anybody at this computer. */
export const LoginScreen = record({
  branchName: Text,
  at: Instant,
  isSimulated: Type.Boolean(),
  contractHash: Type.String(),
  positions: Type.Array(record({ id: PositionId, name: Text, isTaken: Type.Boolean() })),
  /** Only when simulated: the demo people and their passwords. */
  demoPeople: Type.Array(record({ id: PersonId, name: Text, roles: Type.Array(RoleWord), password: Text })),
});
export type LoginScreen = Static<typeof LoginScreen>;

/** POST /api/v1/login */
export const LoginBody = record({
  personId: Type.String({ minLength: 1, maxLength: 32 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});
export const LoginAnswer = record({
  token: Type.String(),
  person: record({ id: PersonId, name: Text, roles: Type.Array(RoleWord) }),
  expiresAt: Instant,
});
export type LoginAnswer = Static<typeof LoginAnswer>;

/** GET /api/v1/me */
export const MeAnswer = record({
  person: record({ id: PersonId, name: Text, roles: Type.Array(RoleWord) }),
  positionId: Type.Optional(PositionId),
  expiresAt: Instant,
  contractHash: Type.String(),
});
export type MeAnswer = Static<typeof MeAnswer>;

/** POST /api/v1/positions/:id/{sign-in,sign-off,leave}; resume asks the password again. */
export const IntentBody = record({ commandId: CommandKey });
export const ResumeBody = record({ commandId: CommandKey, password: Type.String({ minLength: 1, maxLength: 256 }) });

/** POST /api/v1/positions/:id/display -> a code the display types once; POST /api/v1/display {code} -> its token. */
export const DisplayCodeAnswer = record({ code: Type.String(), expiresAt: Instant });
export const DisplayBody = record({ code: Type.String({ minLength: 1, maxLength: 64 }) });
export const DisplayAnswer = record({ displayToken: Type.String(), positionId: PositionId });

/** POST /api/v1/devices/:id/commands */
export const DeviceCommandBody = record({ commandId: CommandKey, name: Type.String({ maxLength: 64 }), args: Type.Unknown() });

/** POST /api/v1/flows: starts a workflow at the caller’s position. */
export const FlowStart = Type.Union([
  record({ kind: oneOf(['passbook-update']), passbookId: Type.String({ minLength: 1, maxLength: 32 }) }),
  record({ kind: oneOf(['cash-count']), currency: Currency, slip: Type.Array(Tally, { minItems: 1, maxItems: 32 }) }),
  record({
    kind: oneOf(['slip-scan']),
    source: oneOf(['platen', 'feeder']),
    dpi: Type.Integer({ minimum: 75, maximum: 1200 }),
    colorMode: oneOf(['color', 'gray', 'bw']),
  }),
]);
export type FlowStart = Static<typeof FlowStart>;
export const FlowStartBody = record({ flowId: FlowId, start: FlowStart });

/** What a person sees on the paper where an entry of the book should be. */
const paperAnswer = {
  entryId: Type.String({ maxLength: 64 }),
  answer: oneOf(['printed', 'not-printed', 'partly']),
  upToField: Type.Optional(oneOf(['date', 'summary', 'amount', 'balance'])),
} as const;
export const PaperAnswer = record(paperAnswer);
export type PaperAnswer = Static<typeof PaperAnswer>;

/** POST /api/v1/flows/:flowId/actions */
export const FlowAction = Type.Union([
  record({ name: oneOf(['print']) }),
  record({ name: oneOf(['stop']) }),
  record({ name: oneOf(['page-turned']) }),
  record({ name: oneOf(['answer-doubt']), ...paperAnswer }),
  record({ name: oneOf(['look-at-paper']) }),
  record({ name: oneOf(['check-paper']), answers: Type.Array(PaperAnswer, { minItems: 1, maxItems: 60 }) }),
  record({ name: oneOf(['recount']) }),
  record({ name: oneOf(['record-difference']), note: Type.String({ maxLength: 200 }) }),
  record({ name: oneOf(['finish']) }),
  record({
    name: oneOf(['scan-again']),
    source: oneOf(['platen', 'feeder']),
    dpi: Type.Integer({ minimum: 75, maximum: 1200 }),
    colorMode: oneOf(['color', 'gray', 'bw']),
  }),
  record({ name: oneOf(['cancel']), reason: Type.String({ minLength: 1, maxLength: 200 }) }),
]);
export type FlowAction = Static<typeof FlowAction>;
export const FlowActionBody = record({ commandId: CommandKey, action: FlowAction });

/** GET /api/v1/passbooks?account=… */
export const PassbookView = record({
  passbookId: Type.String(),
  accountMasked: Text,
  holderMasked: Text,
  layout: Text,
  nextPage: Type.Integer(),
  nextLine: Type.Integer(),
  lastPrintedPage: Type.Integer(),
  lastPrintedLine: Type.Integer(),
  unprintedCount: Type.Integer(),
  balanceMinor: AmountMinor,
});
export type PassbookView = Static<typeof PassbookView>;

/** GET /api/v1/passbooks/:id/preview?page=: the page as it will print, and where every glyph will stand (B-5). */
export const PagePreview = record({
  page: Type.Integer(),
  widthMm: Type.Number(),
  heightMm: Type.Number(),
  foldMm: Type.Optional(Type.Number()),
  lines: Type.Array(
    record({
      line: Type.Integer(),
      yMm: Type.Number(),
      state: oneOf(['printed', 'waiting', 'empty']),
      entryId: Type.Optional(Type.String()),
      runs: Type.Array(record({ xMm: Type.Number(), text: Type.String(), widthMm: Type.Number(), heightMm: Type.Number() })),
    }),
  ),
});
export type PagePreview = Static<typeof PagePreview>;

/** POST /api/v1/approvals; then /:id/open, /:id/grant {contentHash}, /:id/refuse {reason}, /:id/withdraw. */
export const ApprovalBody = record({ approvalId: FlowId, content: ApprovalContent });
export const GrantBody = record({
  commandId: CommandKey,
  contentHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});
export const RefuseBody = record({ commandId: CommandKey, reason: Type.String({ minLength: 1, maxLength: 200 }) });

/** GET /api/v1/entries?beforeSeq=&afterSeq=&limit=&type=&device=&actor=&flow= */
export const EntriesQuery = Type.Object({
  beforeSeq: Type.Optional(Type.Integer({ minimum: 1 })),
  afterSeq: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 200 })),
  type: Type.Optional(Type.String({ maxLength: 64, description: 'An entry type, or a prefix ending in a dot.' })),
  device: Type.Optional(DeviceId),
  actor: Type.Optional(PersonId),
  flow: Type.Optional(FlowId),
});

/**
 * The answer to it, oldest first: what follows `afterSeq`, or the newest before `beforeSeq`. A filter looks at a
 * bounded stretch of the journal: ask again from `nextBeforeSeq` (or `nextAfterSeq`) while it is there.
 */
export const EntriesPage = record({
  entries: Type.Array(Type.Unsafe<Entry>({ type: 'object', description: 'An entry; its types are described in asyncapi.json.' })),
  nextBeforeSeq: Type.Optional(Type.Integer()),
  nextAfterSeq: Type.Optional(Type.Integer()),
});
export type EntriesPage = Static<typeof EntriesPage>;

/** The answer to a device command: it ended in one of the four ways. */
export const OutcomeAnswer = record({ outcome: OutcomeFacts });
export type OutcomeAnswer = Static<typeof OutcomeAnswer>;

/** The answer to an intention that ended well, or that is on its way; the entries say what came of it. */
export const AcceptedAnswer = record({ accepted: Type.Literal(true) });
export const ApprovalAnswer = record({ contentHash: Type.String(), expiresAt: Instant });

/** GET /api/v1/devices/:id */
export const DeviceDetail = record({
  id: DeviceId,
  address: Type.String(),
  manifest: Type.Unknown({ description: 'The model’s manifest: maker, protocol, evidence, what is unverified.' }),
  capabilities: Type.Unknown(),
  commands: Type.Array(
    record({
      name: Text,
      doc: Text,
      repeat: oneOf(['safe', 'unsafe']),
      health: Type.Optional(oneOf(['internal', 'external', 'interactive'])),
    }),
  ),
  statistics: Type.Record(Type.String(), Type.Number()),
});
export type DeviceDetail = Static<typeof DeviceDetail>;

/** GET /api/v1/devices/:id/frames?afterId= : the inspector’s ring of raw frames; secrets are masked. */
export const FramePage = record({
  frames: Type.Array(
    record({ id: Type.Integer(), at: Instant, direction: oneOf(['rx', 'tx', 'junk']), hex: Type.String(), says: Type.String() }),
  ),
  droppedCount: Type.Integer(),
});
export type FramePage = Static<typeof FramePage>;
