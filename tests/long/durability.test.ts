import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuild } from '../../scripts/launch/build.mjs';
import { buildSaleWriter } from '../durability/build-writer.ts';
import { faultsOf } from '../durability/check-shop.ts';
import { runKillLoop, seededRandom } from '../durability/kill-loop.ts';
import { killableWebHost } from '../durability/killable-web-host.ts';
import { canTrace, record, replay } from '../durability/power-loss.ts';

const SEED = Date.now() % 1_000_000;
const built = { writer: '' };

beforeAll(async () => {
  built.writer = await buildSaleWriter();
});
afterAll(() => rmSync(dirname(built.writer), { recursive: true, force: true }));

test('F2 F3 D1 D2 L1: fifty kills of the real host at random moments lose nothing confirmed and do nothing twice', async () => {
  await ensureBuild();
  const host = killableWebHost();
  try {
    const result = await runKillLoop(host, faultsOf, 50, seededRandom(SEED));
    console.log(`seed ${SEED}: ${result.confirmed} confirmed, ${result.repeated} cut off and repeated`);
    expect(result.faults, `seed ${SEED}`).toEqual([]);
    expect(result.cycles).toBe(50);
    expect(result.repeated).toBeGreaterThan(10);
  } finally {
    await host.remove();
  }
});

test('F1 D1 D2: five thousand power cuts lose nothing confirmed', () => {
  expect(canTrace(), 'strace is missing: apt-get install strace').toBe(true);
  const recording = record(built.writer, 120, false);
  try {
    const result = replay(recording, 5_000, seededRandom(SEED));
    console.log(`seed ${SEED}: ${JSON.stringify({ ...result, faults: result.faults.length })}`);
    expect(result.faults, `seed ${SEED}`).toEqual([]);
    expect(result.images).toBeGreaterThan(4_000);
  } finally {
    recording.remove();
  }
});
