/** P2: as P1 and P3, against Node-RED, which keeps nothing and relays the note as the daemon words it. */
import { compareFeeds, feedRow } from './lib/feed-rows.ts';
import { daemonServer } from './lib/feed-server.ts';
import { nodeRedServer } from './lib/node-red.ts';

const servers = { subject: daemonServer, baseline: nodeRedServer };

for (const perSecond of [50, 500, 5_000]) {
  const seen = await compareFeeds(servers, { deviceCount: 1, browserCount: 1, perSecond, seconds: perSecond === 50 ? 6 : 4 });
  const load = `${String(perSecond)}/s`;
  feedRow('P2', seen, { what: `against Node-RED at ${load}, p50`, figure: 'p50Ms', unit: 'ms', toBeat: '<= 1' });
  feedRow('P2', seen, { what: `against Node-RED at ${load}: processor an event`, figure: 'cpuMsPerDelivery', unit: 'ms', toBeat: '<= 1' });
}
const many = await compareFeeds(servers, { deviceCount: 16, browserCount: 1, perSecond: 500, seconds: 6 });
feedRow('P3', many, { what: 'against Node-RED, 16 devices, 500/s: memory', figure: 'residentMb', unit: 'MB', toBeat: '<= 1' });
