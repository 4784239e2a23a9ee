import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { afterNextStart, folderThatWaits, RESTORED, startAndDie } from '../backups/restore-killed.ts';

test('S0-75 F2: a restore cut off at any single write, sync or renaming is ended by the next start, and never leaves a mix', async () => {
  const template = await folderThatWaits();
  const { folder, calls } = startAndDie(template, 0);
  expect(await afterNextStart(folder)).toEqual(RESTORED);
  expect(calls).toBeGreaterThan(20);
  for (let dieAt = 1; dieAt <= calls; dieAt += 1) {
    const cut = startAndDie(template, dieAt);
    expect(await afterNextStart(cut.folder), `cut off at ${dieAt} of ${calls}`).toEqual(RESTORED);
  }
  rmSync(template, { recursive: true, force: true });
}, 300_000);
