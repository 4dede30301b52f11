import { io, type Socket } from 'socket.io-client';
import type { Entry } from '../../daemon/contract/entry.ts';
import type { EntriesPage } from '../../daemon/contract/http.ts';
import type { FeedHandshake, ServerToUi, UiToServer } from '../../daemon/contract/socket.ts';
import type { BranchState } from '../../daemon/contract/state.ts';
import { get, giveUpWaiting, watchLink } from '../api/client.ts';
import { watchSilence, type SilenceWatch } from './silence.ts';
import { applyEntries, feed, replaceBranch } from './store.ts';

interface Opening {
  readonly token: string;
  readonly contractHash: string;
  readonly onLoginEnded: () => void;
}

/** From here the banner stands: shorter breaks show at the dot alone. */
const SHAKY_MS = 1500;
/** A far end that is silent for this long may be gone without a goodbye: a new connection is tried. */
const HOPELESS_MS = 10_000;
/** What a word on its way may cost; the clock is corrected only beyond it. */
const CLOCK_JITTER_MS = 250;
const CAUGHT_UP_SHOWN_MS = 5000;
const RECENT = 300;

let socket: Socket<ServerToUi, UiToServer> | undefined;
let waiting: Entry[] = [];
let frame = 0;
let shakyTimer = 0;
let seqAtLoss: number | undefined;
let silence: SilenceWatch | undefined;
/** The daemon’s clock in its last word. */
let lastWordAt = '';

watchLink(() => feed.getState().link === 'live');

/** The one live link of the page. It resumes where it stood; what was missed comes first and in order. */
export const feedLink = {
  async open(opening: Opening): Promise<void> {
    feedLink.close();
    await fetchBranch();
    const link: Socket<ServerToUi, UiToServer> = io({
      transports: ['websocket', 'polling'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 2000,
      timeout: 4000,
      auth: (answer: (handshake: FeedHandshake) => void) =>
        answer({ token: opening.token, contractHash: opening.contractHash, afterSeq: knownSeq() }),
    });
    socket = link;
    silence = watchSilence((lastsMs) => onSilence(link, lastsMs));
    link.onAny(() => silence?.heard());
    link.on('entry', queue);
    link.on('live', (_seq, at) => becomeLive(at));
    link.on('clock', (at) => keepLive(at));
    link.on('disconnect', becomeShaky);
    link.on('connect_error', (error) => {
      becomeShaky();
      if (/CD_AUTH|CD_INPUT_TOKEN/.test(error.message)) opening.onLoginEnded();
    });
    link.on('resync', (reason) => void resync(reason, opening));
  },

  close(): void {
    socket?.disconnect();
    socket = undefined;
    silence?.stop();
    flush();
    seqAtLoss = undefined;
    window.clearTimeout(shakyTimer);
  },
};

async function fetchBranch(): Promise<void> {
  const branch = await get<BranchState>('/state');
  const { entries } = await get<EntriesPage>(`/entries?limit=${String(RECENT)}`);
  replaceBranch(
    branch,
    [...entries].sort((a, b) => a.seq - b.seq),
  );
  feed.setState({ freshAt: branch.at });
}

/** Entries are folded once per frame, however fast they come. A hidden tab has no frames, so a timer backs it. */
function queue(entry: Entry): void {
  waiting.push(entry);
  if (frame !== 0) return;
  frame = document.hidden ? window.setTimeout(flush, 50) : requestAnimationFrame(flush);
}

function flush(): void {
  frame = 0;
  const batch = waiting;
  waiting = [];
  applyEntries(batch);
}

function knownSeq(): number {
  return waiting.reduce((seq, entry) => Math.max(seq, entry.seq), feed.getState().branch.seq);
}

function becomeLive(at: string): void {
  flush();
  window.clearTimeout(shakyTimer);
  const missed = seqAtLoss === undefined ? 0 : countSince(seqAtLoss);
  const wasLost = feed.getState().link === 'lost';
  seqAtLoss = undefined;
  lastWordAt = at;
  feed.setState({ link: 'live', freshAt: at, clockOffsetMs: offsetOf(at), caughtUp: wasLost ? missed : undefined });
  if (wasLost) window.setTimeout(() => feed.setState({ caughtUp: undefined }), CAUGHT_UP_SHOWN_MS);
}

/** The clock is sent only to those who have everything: heard again after a silence, it means live again. */
function keepLive(at: string): void {
  const { link, clockOffsetMs } = feed.getState();
  if (link !== 'live') becomeLive(at);
  lastWordAt = at;
  if (Math.abs(offsetOf(at) - clockOffsetMs) > CLOCK_JITTER_MS) feed.setState({ clockOffsetMs: offsetOf(at) });
}

const offsetOf = (at: string): number => Date.parse(at) - Date.now();

function countSince(seq: number): number {
  return feed.getState().entries.filter((entry) => entry.seq > seq).length;
}

/** The connection broke: it often comes back at once. */
function becomeShaky(): void {
  if (feed.getState().link !== 'live') return;
  seqAtLoss ??= knownSeq();
  feed.setState({ link: 'shaky' });
  shakyTimer = window.setTimeout(becomeLost, SHAKY_MS);
}

/** The connection stands and nobody speaks: the daemon hangs, or the line does. */
function onSilence(link: Socket, lastsMs: number): void {
  if (feed.getState().link === 'live') becomeLost();
  if (lastsMs < HOPELESS_MS || !link.connected) return;
  silence?.heard();
  link.io.engine.close();
}

function becomeLost(): void {
  seqAtLoss ??= knownSeq();
  feed.setState(({ freshAt }) => ({ link: 'lost', freshAt: lastWordAt > freshAt ? lastWordAt : freshAt }));
  giveUpWaiting();
}

async function resync(reason: Parameters<ServerToUi['resync']>[0], opening: Opening): Promise<void> {
  if (reason === 'login-ended') {
    opening.onLoginEnded();
  } else if (reason === 'contract-changed') {
    feed.setState({ isOutdated: true });
  } else {
    await feedLink.open(opening);
  }
}
