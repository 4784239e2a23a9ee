import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RedemptionDraft, TenderDraft } from '#shop/till/sale.ts';
import { MANAGER_PIN, refusalOf } from '../support/test-backend.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, type Sold } from './loyalty-shop.ts';

// Goods that come back and go out on one ticket: only the difference is paid or handed back.

let shop: LoyaltyShop;
let customerId: string;
beforeEach(async () => {
  shop = await createLoyaltyShop();
  await shop.publish({ rewards: [RATE] });
  customerId = shop.addCustomer();
});
afterEach(() => shop.close());

type Draft = ReturnType<LoyaltyShop['draft']>;
const till = () => shop.caller('manager').till;

/** A draft that brings back the first line of what was sold. */
function draftFor(sold: Sold, prices: readonly number[], rewards: readonly Partial<RedemptionDraft>[] = []): Draft {
  shop.clock.advance(1000);
  return shop.draft(
    prices.map((price) => shop.line(price)),
    {
      customerId,
      customerIdentifiedBy: 'search',
      exchange: {
        saleId: sold.saleId,
        lines: [{ lineId: sold.lineIds[0] ?? '', quantityThousandths: 1000 }],
        reason: 'too small',
      },
      redemptions: rewards.map((reward) => ({
        programId: shop.programId,
        rewardId: 'rate',
        points: null,
        choice: null,
        ...reward,
      })),
    },
  );
}

async function settle(draft: Draft, tenders: TenderDraft[], more: object = {}) {
  const preview = await till().preview({ draft });
  const answer = await till().completeSale(
    shop.op({
      draft,
      tenders,
      expectedTotalMinor: preview.priced.totalMinor,
      exchange: { expectedReturnedMinor: preview.exchange?.returnedMinor ?? 0, tenderKind: 'cash' as const },
      ...more,
    }),
  );
  return { preview, answer };
}

const countDocuments = () => shop.number('SELECT (SELECT COUNT(*) FROM refunds) + (SELECT COUNT(*) FROM transactions)');

test('T9: goods are exchanged for dearer ones, and the difference is paid in the same ticket', async () => {
  const sold = await shop.sellTo(customerId, [2_000, 1_000]);
  const draft = draftFor(sold, [3_500]);
  const { preview, answer } = await settle(draft, [shop.cash(1_500, 2_000)]);
  expect(preview).toMatchObject({
    dueMinor: 1_500,
    cashDueMinor: 1_500,
    exchange: { returnedMinor: 2_000, exchangedMinor: 2_000, handedMinor: 0, pointsReversed: 20, refusal: null },
    points: { balanceBefore: 10, points: 35, balanceAfter: 45 },
  });
  expect(answer).toMatchObject({
    ...{ totalMinor: 3_500, changeMinor: 500, pointsEarned: 35, newBalance: 45 },
    exchange: { returnedMinor: 2_000, exchangedMinor: 2_000, handedMinor: 0, pointsReversed: 20 },
  });
  expect((await shop.position(customerId)).balance).toBe(45);
  expect(shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'exchange'")).toBe(2_000);
  const { saleId } = draft;
  expect(shop.number('SELECT COUNT(*) FROM refunds WHERE exchange_transaction_id = :saleId', { saleId })).toBe(1);
  expect(shop.number('SELECT SUM(total_sales_minor) FROM merchant_daily_analytics')).toBe(4_500);
  const { tenders } = await shop.caller('cashier').till.sale({ saleId });
  expect(new Map(tenders.map(({ kind, amountMinor }) => [kind, amountMinor]))).toEqual(
    new Map([
      ['exchange', 2_000],
      ['cash', 1_500],
    ]),
  );
});

test('T9: goods are exchanged for cheaper ones, and the difference is handed back', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const { preview, answer } = await settle(draftFor(sold, [700]), []);
  expect(preview).toMatchObject({ dueMinor: 0, exchange: { exchangedMinor: 700, handedMinor: 1_300 } });
  expect(answer.exchange).toMatchObject({ exchangedMinor: 700, handedMinor: 1_300 });
  expect(shop.number("SELECT SUM(amount_minor) FROM refund_tenders WHERE kind = 'cash'")).toBe(1_300);
  expect((await shop.position(customerId)).balance).toBe(7);
});

test('T9: what is due is paid in parts, by card and in cash with its change', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = draftFor(sold, [5_000]);
  const { answer } = await settle(draft, [shop.card(1_000), shop.cash(2_000, 2_500)]);
  expect(answer).toMatchObject({ changeMinor: 500, totalMinor: 5_000 });
  expect(shop.number("SELECT COUNT(*) FROM transaction_tenders WHERE status = 'approved'")).toBe(4);
});

test('T9: a card that is asked for its part, a rest in cash: the sale waits with its prices, and nothing has come back', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = draftFor(sold, [5_000]);
  const begun = await till().beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 1_000 } }));
  expect(begun.dueMinor).toBe(2_000);
  expect(shop.number('SELECT COUNT(*) FROM refunds')).toBe(0);
  expect((await shop.position(customerId)).balance).toBe(20);
  const [saved] = await till().drafts();
  expect(saved).toMatchObject({ isPaying: true, draft: { exchange: draft.exchange } });
  const card = { tenderId: begun.tenderId, kind: 'card' as const, amountMinor: 1_000, reference: 'A-1' };
  const { answer } = await settle(draft, [card, shop.cash(2_000)]);
  expect(answer.exchange).toMatchObject({ exchangedMinor: 2_000 });
  expect((await shop.position(customerId)).balance).toBe(50);
});

test('T9: a payment that is given up brings nothing back, and the exchange goes on', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = draftFor(sold, [5_000]);
  await till().beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 3_000 } }));
  const { saleId } = await till().giveUpPayment(shop.op({ saleId: draft.saleId }));
  expect(shop.number('SELECT COUNT(*) FROM refunds')).toBe(0);
  const [saved] = await till().drafts();
  expect(saved).toMatchObject({ saleId, isPaying: false, draft: { exchange: draft.exchange } });
});

test('T9: an exchange is kept with its sale, and one changed in another window is refused', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = draftFor(sold, [2_000]);
  const { revision } = await till().saveDraft(shop.op({ draft, revision: 0, isHeld: false }));
  await till().saveDraft(shop.op({ draft: { ...draft, note: 'other' }, revision, isHeld: false }));
  const refusal = await refusalOf(settle(draft, [], { revision }));
  expect(refusal).toMatchObject({ reason: 'draft-changed-elsewhere', facts: { revision: revision + 1 } });
  expect(shop.number('SELECT COUNT(*) FROM refunds')).toBe(0);
  await settle(draft, [], { revision: revision + 1 });
  expect(await till().drafts()).toEqual([]);
});

test('T9: what is refused leaves nothing written', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const before = countDocuments();
  expect(await refusalOf(settle(draftFor(sold, [3_500]), []))).toMatchObject({
    reason: 'tender-too-small',
    facts: { dueMinor: 1_500 },
  });
  const paid = [shop.cash(1_500)];
  expect(await refusalOf(settle(draftFor(sold, [3_500]), paid, { expectedTotalMinor: 3_400 }))).toMatchObject({
    reason: 'price-changed',
  });
  const seen = { expectedReturnedMinor: 1_900, tenderKind: 'cash' as const };
  expect(await refusalOf(settle(draftFor(sold, [3_500]), paid, { exchange: seen }))).toMatchObject({
    reason: 'exchange-changed',
    facts: { returnedMinor: 2_000 },
  });
  expect(countDocuments()).toBe(before);
  expect((await shop.position(customerId)).balance).toBe(20);
});

test('T9: goods that came back meanwhile are told of before and refused when the card has been asked', async () => {
  const sold = await shop.sellTo(customerId, [2_000, 1_000]);
  const draft = draftFor(sold, [5_000]);
  const { tenderId } = await till().beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 3_000 } }),
  );
  await shop.refund(sold, [{ index: 0 }]);
  const preview = await till().preview({ draft });
  expect(preview).toMatchObject({
    dueMinor: 5_000,
    exchange: { returnedMinor: 0, refusal: { reason: 'refund-exceeds-sale' } },
  });
  const card = { tenderId, kind: 'card' as const, amountMinor: 3_000 };
  expect(await refusalOf(settle(draft, [card]))).toMatchObject({ reason: 'refund-exceeds-sale' });
  expect(shop.number("SELECT COUNT(*) FROM transactions WHERE status = 'pending'")).toBe(1);
});

test('T9 C-10: a card that was asked for less than is due now does not pay: points were used meanwhile', async () => {
  await shop.publish({ rewards: [RATE], negativeBalance: 'DEDUCT_CASH' });
  const sold = await shop.sellTo(customerId, [5_000]);
  const draft = draftFor(sold, [8_000]);
  const { tenderId } = await till().beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 3_000 } }),
  );
  await shop.sellTo(customerId, [100], [{ rewardId: 'rate', points: 50 }]);
  const card = { tenderId, kind: 'card' as const, amountMinor: 3_000 };
  expect(await refusalOf(settle(draft, [card]))).toMatchObject({
    reason: 'exchange-changed',
    facts: { returnedMinor: 4_900 },
  });
  expect(shop.number('SELECT COUNT(*) FROM refunds')).toBe(0);
});

test('T9 C-9: points that come back are spent in the same ticket, those taken back are not; preview equals commit', async () => {
  await shop.give(customerId, 500);
  const sold = await shop.sellTo(customerId, [2_000], [{ points: 500, rewardId: 'rate' }]);
  expect(sold).toMatchObject({ pointsRedeemed: 500, newBalance: 10 });
  const draft = draftFor(sold, [3_000], [{ points: 500 }]);
  const { preview, answer } = await settle(draft, [shop.cash(1_000)]);
  expect(preview.refusedRewards).toEqual([]);
  expect(preview).toMatchObject({
    exchange: { returnedMinor: 1_000, pointsReversed: 10, pointsReturned: 500 },
    points: { balanceBefore: 500, spentPoints: 500, points: 20, balanceAfter: 20 },
  });
  expect(preview.programmes[0]?.spendablePoints).toBe(500);
  expect(answer).toMatchObject({ pointsRedeemed: 500, newBalance: 20 });
  expect((await shop.position(customerId)).balance).toBe(20);
  expect(shop.entries(customerId).map(({ kind, points }) => `${kind} ${points}`)).toEqual([
    'adjust 500',
    'redeem -500',
    'earn 10',
    'reverse_redeem 500',
    'reverse_earn -10',
    'redeem -500',
    'earn 20',
  ]);
});

test('T9: points that the goods take along cannot be spent on the new ones', async () => {
  const sold = await shop.sellTo(customerId, [5_000]);
  const draft = draftFor(sold, [5_000], [{ points: 50 }]);
  const preview = await till().preview({ draft });
  expect(preview.refusedRewards).toMatchObject([{ place: 0, reason: 'points-short', facts: { have: 0 } }]);
  expect(await refusalOf(settle(draft, []))).toMatchObject({ reason: 'points-short' });
});

test('T9: rewards that wait for points of the goods are paid for when the exchange is settled', async () => {
  await shop.give(customerId, 500);
  const sold = await shop.sellTo(customerId, [2_000], [{ points: 500, rewardId: 'rate' }]);
  const draft = draftFor(sold, [3_000], [{ points: 500 }]);
  const { tenderId } = await till().beginPayment(
    shop.op({ draft, tender: { kind: 'card' as const, amountMinor: 1_000 } }),
  );
  expect((await shop.position(customerId)).balance).toBe(10);
  const { preview, answer } = await settle(draft, [{ tenderId, kind: 'card' as const, amountMinor: 1_000 }]);
  expect(preview.points).toMatchObject({ balanceBefore: 500, spentPoints: 500, balanceAfter: 20 });
  expect(answer).toMatchObject({ pointsRedeemed: 500, newBalance: 20 });
  expect((await shop.position(customerId)).balance).toBe(20);
});

test.each(['BALANCE', 'EARNED_IN_PERIOD'] as const)(
  'T9 C-15: an exchange that leaves the tier as it was tells of no change, mode %s',
  async (mode) => {
    const levels = [
      { tierId: 'basic', name: 'Basic', threshold: 0 },
      { tierId: 'gold', name: 'Gold', threshold: 100, multiplierBasisPoints: 20_000 },
    ];
    await shop.publish({ tiers: { mode, measure: 'points', levels } });
    const sold = await shop.sellTo(customerId, [10_000]);
    expect(shop.tierEvents(customerId)).toEqual(['upgraded gold']);
    const { answer } = await settle(draftFor(sold, [10_000]), []);
    // The tier that counts is the one held once the goods have come back: an exchange earns what the first sale did.
    expect(answer.pointsEarned).toBe(100);
    expect(shop.tierEvents(customerId)).toEqual(['upgraded gold']);
    expect((await shop.position(customerId)).tier?.tierId).toBe('gold');
  },
);

test('T9: a cashier exchanges with a manager once: when the card is asked, not again when it has paid', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = draftFor(sold, [5_000]);
  const cashier = shop.caller('cashier');
  const tender = { kind: 'card' as const, amountMinor: 3_000 };
  expect(await refusalOf(cashier.till.beginPayment(shop.op({ draft, tender })))).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'sale.refund', overridable: true },
  });
  const grant = { permission: 'sale.refund' as const, pin: MANAGER_PIN, reason: 'asked' };
  const { overrideId } = await cashier.staff.grantOverride(shop.op(grant));
  const { tenderId } = await cashier.till.beginPayment(shop.op({ draft, tender, overrideIds: [overrideId] }));
  await cashier.till.completeSale(
    shop.op({ draft, tenders: [{ tenderId, kind: 'card' as const, amountMinor: 3_000 }], expectedTotalMinor: 5_000 }),
  );
  expect(shop.number('SELECT COUNT(approved_by_staff_id) FROM refunds')).toBe(1);
  const direct = { draft: draftFor(sold, [2_000]), tenders: [], expectedTotalMinor: 2_000 };
  expect(await refusalOf(cashier.till.completeSale(shop.op(direct)))).toMatchObject({ reason: 'not-permitted' });
});

test('T9 X4: a cashier whose exchange has a big discount too needs a word for each, and one does not spend the other', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const draft = { ...draftFor(sold, [5_000]), discount: { kind: 'percent' as const, rateBasisPoints: 2_000 } };
  const cashier = shop.caller('cashier');
  const approve = async (permission: 'sale.refund' | 'discount.over-limit') => {
    const grant = { permission, pin: MANAGER_PIN, reason: 'asked' };
    return (await cashier.staff.grantOverride(shop.op(grant))).overrideId;
  };
  const complete = (overrideIds: string[]) => {
    const input = { draft, tenders: [shop.cash(2_000)], expectedTotalMinor: 4_000 };
    return cashier.till.completeSale(shop.op(overrideIds.length === 0 ? input : { ...input, overrideIds }));
  };
  expect(await refusalOf(complete([]))).toMatchObject({ reason: 'not-permitted' });
  const goods = await approve('sale.refund');
  const wanted = { reason: 'discount-over-limit', facts: { overridable: true } };
  expect(await refusalOf(complete([goods]))).toMatchObject(wanted);
  expect(await refusalOf(complete([goods]))).toMatchObject(wanted);
  const discount = await approve('discount.over-limit');
  expect(await refusalOf(complete([discount]))).toMatchObject({ reason: 'not-permitted' });
  expect(await refusalOf(complete([goods, shop.newId()]))).toMatchObject({ reason: 'override-invalid' });
  expect((await complete([goods, discount])).totalMinor).toBe(4_000);
  expect(shop.number('SELECT COUNT(*) FROM override_grants WHERE used_by_operation_id IS NULL')).toBe(0);
  expect(await refusalOf(complete([goods, discount]))).toMatchObject({ reason: 'override-invalid' });
});

test('T9 C-48: goods of a record that was merged bring their points to whom it was merged into', async () => {
  await shop.give(customerId, 500);
  const sold = await shop.sellTo(customerId, [2_000], [{ points: 500, rewardId: 'rate' }]);
  const other = shop.addCustomer('Ana Gimenez');
  await shop.caller('manager').customers.merge(shop.op({ fromCustomerId: customerId, intoCustomerId: other }));
  const draft = { ...draftFor(sold, [3_000], [{ points: 500 }]), customerId: other };
  const { preview, answer } = await settle(draft, [shop.cash(1_000)]);
  expect(preview.points).toMatchObject({ balanceBefore: 500, spentPoints: 500, points: 20, balanceAfter: 20 });
  expect(answer.newBalance).toBe(20);
  expect((await shop.position(other)).balance).toBe(20);
});

test('T9: goods that somebody else bought are exchanged too: each has the points of their own sale', async () => {
  const sold = await shop.sellTo(customerId, [2_000]);
  const friend = shop.addCustomer('Bo');
  const { answer } = await settle({ ...draftFor(sold, [3_000]), customerId: friend }, [shop.cash(1_000)]);
  expect(answer).toMatchObject({ pointsEarned: 30, newBalance: 30 });
  expect((await shop.position(customerId)).balance).toBe(0);
});
