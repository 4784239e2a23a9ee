// `node scripts/zone-data.mjs`: writes src/shop/time/zone-data.json from the time zone database in @js-joda/timezone.
// Run it after updating that package; src/shop/time/zone.test.ts compares every zone with the package.
// A zone is "offsets|order|lengths": its offsets ahead of UTC in seconds, which of them (base 36) holds in each period, and how
// long each period but the last is, in seconds (base 36), the first counted from 1970, the last beginning before 2100.
// "=NAME" is another name for a zone.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { ZoneId } from '@js-joda/core';
import '@js-joda/timezone';

const OUT = fileURLToPath(new URL('../src/shop/time/zone-data.json', import.meta.url));
const END_MS = Date.UTC(2100, 0, 1);
const require = createRequire(import.meta.url);

const release = /version\s*=\s*"(\d{4}[a-z])"/.exec(readFileSync(require.resolve('@js-joda/timezone'), 'utf8'))?.[1];
if (release === undefined) throw new Error('the package does not say which release of the database it holds');

const zones = {};
const firstNames = new Map();
for (const name of ZoneId.getAvailableZoneIds()
  .filter((id) => id !== 'SYSTEM')
  .sort()) {
  const text = packed(ZoneId.of(name).rules());
  const first = firstNames.get(text);
  if (first === undefined) firstNames.set(text, name);
  zones[name] = first === undefined ? text : `=${first}`;
}
writeFileSync(OUT, `${JSON.stringify({ release, zones }, null, 1)}\n`);
process.stdout.write(`${Object.keys(zones).length} zones of release ${release}.\n`);

function packed(rules) {
  const untilsMs = (rules._tzdbInfo?.untils ?? []).filter((untilMs) => untilMs > 0 && untilMs < END_MS);
  const startsMs = [0, ...untilsMs];
  const perPeriod = startsMs.map((startMs) => rules.offsetOfEpochMilli(startMs).totalSeconds());
  const offsets = [...new Set(perPeriod)];
  const order = perPeriod.map((offset) => offsets.indexOf(offset).toString(36)).join('');
  const lengths = untilsMs.map((untilMs, index) => Math.round((untilMs - startsMs[index]) / 1000).toString(36));
  return `${offsets.join(' ')}|${order}|${lengths.join(' ')}`;
}
