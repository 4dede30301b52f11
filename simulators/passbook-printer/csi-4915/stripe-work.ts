/** A pass of the book over the magnetic head: reading, and writing that spoils the stripe until it is through. */
import { stripeInside, withStripe } from '../paper-path.ts';
import { say, truth, type ConsoleState, type ConsoleStep } from './console-state.ts';

/** Ticks of 20 ms that a pass takes. */
const PASS_TICKS = 20;
/** Error numbers other than 0 have no documented meaning. */
const UNREADABLE = 4;

/** The error number and text of `CSI n1;n2;n3;n4 " r` are the book's own; reading is repeated as set up, in vain. */
export function readStripe(state: ConsoleState): ConsoleStep {
  const stripe = stripeInside(state.path);
  const isGood = stripe !== undefined && !stripe.isDamaged && stripe.text !== '';
  const answer = isGood ? `1;0;1;0"r\x02${stripe.text}\x03` : `3;0;1;${UNREADABLE}"r\x02\x03`;
  return [state, [truth('stripe-read', { isGood }), say(answer)]];
}

/** One tick of a pass. The stripe holds nothing readable until the last one. */
export function writeStripe(state: ConsoleState, text: string): { readonly step: ConsoleStep; readonly isDone: boolean } {
  const { mouth } = state.path;
  const stripe = stripeInside(state.path);
  if (mouth?.kind !== 'book' || stripe === undefined) return { step: [state, [say('2;1#r')]], isDone: true };
  if (state.struck < PASS_TICKS) {
    const path = withStripe(state.path, mouth.bookId, { text: '', isDamaged: true });
    return { step: [{ ...state, path, struck: state.struck + 1 }, []], isDone: false };
  }
  const path = withStripe(state.path, mouth.bookId, { text: state.isStripeHeadDirty ? '' : text, isDamaged: state.isStripeHeadDirty });
  const next = { ...state, path, isStripeHeadDirty: false };
  const isErasing = text === '';
  const answer = state.isStripeHeadDirty ? '2;1#r' : '1;0#r';
  return { step: [next, [truth('stripe-written', { book: mouth.bookId, text }), ...(isErasing ? [] : [say(answer)])]], isDone: true };
}
