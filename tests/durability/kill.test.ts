import { expect, test } from 'vitest';
import { ensureBuild } from '../../scripts/launch/build.mjs';
import { faultsOf } from './check-shop.ts';
import { runKillLoop, seededRandom } from './kill-loop.ts';
import { killableWebHost } from './killable-web-host.ts';

test('F2 F3 D1 D2 L1: three kills of the real host at random moments lose nothing confirmed and do nothing twice', async () => {
  await ensureBuild();
  const seed = Date.now() % 1_000_000;
  const host = killableWebHost();
  try {
    const result = await runKillLoop(host, faultsOf, 3, seededRandom(seed));
    console.log(`seed ${seed}: ${result.confirmed} confirmed, ${result.repeated} cut off and repeated`);
    expect(result.faults, `seed ${seed}`).toEqual([]);
    expect(result.confirmed).toBeGreaterThan(20);
  } finally {
    await host.remove();
  }
}, 120_000);
