import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ensureBuild } from '../../scripts/launch/build.mjs';
import { canBreakDisk, holdAfterCommit, killAtWrite } from '../support/disk-faults.ts';
import { ask, type Line, pairWith } from '../support/line.ts';
import { startWebProcess, type WebProcess } from '../support/web-process.ts';
import { type Counter, newId, saleOf, standAtCounter } from './busy-counter.ts';
import { faultsOf } from './check-shop.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const state: { folder: string; host: WebProcess | null } = { folder: '', host: null };
beforeAll(ensureBuild);
beforeEach(() => {
  state.folder = mkdtempSync(join(tmpdir(), 'regulars-point-'));
});
afterEach(async () => {
  await state.host?.end('SIGKILL');
  rmSync(state.folder, { recursive: true, force: true });
});

async function open(): Promise<{ host: WebProcess; line: Line; counter: Counter; log: string }> {
  const host = await startWebProcess({ dataFolder: state.folder });
  state.host = host;
  const line = await pairWith(host.address);
  return { host, line, counter: await standAtCounter(line), log: join(state.folder, 'regulars.sqlite-wal') };
}

const receiptsOf = async (line: Line) =>
  (await ask<{ sales: { receiptNumber: string }[] }>(line, 'till.sales', { limit: 10 })).sales.map(
    ({ receiptNumber }) => receiptNumber,
  );

const faults = (sent: readonly string[]) => faultsOf(join(state.folder, 'regulars.sqlite'), [], new Set(sent));

test.runIf(canBreakDisk())(
  'C-49, its part before the commit: killed at the first write of a sale, there is no sale, and it can be sold',
  async () => {
    const { host, line, counter, log } = await open();
    const { operationId, path, input } = saleOf(counter.taxRateId, counter.customerId, 2);
    await killAtWrite(host.processId, log);
    expect(await line.call('mutation', path, { operationId, input })).toEqual({ kind: 'gone' });
    expect(faults([])).toEqual([]);

    const again = await open();
    expect(await receiptsOf(again.line)).toEqual([]);
    expect(await again.line.call('mutation', path, { operationId, input })).toMatchObject({ kind: 'done' });
    expect(await receiptsOf(again.line)).toEqual(['T1-1-000001']);
  },
);

// proves F3
test.runIf(canBreakDisk())(
  'C-49, its part after the commit: killed before anybody was told, the sale and its one receipt are there, and the same Charge says so',
  async () => {
    const { host, line, counter, log } = await open();
    const { operationId, path, input } = saleOf(counter.taxRateId, counter.customerId, 2);
    // The worker folds the log back after the commits of the opening, and the first commit into a log that was started over
    // syncs its header too: neither is the one to be held.
    await wait(1_500);
    const before = saleOf(counter.taxRateId, counter.customerId, 1);
    const first = { operationId: before.operationId, input: before.input };
    expect(await line.call('mutation', before.path, first)).toMatchObject({ kind: 'done' });
    const release = await holdAfterCommit(host.processId, log);
    const answer = line.call('mutation', path, { operationId, input });
    await vi.waitFor(() => expect(Date.now() - statSync(log).mtimeMs).toBeLessThan(200), {
      timeout: 10_000,
      interval: 20,
    });
    await wait(500);
    await host.end('SIGKILL');
    await release();
    expect(await answer).toEqual({ kind: 'gone' });
    expect(faults([before.operationId, operationId])).toEqual([]);

    const again = await open();
    expect(await receiptsOf(again.line)).toEqual(['T1-1-000002', 'T1-1-000001']);
    const told = await again.line.call('mutation', path, { operationId, input });
    expect(told).toMatchObject({ kind: 'done', value: { receiptNumber: 'T1-1-000002', saleId: input.draft.saleId } });
    // Another key for the same cart, as a screen that forgot it would send: refused, with the receipt.
    expect(await again.line.call('mutation', path, { operationId: newId(), input })).toEqual({
      kind: 'refused',
      reason: 'sale-already-completed',
    });
    expect(await receiptsOf(again.line)).toEqual(['T1-1-000002', 'T1-1-000001']);
    expect(await ask(again.line, 'till.receipt', { saleId: input.draft.saleId })).toMatchObject({ copyNumber: 1 });
  },
);
