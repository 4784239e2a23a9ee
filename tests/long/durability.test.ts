import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSaleWriter } from '../durability/build-writer.ts';
import { runKillLoop, seededRandom } from '../durability/kill-loop.ts';
import { canTrace, record, replay } from '../durability/power-loss.ts';

const SEED = Date.now() % 1_000_000;
const built = { writer: '' };

beforeAll(async () => {
  built.writer = await buildSaleWriter();
});
afterAll(() => rmSync(dirname(built.writer), { recursive: true, force: true }));

test('F2 F3 D1 D2 L1: fifty kills at random moments lose nothing confirmed and do nothing twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  const result = await runKillLoop(built.writer, folder, 50, seededRandom(SEED));
  rmSync(folder, { recursive: true, force: true });
  console.log(`seed ${SEED}: ${result.confirmed} confirmed, ${result.repeated} cut off and repeated`);
  expect(result.faults, `seed ${SEED}`).toEqual([]);
  expect(result.cycles).toBe(50);
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
