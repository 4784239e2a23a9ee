import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { buildSaleWriter } from './build-writer.ts';
import { runKillLoop, seededRandom } from './kill-loop.ts';

test('F2 F3 D1 D2 L1: five kills at random moments lose nothing confirmed and do nothing twice', async () => {
  const seed = Date.now() % 1_000_000;
  const writer = await buildSaleWriter();
  const folder = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  try {
    const result = await runKillLoop(writer, folder, 5, seededRandom(seed));
    console.log(`seed ${seed}: ${result.confirmed} confirmed, ${result.repeated} cut off and repeated`);
    expect(result.faults, `seed ${seed}`).toEqual([]);
    expect(result.confirmed).toBeGreaterThan(20);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(dirname(writer), { recursive: true, force: true });
  }
}, 120_000);
