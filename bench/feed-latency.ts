/**
 * P1: a note's bytes into a pseudo-terminal until its entry is in the browser - on disk before - against the bare pipeline, which
 * keeps nothing. P3: what that costs with 16 devices at 500 events a second. P5: fan-out to 50 browsers. Each run is a server of its
 * own.
 */
import { compareFeeds, feedRow } from './lib/feed-rows.ts';
import { bareServer, daemonServer } from './lib/feed-server.ts';

const servers = { subject: daemonServer, baseline: bareServer };

for (const perSecond of [50, 500, 5_000]) {
  const seen = await compareFeeds(servers, { deviceCount: 1, browserCount: 1, perSecond, seconds: perSecond === 50 ? 6 : 4 });
  feedRow('P1', seen, { what: `device to browser at ${String(perSecond)}/s, p50`, figure: 'p50Ms', unit: 'ms', toBeat: '<= 1.5' });
  feedRow('P1', seen, { what: `device to browser at ${String(perSecond)}/s, p99`, figure: 'p99Ms', unit: 'ms', toBeat: '<= 2' });
}
const many = await compareFeeds(servers, { deviceCount: 16, browserCount: 1, perSecond: 500, seconds: 6 });
feedRow('P3', many, { what: '16 devices, 500/s: processor', figure: 'cpuShare', unit: 'cores', toBeat: '<= 1.5' });
feedRow('P3', many, { what: '16 devices, 500/s: memory (limit 110 MB)', figure: 'residentMb', unit: 'MB', toBeat: '<= 1.5' });
const wide = await compareFeeds(servers, { deviceCount: 1, browserCount: 50, perSecond: 200, seconds: 4 });
feedRow('P5', wide, { what: 'fan-out to 50 browsers, processor a delivery', figure: 'cpuMsPerDelivery', unit: 'ms', toBeat: '<= 1.25' });
