/** Rows of the feed: two servers, each with the same load, alternately, three rounds. */
import { feedRun, type FeedFigures, type FeedLoad } from './feed-run.ts';
import type { FeedServer } from './feed-server.ts';
import { printRow } from './measure.ts';

const ROUNDS = 3;

export type FeedPair = Readonly<Record<'subject' | 'baseline', FeedServer>>;
export type SeenFeed = Record<keyof FeedPair, FeedFigures[]>;

/** A note that came twice, late behind another or never is a fault and said aloud. */
export async function compareFeeds(servers: FeedPair, load: FeedLoad): Promise<SeenFeed> {
  const seen: SeenFeed = { subject: [], baseline: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['subject', 'baseline'] as const) {
      const figures = await feedRun(servers[name], load);
      if (figures.faults > 0) process.stderr.write(`${name}: ${String(figures.faults)} faults at ${JSON.stringify(load)}\n`);
      seen[name].push(figures);
    }
  }
  return seen;
}

export function feedRow(
  id: string,
  seen: SeenFeed,
  of: { readonly what: string; readonly figure: Exclude<keyof FeedFigures, 'faults'>; readonly unit: string; readonly toBeat: string },
): void {
  const values = (name: keyof FeedPair): number[] => seen[name].map((figures) => Number(figures[of.figure].toPrecision(4)));
  printRow({ id, what: of.what, unit: of.unit, toBeat: of.toBeat, seen: { subject: values('subject'), baseline: values('baseline') } });
}
