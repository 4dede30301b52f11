import { describeEscpText } from '../escp/text-frames.ts';
import type { CsiRx, CsiTx } from './codec.ts';

const STATES: Readonly<Record<number, string>> = { 0: 'ONLINE', 1: 'STOP', 2: 'ERROR' };

/** What a frame says, for the frame inspector. What stands on a stripe is a customer's account: only its length is told. */
export function describeFrame(frame: CsiRx | CsiTx): string {
  switch (frame.kind) {
    case 'mark':
      return `mark ${frame.mark}`;
    case 'started':
      return `mechanics started before mark ${frame.mark}`;
    case 'width':
      return `document ${((frame.units * 25.4) / 180).toFixed(1)} mm wide`;
    case 'status':
      return `status ${STATES[frame.state] ?? String(frame.state)}`;
    case 'messages':
      return `special messages ${frame.numbers.join(', ')}${frame.numbers.includes(2) ? ': no paper' : ''}`;
    case 'stripe':
      return `stripe of ${frame.text.length} characters, ${frame.attempts} attempts, error ${frame.error}`;
    case 'stripe-written':
      return `stripe written, ${frame.attempts} attempts, error ${frame.error}`;
    case 'pause':
      return 'XOFF: the buffer is nearly full';
    case 'resume':
      return 'XON: there is room again';
    default:
      return describeOrder(frame);
  }
}

function describeOrder(frame: Exclude<CsiTx, { kind: 'mark' }>): string {
  switch (frame.kind) {
    case 'vertical':
      return `y = ${frame.units}/180 inch`;
    case 'insert':
      return 'take the document in to its first line';
    case 'eject':
      return 'send the document out';
    case 'ask-width':
      return 'how wide is the document?';
    case 'ask-messages':
      return 'special messages?';
    case 'configuration':
      return `configuration ${frame.number}`;
    case 'stripe-setup':
      return `stripe ${frame.format} at the ${frame.edge} edge, ${frame.distance}/180 inch`;
    case 'read-stripe':
      return 'read the stripe';
    case 'write-stripe':
      return `write ${frame.text.length} characters to the stripe`;
    default:
      return describeEscpText(frame);
  }
}
