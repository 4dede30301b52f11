import type { FastifyReply } from 'fastify';
import type { BranchDevice, ServedBranch } from '../serve/served-branch.ts';
import { describeBranch } from './branch-description.ts';

/** Views change with every byte; a page is told at most this often. */
const viewEveryMs = 50;
/** A page that reads this much too slowly is cut off and starts over. */
const heldMaxBytes = 4 * 1024 * 1024;

/**
 * Server-Sent Events: first `branch` with everything, then `view` {id, view}, `faults` {id, activeFaults} and
 * `truth` {id, truth} as they happen. A page that reconnects gets everything again.
 */
export function streamBranch(branch: ServedBranch, reply: FastifyReply): void {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  const send = (event: string, value: unknown): void => {
    if (raw.writableLength > heldMaxBytes) raw.destroy();
    else raw.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`);
  };
  send('branch', describeBranch(branch));
  const stops = branch.devices.map((device) => follow(device, send));
  raw.on('close', () => {
    for (const stop of stops) stop();
  });
}

function follow({ served }: BranchDevice, send: (event: string, value: unknown) => void): () => void {
  const { id } = served;
  let waiting: NodeJS.Timeout | undefined;
  let shown = '';
  const sendView = (): void => {
    waiting = undefined;
    const view = served.view();
    const words = JSON.stringify(view);
    if (words === shown) return;
    shown = words;
    send('view', { id, view });
  };
  const stop = served.watch((change) => {
    if (change.kind === 'truth') send('truth', { id, truth: change.truth });
    else if (change.kind === 'faults') send('faults', { id, activeFaults: served.faults });
    else waiting ??= setTimeout(sendView, viewEveryMs);
  });
  return () => {
    clearTimeout(waiting);
    stop();
  };
}
