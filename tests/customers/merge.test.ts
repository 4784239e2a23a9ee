import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

const DAY_MS = 86_400_000;
let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop({ shop: DOLLAR_SHOP });
});
afterEach(() => shop.close());

const manager = () => shop.caller('manager');
const enrol = (name: string, more: object = {}) =>
  shop.caller('cashier').customers.enrol(shop.op({ name, consentMarketing: false, ...more }));
const earn = (customerId: string, points: number) => shop.sell(shop.draft([shop.line(points * 100)], { customerId }));
const scan = async (text: string) => {
  shop.clock.advance(60_000);
  const read = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
  return (await shop.caller('cashier').scanning.submit(shop.op(read))).outcome;
};
const lotsOf = async (customerId: string) =>
  (await manager().customers.get({ customerId })).lots.map(({ remaining, expiresAtMs }) => [remaining, expiresAtMs]);
const merge = (fromCustomerId: string, intoCustomerId: string) =>
  manager().customers.merge(shop.op({ fromCustomerId, intoCustomerId }));

/** Points that end after a year, so that lots have terms to keep. */
async function letPointsExpire(): Promise<void> {
  const { merchantId } = shop.env.shop() ?? { merchantId: '' };
  shop.env.db.write((tx) => {
    tx.run(
      `INSERT INTO loyalty_program_versions (id, merchant_id, program_id, version, definition, published_at_ms)
       SELECT :id, merchant_id, program_id, version + 1, json_set(definition, '$.expiryMonths', 12), :atMs
       FROM loyalty_program_versions WHERE merchant_id = :merchantId ORDER BY version DESC LIMIT 1` as never,
      { id: shop.newId(), merchantId, atMs: shop.clock.wallNowMs() },
    );
  });
}

test('C-48: a merge keeps lots and expiries, joins totals, visits and history, and the old card finds the one who stays', async () => {
  await letPointsExpire();
  const a = await enrol('Ana Ruiz', { phone: '2125552368', birthday: '1990-05-01' });
  await earn(a.customerId, 70);
  shop.clock.advance(40 * DAY_MS);
  await earn(a.customerId, 50);
  const b = await enrol('Ana Ruis', { email: 'ana@example.com' });
  shop.clock.advance(DAY_MS);
  await earn(b.customerId, 30);
  const [lotsA, lotsB] = [await lotsOf(a.customerId), await lotsOf(b.customerId)];
  expect(lotsA.map(([points]) => points)).toEqual([70, 50]);
  expect(lotsA.every(([, end]) => typeof end === 'number')).toBe(true);
  const preview = await manager().customers.previewMerge({
    fromCustomerId: a.customerId,
    intoCustomerId: b.customerId,
  });
  expect(preview).toMatchObject({
    from: { balance: 120 },
    into: { balance: 30 },
    filled: ['phone', 'birthday'],
    points: [{ movedPoints: 120, balanceAfter: 150, lots: [{ points: 70 }, { points: 50 }] }],
  });
  const issuedBefore = shop.number('SELECT SUM(points) FROM points_transactions');
  const { movedPoints, mergeId } = await merge(a.customerId, b.customerId);
  expect(movedPoints).toBe(120);
  expect(shop.number('SELECT SUM(points) FROM points_transactions')).toBe(issuedBefore);
  expect([shop.balanceOf(a.customerId), shop.balanceOf(b.customerId)]).toEqual([0, 150]);
  const both = [...lotsA, ...lotsB].sort((x, y) => Number(x[1]) - Number(y[1]));
  expect(await lotsOf(b.customerId)).toEqual(both);
  const page = await manager().customers.get({ customerId: b.customerId });
  expect(page).toMatchObject({ phone: '+12125552368', birthday: '1990-05-01', balance: 150 });
  expect(page.stats).toMatchObject({ visits: 3, salesCount: 3, spentMinor: 15_000 });
  expect(page.merges).toMatchObject([{ mergeId, customerId: a.customerId, code: a.code }]);
  expect(await scan(a.code)).toMatchObject({ kind: 'customer', customerId: b.customerId });
  expect((await manager().customers.search({ text: 'Ana', limit: 10 })).map((row) => row.customerId)).toEqual([
    b.customerId,
  ]);
  expect((await manager().customers.search({ text: a.code, limit: 10 })).map((row) => row.customerId)).toEqual([
    b.customerId,
  ]);
  const timeline = await manager().customers.timeline({ customerId: b.customerId, filter: 'sales', limit: 50 });
  expect(timeline.groups).toHaveLength(3);
});

test('C-48: a merge can be undone for 30 days: points return with their lots, cards and contacts are each one’s own again', async () => {
  await letPointsExpire();
  const a = await enrol('Ana Ruiz', { phone: '2125552368' });
  const b = await enrol('Ana Ruis');
  await earn(a.customerId, 120);
  await earn(b.customerId, 30);
  const before = [await lotsOf(a.customerId), await lotsOf(b.customerId)];
  const { mergeId } = await merge(a.customerId, b.customerId);
  shop.clock.advance(29 * DAY_MS);
  await earn(b.customerId, 10);
  await manager().customers.undoMerge(shop.op({ mergeId }));
  expect([shop.balanceOf(a.customerId), shop.balanceOf(b.customerId)]).toEqual([120, 40]);
  expect(await lotsOf(a.customerId)).toEqual(before[0]);
  expect((await lotsOf(b.customerId))[0]).toEqual(before[1]?.[0]);
  expect(await scan(a.code)).toMatchObject({ kind: 'customer', customerId: a.customerId });
  expect(await manager().customers.get({ customerId: a.customerId })).toMatchObject({
    phone: '+12125552368',
    duplicateOf: null,
  });
  expect(await manager().customers.get({ customerId: b.customerId })).toMatchObject({ phone: null, merges: [] });
  expect(await refusalOf(manager().customers.undoMerge(shop.op({ mergeId })))).toMatchObject({ reason: 'not-found' });
  const again = await merge(a.customerId, b.customerId);
  shop.clock.advance(31 * DAY_MS);
  expect(await refusalOf(manager().customers.undoMerge(shop.op({ mergeId: again.mergeId })))).toMatchObject({
    reason: 'merge-undo-late',
  });
});

test('C-48: a merge cannot be undone once points that came with it are used, and says how many', async () => {
  const a = await enrol('Ana Ruiz');
  const b = await enrol('Ana Ruis');
  await earn(a.customerId, 120);
  await earn(b.customerId, 30);
  const { mergeId } = await merge(a.customerId, b.customerId);
  const taken = { customerId: b.customerId, reason: 'correction' as const, points: -50, note: 'counted twice' };
  await manager().points.award(shop.op(taken));
  // 30 of the 50 were B's own and older.
  const refusal = await refusalOf(manager().customers.undoMerge(shop.op({ mergeId })));
  expect(refusal).toEqual({ reason: 'merge-points-spent', facts: { points: 20 } });
});

test('C-48: a sale of the merged record that is refunded later takes its points from where they went', async () => {
  const a = await enrol('Ana Ruiz');
  const b = await enrol('Ana Ruis');
  const sale = shop.draft([shop.line(12_000)], { customerId: a.customerId });
  const { saleId } = await shop.sell(sale);
  await earn(b.customerId, 30);
  const { mergeId } = await merge(a.customerId, b.customerId);
  const lines = [{ lineId: sale.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  await manager().till.refund(shop.op({ saleId, lines, tenderKind: 'cash' as const, reason: '' }));
  expect([shop.balanceOf(a.customerId), shop.balanceOf(b.customerId)]).toEqual([0, 30]);
  expect(shop.number('SELECT COUNT(*) AS n FROM customer_merge_lots WHERE merge_id = :mergeId', { mergeId })).toBe(2);
});

test('a merge refuses one record, erased ones, merged ones and cashiers; a later merge is undone first', async () => {
  const [a, b, c] = [await enrol('Ana Ruiz'), await enrol('Ana Ruis'), await enrol('Anna Ruiz')];
  await earn(a.customerId, 20);
  expect(await refusalOf(merge(a.customerId, a.customerId))).toMatchObject({ reason: 'merge-same' });
  const cashier = shop.caller('cashier').customers;
  const pair = { fromCustomerId: a.customerId, intoCustomerId: b.customerId };
  expect(await refusalOf(cashier.merge(shop.op(pair)))).toMatchObject({ reason: 'not-permitted' });
  const first = await merge(a.customerId, b.customerId);
  expect(await refusalOf(merge(a.customerId, c.customerId))).toEqual({
    reason: 'merge-already',
    facts: { customerId: b.customerId },
  });
  const second = await merge(b.customerId, c.customerId);
  expect(await scan(a.code)).toMatchObject({ customerId: c.customerId });
  expect(await refusalOf(manager().customers.undoMerge(shop.op({ mergeId: first.mergeId })))).toMatchObject({
    reason: 'merge-chained',
  });
  await manager().customers.undoMerge(shop.op({ mergeId: second.mergeId }));
  expect(await scan(a.code)).toMatchObject({ customerId: b.customerId });
  await manager().customers.undoMerge(shop.op({ mergeId: first.mergeId }));
  expect([a, b, c].map(({ customerId }) => shop.balanceOf(customerId))).toEqual([20, 0, 0]);
  await manager().customers.erase(shop.op({ customerId: c.customerId }));
  expect(await refusalOf(merge(a.customerId, c.customerId))).toMatchObject({ reason: 'not-found' });
});

test('C-50: erasing a customer takes the records that were merged into them along', async () => {
  const a = await enrol('Qxzwv Ruiz');
  const b = await enrol('Qxzwv Ruis');
  await earn(a.customerId, 20);
  await merge(a.customerId, b.customerId);
  await manager().customers.erase(shop.op({ customerId: b.customerId }));
  expect(shop.number("SELECT COUNT(*) AS n FROM customers WHERE status = 'erased'")).toBe(2);
  expect(shop.number('SELECT COUNT(*) AS n FROM customer_pii')).toBe(0);
  expect(shop.balanceOf(b.customerId)).toBe(0);
});

test('C6: likely duplicates are proposed with the reason, the surest first, and not again once they are known to be two people', async () => {
  const ana = await enrol('Ana Benítez', { email: 'ana@example.com', birthday: '1990-05-01' });
  const sameMail = await enrol('A. B.', { email: 'ana+shop@example.com' });
  const sameDay = await enrol('Benitez Ana', { birthday: '1990-05-01' });
  const similar = await enrol('Anna Benitez');
  const otherDay = await enrol('Ana Benitez', { birthday: '1971-01-01' });
  await enrol('Ana Paredes');
  const found = async () =>
    (await manager().customers.duplicates({ customerId: ana.customerId })).customers.map(({ customerId, reason }) => [
      customerId,
      reason,
    ]);
  expect(await found()).toEqual([
    [sameMail.customerId, 'same-email'],
    [sameDay.customerId, 'name-and-birthday'],
    [similar.customerId, 'similar-name'],
  ]);
  expect(otherDay.customerId).not.toBe(ana.customerId);
  const pair = { customerId: similar.customerId, otherCustomerId: ana.customerId };
  await shop.caller('cashier').customers.markDistinct(shop.op(pair));
  expect((await found()).map(([id]) => id)).toEqual([sameMail.customerId, sameDay.customerId]);
  const enrolling = await manager().customers.similar({ name: 'Ana Benites' });
  expect(enrolling.customers.map((row) => row.customerId)).toContain(ana.customerId);
  expect((await manager().customers.similar({ name: 'Ana' })).customers).toEqual([]);
});

/** Earns points, gives them away and brings the goods back: the customer owes them. */
async function owe(customerId: string, points: number): Promise<void> {
  const { customerId: toCustomerId } = await enrol('Somebody Else');
  const bought = shop.draft([shop.line(points * 100)], { customerId });
  const { saleId } = await shop.sell(bought);
  await manager().points.transfer(shop.op({ fromCustomerId: customerId, toCustomerId, points, note: 'gift' }));
  const lines = [{ lineId: bought.lines[0]?.lineId ?? '', quantityThousandths: 1000 }];
  await manager().till.refund(shop.op({ saleId, lines, tenderKind: 'cash' as const, reason: 'back' }));
}

test.each([
  { owesA: 0, owesB: 20, earnsA: 120, earnsB: 0, between: 0 },
  { owesA: 0, owesB: 150, earnsA: 120, earnsB: 0, between: 0 },
  { owesA: 0, owesB: 20, earnsA: 120, earnsB: 0, between: 50 },
  { owesA: 30, owesB: 0, earnsA: 0, earnsB: 120, between: 0 },
  { owesA: 130, owesB: 0, earnsA: 0, earnsB: 120, between: 0 },
  { owesA: 30, owesB: 20, earnsA: 0, earnsB: 0, between: 0 },
])('C-48: an undone merge gives both back what they had, also where one owed points: %o', async (given) => {
  await letPointsExpire();
  const { customerId: a } = await enrol('Ana Ruiz');
  const { customerId: b } = await enrol('Ana Ruis');
  if (given.owesA > 0) await owe(a, given.owesA);
  if (given.owesB > 0) await owe(b, given.owesB);
  if (given.earnsA > 0) await earn(a, given.earnsA);
  if (given.earnsB > 0) await earn(b, given.earnsB);
  const had = [shop.balanceOf(a), shop.balanceOf(b)];
  const lots = [await lotsOf(a), await lotsOf(b)];
  const points = (rows: Awaited<ReturnType<typeof lotsOf>>) => {
    const byEnd = new Map<number | null, number>();
    for (const [left, end] of rows) byEnd.set(end ?? null, (byEnd.get(end ?? null) ?? 0) + (left ?? 0));
    return [...byEnd];
  };
  const { mergeId } = await merge(a, b);
  if (given.between > 0) await earn(b, given.between);
  await manager().customers.undoMerge(shop.op({ mergeId }));
  expect([shop.balanceOf(a), shop.balanceOf(b)]).toEqual([had[0], (had[1] ?? 0) + given.between]);
  expect(points(await lotsOf(a))).toEqual(points(lots[0] ?? []));
  if (given.between === 0) expect(points(await lotsOf(b))).toEqual(points(lots[1] ?? []));
});

test('C-48, C9: an undone merge leaves each in the segments that they were put into by hand', async () => {
  const a = await enrol('Ana Ruiz');
  const b = await enrol('Ana Ruis');
  const [ofA, ofBoth] = [shop.newId(), shop.newId()];
  for (const [segmentId, lines] of [
    [ofA, [a.code]],
    [ofBoth, [a.code, b.code]],
  ] as const) {
    await manager().segments.save(shop.op({ segmentId, version: 0, name: `By hand ${lines.length}`, rule: null }));
    await manager().segments.addMembers(shop.op({ segmentId, lines: [...lines] }));
  }
  const members = async (segmentId: string) =>
    (await manager().segments.members({ segmentId, after: null, limit: 10 })).members
      .map((row) => row.customerId)
      .sort();
  const { mergeId } = await merge(a.customerId, b.customerId);
  expect([await members(ofA), await members(ofBoth)]).toEqual([[b.customerId], [b.customerId]]);
  await manager().customers.undoMerge(shop.op({ mergeId }));
  expect(await members(ofA)).toEqual([a.customerId]);
  expect(await members(ofBoth)).toEqual([a.customerId, b.customerId].sort());
});
