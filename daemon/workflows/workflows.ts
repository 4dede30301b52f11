import type { FlowAction, FlowStart, PagePreview, PassbookView } from '../contract/index.ts';
import type { Actor } from './workflow.ts';

/** The procedures at the counter, as the gateway sees them. Everything refused is a `CounterdError`. */
export interface Workflows {
  /** Starts `flowId` at the actor's position. The same id again by the same person is the same start. */
  start(flowId: string, request: FlowStart, actor: Actor): Promise<void>;
  /** Does one thing in an open flow. The same command id again is the same intention. */
  act(flowId: string, action: FlowAction, by: { readonly actor: Actor; readonly commandId: string }): Promise<void>;
  /** Books whose number, account ending or holder matches; at most 50. */
  passbooks(query: string): readonly PassbookView[];
  /** The page as it is and as it will be (B-5). Throws CD_LEDGER_ACCOUNT. */
  preview(passbookId: string, page: number): PagePreview;
}
