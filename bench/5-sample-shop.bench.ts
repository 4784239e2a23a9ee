// The order's figure for `--demo`: 40 products, 600 customers and 90 days of sales in under 10 s.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { openBackend } from '#backend/start.ts';
import { median, report, round } from './support/measure.ts';

const WORKERS = join(process.cwd(), 'out', 'main');

test('making the sample shop', async () => {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    const dataFolder = mkdtempSync(join(tmpdir(), 'regulars-sample-'));
    const start = performance.now();
    const backend = await openBackend({
      dataFolder,
      host: 'web',
      appVersion: '0.0.0-bench',
      demo: true,
      workers: {
        read: join(WORKERS, 'read-worker.cjs'),
        checkpoint: join(WORKERS, 'checkpoint-worker.cjs'),
        copy: join(WORKERS, 'copy-worker.cjs'),
      },
      devices: null,
    });
    times.push((performance.now() - start) / 1000);
    await backend.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
  const seconds = median(times);
  report({ measure: 'sample shop made', value: round(seconds, 1), unit: 's', target: '< 10 s', isMet: seconds < 10 });
}, 600_000);
