import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildSaleWriter } from './build-writer.ts';
import { seededRandom } from './kill-loop.ts';
import { canTrace, record, replay } from './power-loss.ts';

const SEED = 20_260_302;
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const built = { writer: '' };

beforeAll(async () => {
  built.writer = await buildSaleWriter();
});
afterAll(() => rmSync(dirname(built.writer), { recursive: true, force: true }));

test('the machine can record system calls (Debian package strace)', () => {
  expect(canTrace() || process.env.CI === undefined, 'strace is missing: apt-get install strace').toBe(true);
});

test.runIf(canTrace())(
  'F1 D1 D2: whatever a power cut leaves of the unsynced writes, every confirmed sale is there',
  () => {
    const recording = record(built.writer, 40, false);
    try {
      const result = replay(recording, 120, seededRandom(SEED));
      console.log(JSON.stringify({ ...result, faults: result.faults.length }));
      expect(result.faults).toEqual([]);
      expect(result.images).toBeGreaterThan(80);
      expect(result.confirmed).toBe(48);
    } finally {
      recording.remove();
    }
  },
);

test.runIf(canTrace())(
  'F1 negative control: with commits that do not wait for the disk, confirmed sales are lost',
  () => {
    const recording = record(built.writer, 30, true);
    try {
      const result = replay(recording, 30, seededRandom(SEED));
      console.log(JSON.stringify({ ...result, faults: result.faults.length }));
      expect(result.lostImages).toBeGreaterThan(5);
    } finally {
      recording.remove();
    }
  },
);
