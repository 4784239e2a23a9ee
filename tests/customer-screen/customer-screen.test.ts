import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CustomerScreenState, ScreenSale } from '#shop/customer-screen/screen-state.ts';
import { sumOf } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { asking, createValueShop } from '../till/value-shop.ts';
import { percent } from '../till/till-shop.ts';
import { createScreenShop, type ScreenShop } from './screen-shop.ts';

const NOTHING_YET = { answers: 9, averageHundredths: null, goodBasisPoints: null };
const state: { shop: ScreenShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createScreenShop();
});
afterEach(() => state.shop?.leave());
const shopOf = (): ScreenShop => mustHave(state.shop, 'the shop');

/** What is to be paid must follow from what is shown. */
function addsUp({ lines, reductions, addedTaxMinor, totalMinor }: ScreenSale): boolean {
  const minor = (rows: readonly { amountMinor: number }[]): number => sumOf(rows.map(({ amountMinor }) => amountMinor));
  return minor(lines) + addedTaxMinor - minor(reductions) === totalMinor;
}

test('S3-1 T13: a whole sale on the screen: idle, lines, its customer, paying, paid, and idle again after eight seconds', async () => {
  const shop = shopOf();
  await shop.promotion({ name: 'Happy hour', benefit: { kind: 'percent', rateBasisPoints: 500 } });
  await shop.show(null);
  expect(await shop.seen('idle', (idle) => idle.isOpen)).toMatchObject({
    shopName: 'Café Lapacho',
    offer: { name: 'Happy hour', endsOn: null },
  });
  const lines = [shop.line(4_000, { name: 'Flat white', quantityThousandths: 2_000 })];
  const draft = shop.draft(lines, { discount: percent(1_000) });
  await shop.show(draft);
  const plain = await shop.seen('sale');
  expect(plain).toMatchObject({
    lines: [{ name: 'Flat white', quantityThousandths: 2_000, amountMinor: 8_000 }],
    reductions: [
      { kind: 'promotion', name: 'Happy hour' },
      { kind: 'discount', name: '' },
    ],
    customer: null,
  });
  expect(plain.wouldEarnPoints).toBeGreaterThan(0);
  expect(addsUp(plain)).toBe(true);
  const { customerId } = await shop.enrol('Ana Giménez', { language: 'es' });
  const withAna = { ...draft, customerId };
  await shop.show(withAna);
  const known = await shop.seen('sale', ({ customer }) => customer !== null);
  expect(known).toMatchObject({
    language: 'es',
    wouldEarnPoints: null,
    customer: { firstName: 'Ana', balancePoints: 0 },
  });
  expect(known.customer?.earnsPoints).toBe(plain.wouldEarnPoints);
  await shop.show(withAna, 'paying');
  const paying = await shop.seen('paying');
  expect(paying).toMatchObject({ firstName: 'Ana', totalMinor: plain.totalMinor });
  await shop.pay(withAna, [shop.cash(plain.totalMinor, 10_000)], plain.totalMinor);
  const paid = await shop.seen('paid');
  expect(paid).toMatchObject({
    changeMinor: 10_000 - plain.totalMinor,
    earnedPoints: known.customer?.earnsPoints,
    balancePoints: known.customer?.earnsPoints,
    question: null,
  });
  // What the till sends late of the sale that is paid brings nothing back.
  await shop.show(withAna, 'paying');
  shop.clock.advance(7_900);
  expect(shop.states.at(-1)?.moment).toBe('paid');
  shop.clock.advance(200);
  await shop.seen('idle', ({ language }) => language === 'en');
});

test('S3-1: no state ever holds more of a customer than their first name', async () => {
  const shop = shopOf();
  const secret = { phone: '+12125550147', email: 'ana@example.com' };
  const { customerId, code } = await shop.enrol('Ana Zacarías Único', secret);
  await shop.cashier.customers.update(shop.op({ customerId, note: 'owes us 40' }));
  await shop.credit(customerId, 900);
  await shop.give(customerId, { name: 'Breakfast' });
  await shop.show(shop.draft([shop.line(4_000)]));
  expect(await shop.screen.scan({ code, source: 'CAMERA' })).toEqual({ kind: 'card', firstName: 'Ana' });
  const draft = shop.draft([shop.line(4_000)], { customerId });
  await shop.show(draft);
  await shop.seen('sale', ({ customer }) => customer?.creditMinor === 900);
  await shop.show(draft, 'paying');
  await shop.seen('paying');
  await shop.pay(draft, [shop.cash(4_000)], 4_000);
  await shop.seen('paid');
  const told = JSON.stringify(shop.states);
  for (const word of ['Zacarías', 'Único', '5550147', 'example.com', 'owes', code, customerId])
    expect(told).not.toContain(word);
});

test('S0-9: a card at the customer’s screen is the customer’s scan, and becomes a request to the till that showed the sale', async () => {
  const shop = shopOf();
  const ana = await shop.enrol('Ana Giménez');
  const bo = await shop.enrol('Bo Lee');
  const draft = shop.draft([shop.line(4_000)]);
  await shop.show(draft);
  expect(await shop.screen.scan({ code: ana.code, source: 'CAMERA' })).toEqual({ kind: 'card', firstName: 'Ana' });
  const [request] = await shop.requests();
  expect(request).toMatchObject({
    kind: 'customer',
    saleId: draft.saleId,
    customerId: ana.customerId,
    scan: { risk: 'LOW', outcome: { kind: 'customer', displayName: 'Ana Giménez' } },
  });
  expect((await shop.caller('manager').devices.customerScreen()).requests).toEqual([]);
  expect(
    shop.env.db.read.all(
      'SELECT scan_type AS type, scan_source AS source, customer_id AS id FROM qr_scan_logs' as never,
    ),
  ).toEqual([{ type: 'CUSTOMER', source: 'CAMERA', id: ana.customerId }]);
  await shop.cashier.devices.finishScreenRequest(shop.op({ requestId: request?.requestId ?? '', reason: null }));
  expect(await shop.requests()).toEqual([]);
  await shop.show({ ...draft, customerId: ana.customerId });
  shop.clock.advance(60_000);
  expect(await shop.screen.scan({ code: ana.code, source: 'MANUAL' })).toEqual({ kind: 'known', firstName: 'Ana' });
  // Somebody else's card says nothing of whose it is.
  expect(await shop.screen.scan({ code: bo.code, source: 'MANUAL' })).toEqual({ kind: 'ask-staff' });
  expect(await shop.requests()).toEqual([]);
});

test('S3-1 S0-3 S0-24: a voucher is chosen, asked for at the till and applied; each is counted as shown once a sale', async () => {
  const shop = shopOf();
  const { customerId } = await shop.enrol('Ana Giménez');
  const breakfast = await shop.give(customerId, { name: 'Breakfast', validity: { endsOn: '2027-03-31' } });
  const dinner = await shop.give(customerId, { name: 'Dinner', minimum: { amountMinor: 50_000 } });
  const draft = shop.draft([shop.line(4_000)], { customerId });
  await shop.show(draft);
  const first = await shop.seen('sale');
  expect(first.vouchers).toMatchObject([
    { voucherId: breakfast, name: 'Breakfast', endsOn: '2027-03-31', amountMinor: 400, state: 'usable' },
    { voucherId: dinner, name: 'Dinner', state: 'not-now', reason: null },
  ]);
  expect(await shop.screen.chooseVoucher({ voucherId: dinner })).toEqual({ isAsked: false });
  expect(await shop.screen.chooseVoucher({ voucherId: shop.newId() })).toEqual({ isAsked: false });
  expect(await shop.screen.chooseVoucher({ voucherId: breakfast })).toEqual({ isAsked: true });
  expect(await shop.screen.chooseVoucher({ voucherId: breakfast })).toEqual({ isAsked: true });
  await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'asked');
  const requests = await shop.requests();
  expect(requests).toMatchObject([{ kind: 'voucher', voucherId: breakfast, name: 'Breakfast', scan: null }]);
  await shop.cashier.devices.finishScreenRequest(shop.op({ requestId: requests[0]?.requestId ?? '', reason: null }));
  await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'usable');
  await shop.show({ ...draft, ...asking(breakfast) });
  const applied = await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'applied');
  expect(applied).toMatchObject({
    totalMinor: 3_600,
    reductions: [{ kind: 'voucher', name: 'Breakfast', amountMinor: 400 }],
  });
  expect(addsUp(applied)).toBe(true);
  const shown = shop.env.db.read.all(
    `SELECT v.impressions AS n, c.last_viewed_at_ms AS atMs FROM vouchers v
     JOIN customer_vouchers c ON c.voucher_id = v.id ORDER BY v.id` as never,
  );
  expect(shown).toEqual([1, 2].map(() => ({ n: 1, atMs: expect.any(Number) })));
});

test('S3-1: a chosen voucher that the till does not take stays with its customer, and says why', async () => {
  const shop = shopOf();
  const { customerId } = await shop.enrol('Ana Giménez');
  const voucherId = await shop.give(customerId, { name: 'Breakfast' });
  await shop.show(shop.draft([shop.line(4_000)], { customerId }));
  await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'usable');
  await shop.screen.chooseVoucher({ voucherId });
  const [request] = await shop.requests();
  const refused = { requestId: request?.requestId ?? '', reason: 'voucher-paused' };
  await shop.cashier.devices.finishScreenRequest(shop.op(refused));
  const { vouchers } = await shop.seen('sale', (sale) => sale.vouchers[0]?.state === 'not-now');
  expect(vouchers).toMatchObject([{ voucherId, reason: 'voucher-paused' }]);
  expect(await shop.screen.chooseVoucher({ voucherId })).toEqual({ isAsked: false });
  // Another sale starts afresh, and what was shown is in the op as well.
  await shop.show(shop.draft([shop.line(4_000)], { customerId }));
  await shop.seen('sale', (sale) => sale.vouchers[0]?.state === 'usable');
  expect(replayedSnapshotOf(shop).customer_vouchers).toEqual(snapshotOf(shop).customer_vouchers);
});

test('S3-1: a voucher’s code at the screen is asked for; refused at the till, the screen says why', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('TENOFF');
  await shop.show(shop.draft([shop.line(4_000)]));
  expect(await shop.screen.scan({ code: 'ten-off', source: 'MANUAL' })).toEqual({ kind: 'voucher', name: 'TENOFF' });
  await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'asked');
  const [request] = await shop.requests();
  const finish = { requestId: request?.requestId ?? '', reason: 'voucher-needs-customer' };
  expect(await shop.cashier.devices.finishScreenRequest(shop.op(finish))).toEqual({ isOpen: true });
  expect(await shop.cashier.devices.finishScreenRequest(shop.op(finish))).toEqual({ isOpen: false });
  await shop.show(shop.draft([shop.line(4_000)], asking(voucherId)));
  await shop.seen('sale', ({ vouchers }) => vouchers[0]?.state === 'applied');
});

test('S3-1: unknown codes are on record as tried, and a hand that plays is slowed down', async () => {
  const shop = shopOf();
  expect(await shop.screen.scan({ code: 'NOPE-1', source: 'MANUAL' })).toEqual({ kind: 'busy' });
  await shop.show(shop.draft([shop.line(4_000)]));
  const answers: string[] = [];
  for (let number = 0; number < 32; number += 1)
    answers.push((await shop.screen.scan({ code: `NOPE-${number}X`, source: 'MANUAL' })).kind);
  expect(answers.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 'unknown'));
  expect(answers.slice(30)).toEqual(['busy', 'busy']);
  expect(shop.number('SELECT COUNT(*) AS n FROM redemption_attempts')).toBe(30);
  expect(shop.number("SELECT COUNT(*) AS n FROM alerts WHERE kind = 'unknown-codes'")).toBe(1);
  shop.clock.advance(61_000);
  expect(await shop.screen.scan({ code: 'NOPE-77', source: 'MANUAL' })).toEqual({ kind: 'unknown' });
});

test('S3-1: while the till is locked or empty the screen shows no sale and reads no code', async () => {
  const shop = shopOf();
  const { code } = await shop.enrol('Ana Giménez');
  await shop.show(shop.draft([shop.line(4_000)]));
  await shop.seen('sale');
  await shop.cashier.staff.lock(shop.op({}));
  await shop.seen('idle', ({ isOpen }) => !isOpen);
  expect(await shop.screen.scan({ code, source: 'CAMERA' })).toEqual({ kind: 'busy' });
  expect(shop.number('SELECT COUNT(*) AS n FROM qr_scan_logs')).toBe(0);
});

test('S3-1: a second window without a sale takes nothing from the one that has one', async () => {
  const shop = shopOf();
  await shop.show(shop.draft([shop.line(4_000)]));
  await shop.seen('sale');
  const count = shop.states.length;
  await shop.caller('manager').devices.showOnScreen(shop.op({ draft: null, moment: 'order' as const }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(shop.states.slice(count).map((each: CustomerScreenState) => each.moment)).not.toContain('idle');
});

test('S3-1: while no screen listens nothing of a sale is kept', async () => {
  shopOf().leave();
  state.shop = null;
  const alone = await createValueShop();
  expect(await alone.cashier.devices.customerScreen()).toEqual({ isOpen: false, isWindow: false, requests: [] });
  const given = { draft: alone.draft([alone.line(4_000)]), moment: 'order' as const };
  expect(await alone.cashier.devices.showOnScreen(alone.op(given) as never)).toEqual({ isWatched: false });
  expect(alone.env.screens.shown).toBeNull();
  alone.close();
});

test('S3-87: the question is put once a sale, answered once, and makes a figure from ten answers on', async () => {
  const shop = shopOf();
  const manager = shop.caller('manager');
  const { customerId } = await shop.enrol('Ana Giménez');
  await manager.settings.update(shop.op({ changes: { askSatisfactionEvery: 1 } }));
  const range = { fromDate: '2000-01-01', toDate: '2999-12-31' };
  const scores = [5, 5, 4, 4, 5, 3, 5, 4, 1, 5];
  for (const [index, score] of scores.entries()) {
    const draft = shop.draft([shop.line(1_000)], { customerId });
    await shop.show(draft);
    await shop.pay(draft, [shop.cash(1_000)], 1_000);
    const { question } = await shop.seen('paid', (paid) => paid.question !== null);
    const answerId = question?.answerId ?? '';
    if (index === 9) expect((await manager.analytics.satisfaction(range)).total).toEqual(NOTHING_YET);
    expect(await shop.screen.answer({ answerId: shop.newId(), score })).toEqual({ isKept: false });
    expect(await shop.screen.answer({ answerId, score })).toEqual({ isKept: true });
    expect(await shop.screen.answer({ answerId, score })).toEqual({ isKept: true });
    expect(await shop.screen.answer({ answerId, score: 2 })).toEqual({ isKept: false });
    await shop.seen('paid', ({ isAnswered }) => isAnswered);
    shop.clock.advance(30_000);
    expect(await shop.screen.answer({ answerId, score })).toEqual({ isKept: false });
  }
  const read = await manager.analytics.satisfaction(range);
  expect(read.total).toEqual({ answers: 10, averageHundredths: 410, goodBasisPoints: 8_000 });
  expect(read.days).toMatchObject([{ answers: 10, averageHundredths: 410 }]);
  expect(shop.number('SELECT COUNT(*) AS n FROM satisfaction_answers')).toBe(10);
  expect(shop.number("SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'customerScreen.answer'")).toBe(10);
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
  const { jsonText } = await manager.customers.exportPerson(shop.op({ customerId }));
  expect(JSON.parse(jsonText).satisfaction).toHaveLength(10);
});
