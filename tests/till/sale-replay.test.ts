import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '#backend/db/open.ts';
import { appRouter } from '#backend/router.ts';
import { createEnv } from '#backend/start.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from './till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop({ inFile: true });
});
afterEach(() => shop.close());

test('the same operation after a restart gets the same answer and sells nothing', async () => {
  const draft = shop.draft([shop.line(10_000)], { customerId: shop.addCustomer() });
  const submission = shop.op({ draft, tenders: [shop.cash(10_000, 20_000)], expectedTotalMinor: 10_000 });
  const first = await shop.caller('cashier').till.completeSale(submission);
  const folder = mkdtempSync(join(tmpdir(), 'regulars-copy-'));
  cpSync(dirname(shop.env.db.path), folder, { recursive: true });
  const path = join(folder, basename(shop.env.db.path));
  const db = openDatabase({ path, nowMs: shop.clock.wallNowMs() });
  const { host, appVersion } = shop.env;
  const env = createEnv({
    db,
    clock: shop.clock,
    newId: shop.newId,
    pepper: Buffer.alloc(32, 7),
    host,
    appVersion,
    devices: null,
  });
  const session = {
    sessionId: shop.newId(),
    staffId: shop.staffId('cashier'),
    name: 'Carlos',
    roles: ['cashier' as const],
    isLocked: false,
  };
  env.sessions.begin('again', session);
  const again = createCallerFactory(appRouter)({ env, clientId: 'again' });
  expect(await again.till.completeSale(submission)).toEqual(first);
  expect(db.read.get('SELECT COUNT(*) AS n FROM transactions' as never)).toEqual({ n: 1 });
  const other = { ...submission, input: { ...submission.input, expectedTotalMinor: 9_000 } };
  expect(await refusalOf(again.till.completeSale(other))).toMatchObject({ reason: 'operation-id-reused' });
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a price changed in the catalogue since stops the sale and says the new total', async () => {
  const { catalogue } = shop.caller('manager');
  const product = {
    name: 'Cortado',
    sku: null,
    barcodes: [],
    categoryId: null,
    taxRateId: shop.taxRateId,
    icon: 'coffee',
    soldByWeight: false,
  };
  const { productId } = await catalogue.saveProduct(shop.op({ ...product, priceMinor: 15_000 }));
  const line = shop.line(15_000, { productId });
  const draft = shop.draft([line, shop.line(1_000)]);
  await catalogue.saveProduct(shop.op({ ...product, productId, version: 1, priceMinor: 16_000 }));
  const submission = shop.op({ draft, tenders: [shop.cash(16_000)], expectedTotalMinor: 16_000 });
  expect(await refusalOf(shop.caller('cashier').till.completeSale(submission))).toEqual({
    reason: 'price-changed',
    facts: { totalMinor: 17_000, lineId: line.lineId, priceMinor: 16_000 },
  });
});

test('a sale with more lines than one op can hold is refused in words, and a large one fits', async () => {
  const many = (count: number) => shop.draft(Array.from({ length: count }, () => shop.line(1_000)));
  expect(await refusalOf(shop.sell(many(200)))).toMatchObject({ reason: 'too-many-lines' });
  expect(await shop.sell(many(60))).toMatchObject({ totalMinor: 60_000 });
});
