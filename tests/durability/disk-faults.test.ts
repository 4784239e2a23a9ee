import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ensureBuild } from '../../scripts/launch/build.mjs';
import { breakDisk, canBreakDisk, type DiskFault } from '../support/disk-faults.ts';
import { ask, type Line, type LineAnswer, pairWith } from '../support/line.ts';
import { startWebProcess, type WebProcess } from '../support/web-process.ts';
import { type Counter, type Sent, saleOf, standAtCounter } from './busy-counter.ts';
import { type Confirmed, faultsOf } from './check-shop.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

interface OpenShop {
  readonly folder: string;
  readonly host: WebProcess;
  readonly line: Line;
  readonly counter: Counter;
}

const state: { folder: string; host: WebProcess | null; confirmed: Confirmed[]; sent: Set<string> } = {
  folder: '',
  host: null,
  confirmed: [],
  sent: new Set(),
};

beforeAll(ensureBuild);
beforeEach(() =>
  Object.assign(state, { folder: mkdtempSync(join(tmpdir(), 'regulars-disk-')), confirmed: [], sent: new Set() }),
);
afterEach(async () => {
  await state.host?.end('SIGKILL');
  spawnSync('umount', ['-q', state.folder], { stdio: 'ignore' });
  rmSync(state.folder, { recursive: true, force: true });
});

async function open(): Promise<OpenShop> {
  const host = await startWebProcess({ dataFolder: state.folder });
  state.host = host;
  const line = await pairWith(host.address);
  return { folder: state.folder, host, line, counter: await standAtCounter(line) };
}

/** Sends a sale (again), and remembers what was confirmed. */
async function sell({ line, counter }: OpenShop, sale: Sent = saleOf(counter.taxRateId, null, 2)): Promise<LineAnswer> {
  const { operationId, path, input } = sale;
  state.sent.add(operationId);
  const answer = await line.call('mutation', path, { operationId, input });
  if (answer.kind === 'done') state.confirmed.push({ operationId, answer: answer.value });
  return answer;
}

const receiptsOf = async ({ line }: OpenShop): Promise<number> =>
  (await ask<{ sales: unknown[] }>(line, 'till.sales', { limit: 50 })).sales.length;

/** How often the host has opened its writing connection: once at the start, and again after each fault it no longer trusts. */
function timesOpened({ folder }: OpenShop): number {
  const db = new Database(join(folder, 'regulars.sqlite'), { readonly: true });
  const { times } = db.prepare('SELECT times FROM opened').get() as { times: number };
  db.close();
  return times;
}

/** Ends the host and opens what it left: everything confirmed is there, once, and nothing is half written. */
async function expectWhole({ host, folder }: OpenShop): Promise<void> {
  await host.end('SIGKILL');
  expect(faultsOf(join(folder, 'regulars.sqlite'), state.confirmed, state.sent)).toEqual([]);
}

const LOG = 'regulars.sqlite-wal';

// proves F6, D1, D2
test.runIf(canBreakDisk()).each<[string, Omit<DiskFault, 'path'>, string]>([
  ['a sync that fails once', { calls: 'fdatasync,fsync', error: 'EIO', times: 1 }, 'disk-broken'],
  ['syncs that fail until the disk is mended', { calls: 'fdatasync,fsync', error: 'EIO' }, 'disk-broken'],
  ['a write that fails once', { calls: 'pwrite64', error: 'EIO', times: 1 }, 'disk-broken'],
  ['writes that fail until the disk is mended', { calls: 'pwrite64', error: 'EIO' }, 'disk-broken'],
  ['writes that find no space', { calls: 'pwrite64', error: 'ENOSPC' }, 'disk-full'],
])(
  'F6 D1 D2: %s: the sale is refused whole and said to be, and the next one is sold by the same process',
  async (_what, given, fault) => {
    const shop = await open();
    expect(await sell(shop)).toMatchObject({ kind: 'done' });
    const sale = saleOf(shop.counter.taxRateId, shop.counter.customerId, 2);

    const mend = await breakDisk(shop.host.processId, { ...given, path: join(shop.folder, LOG) });
    expect(await sell(shop, sale)).toMatchObject({ kind: 'failed', fault });
    if (given.times === undefined) expect(await sell(shop, sale)).toMatchObject({ kind: 'failed', fault });
    expect(await receiptsOf(shop)).toBe(1);
    await mend();

    expect(await sell(shop, sale)).toMatchObject({ kind: 'done' });
    expect(await sell(shop)).toMatchObject({ kind: 'done' });
    expect(await receiptsOf(shop)).toBe(3);
    // A connection whose sync failed is closed; a new one was opened and verified before the next sale.
    if (fault === 'disk-broken') expect(timesOpened(shop)).toBe(2);
    await expectWhole(shop);
  },
);

const DISK_MIB = 6;

/** Puts a small disk of its own under the folder; false where that is not allowed. */
function mountSmallDisk(folder: string): boolean {
  return (
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder], { stdio: 'ignore' }).status === 0
  );
}

test('F4 D1 D2: on a disk that is really full sales are refused in a word, reading goes on, and with space they go on', async (context) => {
  if (!mountSmallDisk(state.folder)) return context.skip('only root may mount a small disk');
  const shop = await open();
  expect(await sell(shop)).toMatchObject({ kind: 'done' });
  const ballast = join(shop.folder, 'ballast');
  fill(ballast);

  const refused = await sellUntilRefused(shop);
  const sold = state.confirmed.length;
  expect(refused.answer).toMatchObject({ kind: 'failed', fault: 'disk-full' });
  expect(await sell(shop)).toMatchObject({ kind: 'failed', fault: 'disk-full' });
  expect(await receiptsOf(shop)).toBe(Math.min(sold, 50));
  expect(await ask<unknown[]>(shop.line, 'customers.search', { text: 'Ana', limit: 5 })).toHaveLength(1);

  rmSync(ballast);
  expect(await sell(shop, refused.sale)).toMatchObject({ kind: 'done' });
  expect(await sell(shop)).toMatchObject({ kind: 'done' });
  expect(state.confirmed).toHaveLength(sold + 2);
  await expectWhole(shop);
});

/** Writes a file until there is no space for another page of it. */
function fill(path: string): void {
  const page = Buffer.alloc(4096, 1);
  for (let pages = 0; pages < DISK_MIB * 256; pages += 1) {
    try {
      writeFileSync(path, page, { flag: 'a' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw cause;
    }
  }
}

async function sellUntilRefused(shop: OpenShop): Promise<{ sale: Sent; answer: LineAnswer }> {
  for (let count = 0; count < 2_000; count += 1) {
    const sale = saleOf(shop.counter.taxRateId, null, 3);
    const answer = await sell(shop, sale);
    if (answer.kind !== 'done') return { sale, answer };
  }
  throw new Error('the disk never filled');
}
