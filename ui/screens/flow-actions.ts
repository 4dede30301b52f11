import type { FlowAction, FlowStart } from '../../daemon/contract/http.ts';
import { post, segment } from '../api/client.ts';
import { useIntent, type Intent } from '../api/intent.ts';

/** One action of an open flow: its id lives as long as the step it belongs to. */
export function useFlowAction(flowId: string, step: string): Intent & { readonly act: (action: FlowAction) => Promise<boolean> } {
  const intent = useIntent(`flow-${flowId}-${step}`);
  return {
    ...intent,
    act: (action) => intent.run((commandId) => post(`/flows/${segment(flowId)}/actions`, { commandId, action })),
  };
}

/** Starts a flow under an id chosen when the form opened: asked twice, it is still one flow. */
export function useFlowStart(form: string): Intent & { readonly start: (start: FlowStart) => Promise<boolean> } {
  const intent = useIntent(`start-${form}`);
  return { ...intent, start: (start) => intent.run((flowId) => post('/flows', { flowId, start })) };
}
