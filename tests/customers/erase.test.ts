import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

const opened: TillShop[] = [];
afterEach(() => {
  for (const shop of opened.splice(0)) shop.close();
});
async function openShop(inFile: boolean): Promise<TillShop> {
  const shop = await createTillShop({ inFile, shop: DOLLAR_SHOP });
  opened.push(shop);
  return shop;
}

const CANARY = 'Qxzwvk';
const PHONE = '2125552368';

/** Everything that can be told of somebody, each with a word of its own that stands nowhere else. */
async function tellEverything(shop: TillShop): Promise<string> {
  const manager = shop.caller('manager');
  const fieldId = shop.newId();
  const choiceId = shop.newId();
  await manager.customers.saveFields(
    shop.op({
      fields: [
        { fieldId, name: 'Allergy', kind: 'text' as const, choices: [] },
        { fieldId: choiceId, name: 'Seat', kind: 'choice' as const, choices: ['inside', 'outside'] },
      ],
    }),
  );
  const { customerId, code } = await manager.customers.enrol(
    shop.op({
      name: `${CANARY}name Person`,
      phone: PHONE,
      email: `${CANARY}mail@example.com`,
      consentMarketing: true,
      birthday: '1987-03-09',
    }),
  );
  const update = {
    callName: `${CANARY}call`,
    note: `${CANARY}note ${'long '.repeat(300)}`,
    tags: [`${CANARY}tag`],
    language: 'es',
    contactBy: 'email' as const,
  };
  await manager.customers.update(
    shop.op({ customerId, ...update, custom: { [fieldId]: `${CANARY}custom`, [choiceId]: 'inside' } }),
  );
  await manager.customers.update(shop.op({ customerId, note: `${CANARY}second` }));
  await manager.customers.block(shop.op({ customerId, reason: `${CANARY}blocked` }));
  await manager.customers.unblock(shop.op({ customerId }));
  await manager.scanning.submit(
    shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
  );
  return customerId;
}

async function trade(shop: TillShop, customerId: string): Promise<void> {
  const manager = shop.caller('manager');
  for (let sale = 0; sale < 12; sale += 1) {
    const line = shop.line(sale === 0 ? 900 : 750, { note: `${CANARY}line${sale}`, name: `${CANARY}item${sale}` });
    await shop.sell(shop.draft([line], { customerId, note: `${CANARY}sale${sale}`, label: `${CANARY}label` }));
  }
  const refunded = shop.draft([shop.line(500)], { customerId });
  const { saleId } = await shop.sell(refunded);
  const lines = [{ lineId: refunded.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  await manager.till.refund(shop.op({ saleId, lines, tenderKind: 'cash' as const, reason: `${CANARY}refund` }));
  const other = await shop.sell(shop.draft([shop.line(200)], { customerId }));
  await manager.till.cancelSale(shop.op({ saleId: other.saleId, reason: `${CANARY}cancel` }));
  await manager.points.award(shop.op({ customerId, reason: 'goodwill' as const, points: 5, note: `${CANARY}award` }));
  const held = shop.draft([shop.line(300, { note: `${CANARY}held`, name: `${CANARY}helditem` })], {
    customerId,
    note: `${CANARY}heldnote`,
    label: `${CANARY}tab`,
  });
  await manager.till.saveDraft(shop.op({ draft: held, revision: 0, isHeld: true }));
}

/** Files of the data folder, and of a backup made now, in which a text stands. */
function filesWith(shop: TillShop, texts: readonly string[]): string[] {
  const folder = dirname(shop.env.db.path);
  const backup = join(folder, `backup-${shop.newId()}.sqlite`);
  const connection = new Database(shop.env.db.path, { readonly: true });
  connection.exec(`VACUUM INTO '${backup}'`);
  connection.close();
  const found = readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name)).toString('latin1').toLowerCase();
    return texts.some((text) => bytes.includes(text.toLowerCase()));
  });
  rmSync(backup);
  return found.map((name) => (name.startsWith('backup-') ? 'backup' : name));
}

const SOUGHT = [CANARY, PHONE, [...PHONE].reverse().join(''), '1987-03-09'];

const books = (shop: TillShop) =>
  ['transactions', 'transaction_items', 'refunds', 'sale_entries', 'customer_visits', 'merchant_hourly_analytics'].map(
    (table) => shop.env.db.read.all(`SELECT * FROM ${table} ORDER BY 1, 2, 3` as never),
  );

test('C-50, DP2: erasing a customer books the points off today, keeps the books, and leaves nothing of the person in database, log, search index or a later backup', async () => {
  const shop = await openShop(true);
  const manager = shop.caller('manager');
  const customerId = await tellEverything(shop);
  await trade(shop, customerId);
  for (let other = 0; other < 60; other += 1) {
    await manager.customers.enrol(
      shop.op({ name: `Other Person ${other}`, phone: `212555${3000 + other * 7}`, consentMarketing: false }),
    );
  }
  const balance = shop.balanceOf(customerId);
  expect(balance).toBeGreaterThan(80);
  expect(filesWith(shop, SOUGHT)).toContain('backup');
  const before = books(shop);
  const days = shop.env.db.read.all<{ points_adjusted: number }>('SELECT * FROM merchant_daily_analytics' as never);
  const today = (await manager.customers.get({ customerId })).balance;
  shop.clock.advance(24 * 3_600_000);
  const { pointsErased } = await manager.customers.erase(shop.op({ customerId }));
  expect(pointsErased).toBe(today);
  expect(books(shop)).toEqual(before);
  const after = shop.env.db.read.all<{ points_adjusted: number; points_expired: number }>(
    'SELECT * FROM merchant_daily_analytics ORDER BY business_date' as never,
  );
  expect(after.slice(0, days.length)).toEqual(days);
  expect(after.slice(days.length)).toMatchObject([{ points_adjusted: -today, points_expired: 0 }]);
  const entry = shop.env.db.read.all(
    "SELECT kind, points, reason FROM points_transactions WHERE reason = 'ERASED'" as never,
  );
  expect(entry).toEqual([{ kind: 'adjust', points: -today, reason: 'ERASED' }]);
  expect(shop.balanceOf(customerId)).toBe(0);
  await expect.poll(() => shop.number('SELECT COUNT(*) AS n FROM customer_erasures WHERE swept_at_ms IS NULL')).toBe(0);
  shop.env.db.checkpoint();
  expect(filesWith(shop, SOUGHT)).toEqual([]);
  expect(verifyAuditChain(shop.env.db.read).brokenAtSeq).toBeNull();
  expect(await manager.customers.search({ text: `${CANARY}name`, limit: 10 })).toEqual([]);
  expect(shop.number('SELECT COUNT(*) AS n FROM qr_scan_logs WHERE customer_id IS NOT NULL')).toBe(0);
  expect((await manager.customers.search({ text: 'Other Person 5', limit: 10 })).length).toBeGreaterThan(0);
});

test('C-50: an erased customer is refused everywhere, their card is not known, and a second erasure finds nobody', async () => {
  const shop = await openShop(false);
  const manager = shop.caller('manager');
  const { customerId, code } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  await manager.customers.erase(shop.op({ customerId }));
  const scan = shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() });
  expect((await manager.scanning.submit(scan)).outcome).toMatchObject({ kind: 'unknown' });
  expect(await refusalOf(manager.customers.erase(shop.op({ customerId })))).toMatchObject({ reason: 'not-found' });
  expect(await refusalOf(manager.customers.update(shop.op({ customerId, name: 'Ana' })))).toMatchObject({
    reason: 'not-found',
  });
  expect(await refusalOf(shop.caller('cashier').customers.erase(shop.op({ customerId })))).toMatchObject({
    reason: 'not-permitted',
  });
});

test('what was imported together with others is erased alone', async () => {
  const shop = await openShop(false);
  const manager = shop.caller('manager');
  const csvText = `name,phone\n${CANARY} First,2125550101\nStays Second,2125550102\n`;
  const preview = await manager.customers.previewImport({ csvText });
  await manager.customers.importRows(shop.op({ importId: shop.newId(), fromLine: 2, rows: preview.rows }));
  const customerId = String(
    Object.values(
      shop.env.db.read.get<{ id: string }>(
        "SELECT c.id FROM customers c JOIN customer_pii p ON p.customer_number = c.customer_number WHERE p.full_name LIKE 'Qxzwvk%'" as never,
      ) ?? {},
    )[0],
  );
  await manager.customers.erase(shop.op({ customerId }));
  const pii = shop.env.db.read
    .all<{ pii: string }>('SELECT pii FROM outbox WHERE pii IS NOT NULL' as never)
    .map((row) => row.pii);
  expect(pii.join()).not.toContain(CANARY);
  expect(pii.join()).toContain('Stays Second');
});

test('a sale that is being rung up goes on without the person; one whose payment runs must end first', async () => {
  const shop = await openShop(false);
  const manager = shop.caller('manager');
  const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const open = shop.draft([shop.line(300, { note: `${CANARY}` })], { customerId });
  await manager.till.saveDraft(shop.op({ draft: open, revision: 0, isHeld: true }));
  const pending = shop.draft([shop.line(900)], { customerId });
  const { tenderId } = await manager.till.beginPayment(
    shop.op({ draft: pending, tender: { kind: 'card' as const, amountMinor: 900 } }),
  );
  expect(await refusalOf(manager.customers.erase(shop.op({ customerId })))).toMatchObject({
    reason: 'sale-not-completed',
  });
  await manager.till.failTender(shop.op({ saleId: pending.saleId, tenderId, reason: '' }));
  const { saleId } = await manager.till.giveUpPayment(shop.op({ saleId: pending.saleId }));
  await manager.till.discardDraft(shop.op({ saleId }));
  await manager.customers.erase(shop.op({ customerId }));
  const drafts = shop.env.db.read.all<{ draft: string; revision: number }>(
    'SELECT draft, revision FROM sale_drafts' as never,
  );
  expect(drafts.map(({ draft, revision }) => ({ ...JSON.parse(draft), revision }))).toMatchObject([
    { customerId: null, revision: 2, lines: [{ unitPriceMinor: 300, note: '' }] },
  ]);
});

test('C-50, C-48: erasing somebody whose merge was undone takes what the other record had been told of them, and leaves the other its own', async () => {
  const shop = await openShop(false);
  const manager = shop.caller('manager');
  const fieldId = shop.newId();
  const fields = [{ fieldId, name: 'Allergy', kind: 'text' as const, choices: [] }];
  await manager.customers.saveFields(shop.op({ fields }));
  const enrol = (name: string, more: object) =>
    manager.customers.enrol(shop.op({ name, consentMarketing: false, ...more }));
  const told = { phone: PHONE, email: `${CANARY}@example.com`, custom: { [fieldId]: `${CANARY}custom` } };
  const { customerId: fromCustomerId } = await enrol(`${CANARY} First`, told);
  const { customerId: intoCustomerId } = await enrol('Stays Second', {});
  const { customerId: lastId } = await enrol('Stays Third', {});
  const { mergeId } = await manager.customers.merge(shop.op({ fromCustomerId, intoCustomerId }));
  shop.clock.advance(60_000);
  await manager.customers.update(shop.op({ customerId: intoCustomerId, note: 'of the second' }));
  const onward = { fromCustomerId: intoCustomerId, intoCustomerId: lastId };
  const further = await manager.customers.merge(shop.op(onward));
  shop.clock.advance(60_000);
  await manager.customers.undoMerge(shop.op({ mergeId: further.mergeId }));
  await manager.customers.undoMerge(shop.op({ mergeId }));
  await manager.customers.erase(shop.op({ customerId: fromCustomerId }));
  for (const table of ['audit_logs', 'outbox', 'customer_events', 'customer_pii']) {
    const text = JSON.stringify(shop.env.db.read.all(`SELECT * FROM ${table}` as never));
    expect(text, table).not.toContain(CANARY);
    expect(text, table).not.toContain(PHONE);
    if (table === 'audit_logs' || table === 'outbox') expect(text).toContain('of the second');
  }
  expect(verifyAuditChain(shop.env.db.read).brokenAtSeq).toBeNull();
  expect(await manager.customers.get({ customerId: intoCustomerId })).toMatchObject({
    note: 'of the second',
    phone: null,
  });
});

test.each(['from', 'to'] as const)(
  'C-50, PT23: the note of a transfer goes with either of the two people: %s',
  async (side) => {
    const shop = await openShop(false);
    const manager = shop.caller('manager');
    const enrol = (name: string) => manager.customers.enrol(shop.op({ name, consentMarketing: false }));
    const people = { from: await enrol('Ana Ruiz'), to: await enrol('Eva Sosa') };
    const { customerId: fromCustomerId } = people.from;
    await shop.sell(shop.draft([shop.line(900)], { customerId: fromCustomerId }));
    const transfer = { fromCustomerId, toCustomerId: people.to.customerId, points: 5, note: `${CANARY}gift` };
    await manager.points.transfer(shop.op(transfer));
    const kept = () =>
      ['audit_logs', 'outbox', 'customer_events'].map((table) =>
        shop.env.db.read.all(`SELECT * FROM ${table}` as never),
      );
    expect(JSON.stringify(kept())).toContain(CANARY);
    await manager.customers.erase(shop.op({ customerId: people[side].customerId }));
    expect(JSON.stringify(kept())).not.toContain(CANARY);
  },
);
