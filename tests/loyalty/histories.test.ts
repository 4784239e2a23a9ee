import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectEntries } from '#backend/points/entries-store.ts';
import { selectProgrammeVersion } from '#backend/points/programmes-store.ts';
import { pricedAsFrozen } from '#backend/till/sale-lines.ts';
import { selectItems, selectSale } from '#backend/till/sales-store.ts';
import { amountSaleOf, computeEarning } from '#shop/points/earning.ts';
import { earningContextSchema } from '#shop/points/earning-context.ts';
import { foldLots } from '#shop/points/lots.ts';
import { mustHave } from '#shop/must.ts';
import type { ProgrammeInput } from '#shop/points/programme.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from './loyalty-shop.ts';
import { replayedSnapshotOf, snapshotOf } from './replay-ops.ts';

// Random histories at a shop with everything: two programmes, tiers, rewards, lots that wait, end and slide, balances below
// zero, sales given up, refunded in slices, exchanged, cancelled and attached, versions published in between. After every
// command the laws of the ledger hold; at the end the log alone gives the tables again. fast-check prints the seed.

const LEVELS = [
  { tierId: 'basic', name: 'Basic', threshold: 0 },
  { tierId: 'silver', name: 'Silver', threshold: 300, multiplierBasisPoints: 12_500 },
  { tierId: 'gold', name: 'Gold', threshold: 900, multiplierBasisPoints: 20_000 },
];

const programmeArbitrary: fc.Arbitrary<ProgrammeInput> = fc
  .record({
    perMinor: fc.constantFrom(100, 1_000, 333),
    expiryMonths: fc.constantFrom(null, 0, 1, 12),
    expirySlides: fc.boolean(),
    pendingDays: fc.constantFrom(0, 0, 2),
    negativeBalance: fc.constantFrom('ALLOW_NEGATIVE' as const, 'FLOOR_AT_ZERO' as const, 'DEDUCT_CASH' as const),
    refundGraceDays: fc.constantFrom(0, 30),
    timesPerDay: fc.constantFrom(null, 1),
    mode: fc.constantFrom('BALANCE' as const, 'EARNED_IN_PERIOD' as const),
    measure: fc.constantFrom('spend' as const, 'points' as const, 'visits' as const),
    months: fc.constantFrom(null, 1),
    includesThisSale: fc.boolean(),
  })
  .map((p) => ({
    name: 'P',
    rules: [{ ...SPEND_RULE, perMinor: p.perMinor }],
    promotions: [
      {
        promotionId: 'double',
        multiplierBasisPoints: 20_000,
        limits: { pointsPerSale: null, pointsPerDay: 100, pointsEver: null, timesPerDay: p.timesPerDay },
      },
    ],
    expiryMonths: p.expiryMonths,
    expirySlides: p.expirySlides,
    pendingDays: p.expiryMonths === 0 ? 0 : p.pendingDays,
    negativeBalance: p.negativeBalance,
    refundGraceDays: p.refundGraceDays,
    tiers: {
      mode: p.mode,
      measure: p.measure,
      period: p.months === null ? { kind: 'lifetime' as const } : { kind: 'rolling' as const, months: p.months },
      graceDays: 2,
      includesThisSale: p.includesThisSale,
      levels: LEVELS.map((level) => ({ ...level, threshold: level.threshold * (p.measure === 'spend' ? 100 : 1) })),
    },
    rewards: [
      RATE,
      { rewardId: 'fixed', kind: 'fixed' as const, pricePoints: 40, amountMinor: 300 },
      { rewardId: 'coffee', kind: 'free-product' as const, pricePoints: 60 },
    ],
  }));

type Step =
  | {
      kind: 'sell' | 'give up' | 'pay later' | 'decline';
      customer: number;
      prices: number[];
      pieces: number;
      rewards: string[];
    }
  | { kind: 'refund' | 'exchange'; pick: number; line: number; quantity: number; price: number }
  | { kind: 'void' | 'attach'; pick: number; customer: number }
  | { kind: 'adjust'; customer: number; points: number }
  | { kind: 'award'; customer: number; amountMinor: number }
  | { kind: 'publish'; programme: ProgrammeInput }
  | { kind: 'wait'; hours: number };

const person = fc.nat(2);
const price = fc.integer({ min: 0, max: 30_000 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'sell' as const,
        'sell' as const,
        'sell' as const,
        'give up' as const,
        'pay later' as const,
        'decline' as const,
      ),
      customer: person,
      prices: fc.array(price, { minLength: 1, maxLength: 3 }),
      pieces: fc.constantFrom(1000, 2000, 3000, 1250),
      rewards: fc.subarray(['rate', 'fixed', 'coffee']),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('refund' as const, 'refund' as const, 'refund' as const, 'exchange' as const),
      pick: fc.nat(),
      line: fc.nat(),
      quantity: fc.constantFrom(1000, 2000, 250, 3000),
      price,
    }),
  },
  fc.record({ kind: fc.constantFrom('void' as const, 'attach' as const), pick: fc.nat(), customer: person }),
  fc.record({ kind: fc.constant('adjust' as const), customer: person, points: fc.integer({ min: -80, max: 200 }) }),
  fc.record({
    kind: fc.constant('award' as const),
    customer: person,
    amountMinor: fc.integer({ min: 1, max: 20_000 }),
  }),
  fc.record({ kind: fc.constant('publish' as const), programme: programmeArbitrary }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 20 }) }),
  },
);

interface World {
  readonly shop: LoyaltyShop;
  /** The last one is nobody. */
  readonly customers: readonly (string | null)[];
  readonly sales: { saleId: string; lineIds: string[] }[];
  history: string[];
}

const rows = <Row = Record<string, number | string | null>>(shop: LoyaltyShop, statement: string): Row[] =>
  shop.env.db.read.all<Row>(statement as never);

/** Runs a command; a refusal is an answer, anything else is not. */
async function attempt<T>(call: Promise<T>): Promise<T | null> {
  return call.catch(async (error: unknown) => {
    if ((await refusalOf(Promise.reject(error))) === null) throw error;
    return null;
  });
}

async function take(world: World, step: Step): Promise<void> {
  const { shop, customers, sales } = world;
  const { till, points } = shop.caller('manager');
  shop.clock.advance(1000);
  if (step.kind === 'wait') shop.clock.advance(step.hours * 3_600_000);
  else if (step.kind === 'publish') await shop.publish(step.programme);
  else if (step.kind === 'adjust' || step.kind === 'award') {
    const customerId = customers[step.customer];
    if (customerId == null) return;
    const input =
      step.kind === 'award'
        ? { customerId, reason: 'purchase' as const, amountMinor: step.amountMinor }
        : { customerId, reason: 'correction' as const, points: step.points, note: 'why' };
    await attempt(points.award(shop.op(input)));
  } else if ('rewards' in step) await sell(world, step);
  else if (sales.length > 0) {
    const sale = mustHave(sales[step.pick % sales.length], 'a sale');
    if (step.kind === 'void') await attempt(till.cancelSale(shop.op({ saleId: sale.saleId, reason: '' })));
    else if (step.kind === 'attach') {
      const customerId = customers[step.customer] ?? customers[0] ?? '';
      await attempt(till.attachCustomer(shop.op({ saleId: sale.saleId, customerId })));
    } else if ('line' in step) await giveBack(world, step, sale);
  }
}

async function giveBack(
  { shop, sales, customers }: World,
  step: Extract<Step, { kind: 'refund' | 'exchange' }>,
  sale: World['sales'][number],
): Promise<void> {
  const { till } = shop.caller('manager');
  const lineId = mustHave(sale.lineIds[step.line % sale.lineIds.length], 'a line');
  const lines = [{ lineId, quantityThousandths: step.quantity }];
  if (step.kind === 'exchange') {
    const exchange = { saleId: sale.saleId, lines, reason: '' };
    const redemptions = step.price % 3 === 0 ? [askedFor(shop, 'fixed')] : [];
    const draft = shop.draft([shop.line(step.price)], {
      customerId: customers[step.line % 3] ?? null,
      exchange,
      redemptions,
    });
    const preview = await till.preview({ draft, tenderKind: 'cash' });
    const { dueMinor } = preview;
    const canBegin = step.price % 2 === 0 && dueMinor > 0 && preview.refusedRewards.length === 0;
    const begun = canBegin
      ? await attempt(till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: dueMinor } })))
      : null;
    const card = { tenderId: begun?.tenderId ?? '', kind: 'card' as const, amountMinor: dueMinor };
    const done = await attempt(
      till.completeSale(
        shop.op({
          draft,
          tenders: begun !== null ? [card] : dueMinor === 0 ? [] : [shop.cash(dueMinor, preview.cashDueMinor)],
          expectedTotalMinor: preview.priced.totalMinor,
          exchange: {
            expectedReturnedMinor: preview.exchange?.returnedMinor ?? 0,
            tenderKind: 'cash' as const,
          },
        }),
      ),
    );
    expect(done === null).toBe(preview.exchange?.refusal != null || preview.refusedRewards.length > 0);
    if (done !== null) expectAsPreviewed(preview, done, draft.customerId);
    if (done !== null) sales.push({ saleId: draft.saleId, lineIds: draft.lines.map((line) => line.lineId) });
    return;
  }
  const input = { saleId: sale.saleId, lines, tenderKind: 'cash' as const };
  const preview = await attempt(till.previewRefund(input));
  const done = await attempt(till.refund(shop.op({ ...input, reason: '' })));
  expect(
    done === null ? null : [done.amountMinor, done.pointsReversed, done.pointsReturned, done.deductedMinor],
  ).toEqual(
    preview === null
      ? null
      : [preview.amountMinor, preview.pointsReversed, preview.pointsReturned, preview.deductedMinor],
  );
}

async function sell(world: World, step: Extract<Step, { prices: number[] }>): Promise<void> {
  const { shop, customers, sales } = world;
  const { till } = shop.caller('manager');
  const lines = step.prices.map((each, at) => shop.line(each, { quantityThousandths: at === 0 ? step.pieces : 1000 }));
  const customerId = customers[step.customer] ?? null;
  const redemptions = step.rewards.map((rewardId) => ({
    programId: shop.programId,
    rewardId,
    points: null,
    choice: null,
  }));
  const draft: SaleDraft = shop.draft(lines, { customerId, redemptions });
  const preview = await till.preview({ draft });
  const { totalMinor } = preview.priced;
  const expectedTotalMinor = totalMinor;
  const canBegin = step.kind !== 'sell' && totalMinor > 0;
  if (canBegin) {
    const begun = await attempt(
      till.beginPayment(shop.op({ draft, tender: { kind: 'card' as const, amountMinor: totalMinor } })),
    );
    expect(begun === null).toBe(preview.refusedRewards.length > 0);
    if (begun === null) return;
    if (step.kind === 'give up') {
      const before = shop.number('SELECT COALESCE(SUM(points), 0) FROM points_transactions');
      await till.giveUpPayment(shop.op({ saleId: draft.saleId }));
      const reserved = preview.takenRewards.reduce((sum, { points }) => sum + points, 0);
      expect(shop.number('SELECT COALESCE(SUM(points), 0) FROM points_transactions')).toBe(before + reserved);
      return;
    }
    if (step.kind === 'decline') return payAfterDecline(world, draft, begun.tenderId, preview);
    const tenders = [{ tenderId: begun.tenderId, kind: 'card' as const, amountMinor: totalMinor, reference: 'A-1' }];
    await till.completeSale(shop.op({ draft, tenders, expectedTotalMinor }));
    sales.push({ saleId: draft.saleId, lineIds: lines.map((line) => line.lineId) });
    return;
  }
  const tenders = [shop.cash(totalMinor, preview.cashDueMinor)];
  const sold = await attempt(till.completeSale(shop.op({ draft, tenders, expectedTotalMinor })));
  expect(sold === null).toBe(preview.refusedRewards.length > 0);
  if (sold === null) return;
  sales.push({ saleId: draft.saleId, lineIds: lines.map((line) => line.lineId) });
  expectAsPreviewed(preview, sold, customerId);
}

/** The card is declined: all is as before the payment began, and the sale is paid in cash as it was shown. */
async function payAfterDecline(
  { shop, sales }: World,
  draft: SaleDraft,
  tenderId: string,
  before: Awaited<ReturnType<Till['preview']>>,
): Promise<void> {
  const { till } = shop.caller('manager');
  await till.failTender(shop.op({ saleId: draft.saleId, tenderId, reason: 'declined' }));
  const preview = await till.preview({ draft });
  expect(preview.takenRewards).toEqual(before.takenRewards);
  expect(preview.programmes.map(({ balanceBefore, balanceAfter }) => [balanceBefore, balanceAfter])).toEqual(
    before.programmes.map(({ balanceBefore, balanceAfter }) => [balanceBefore, balanceAfter]),
  );
  const { totalMinor } = preview.priced;
  const tenders = [shop.cash(totalMinor, preview.cashDueMinor)];
  const sold = await till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: totalMinor }));
  sales.push({ saleId: draft.saleId, lineIds: draft.lines.map((line) => line.lineId) });
  expectAsPreviewed(preview, sold, draft.customerId);
}

type Till = ReturnType<LoyaltyShop['caller']>['till'];

function expectAsPreviewed(
  preview: Awaited<ReturnType<Till['preview']>>,
  sold: Awaited<ReturnType<Till['completeSale']>>,
  customerId: string | null,
): void {
  if (customerId === null) return;
  const [main] = preview.programmes;
  expect([sold.pointsEarned, sold.pointsRedeemed, sold.newBalance]).toEqual([
    main?.points,
    main?.redeemedPoints,
    main?.balanceAfter,
  ]);
}

function askedFor(shop: LoyaltyShop, rewardId: string): SaleDraft['redemptions'][number] {
  return { programId: shop.programId, rewardId, points: null, choice: null };
}

async function checkLaws(world: World): Promise<void> {
  const { shop } = world;
  // L1, L2, L3: every balance is the sum of its entries, the account's those of the main programme, and both sides agree.
  expect(
    rows(
      shop,
      `SELECT b.account_id FROM programme_balances b
       WHERE (b.current_points, b.earned_points, b.redeemed_points, b.expired_points, b.adjusted_points) <> (
         SELECT SUM(e.points), SUM(iif(e.system_account = 'issued', e.points, 0)), -SUM(iif(e.system_account = 'redeemed', e.points, 0)),
           -SUM(iif(e.system_account = 'expired', e.points, 0)), SUM(iif(e.system_account = 'adjusted', e.points, 0))
         FROM points_transactions e WHERE e.account_id = b.account_id AND e.program_id = b.program_id)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT a.id FROM customer_loyalty_accounts a
       WHERE a.current_points <> (SELECT COALESCE(SUM(e.points), 0) FROM points_transactions e
         JOIN loyalty_programs p ON p.id = e.program_id AND p.is_main = 1 WHERE e.account_id = a.id)`,
    ),
  ).toEqual([]);
  // L4: below zero only where the policies of the time leave it; the rest is refused or put right, so nothing is owed twice.
  // L5: what was written stays, in its order.
  const entries = rows<{ row: string }>(
    shop,
    'SELECT id || points || kind || program_id AS row FROM points_transactions ORDER BY seq',
  ).map(({ row }) => row);
  expect(entries.slice(0, world.history.length)).toEqual(world.history);
  world.history = entries;
  // L6: a reversal has one original of its account and programme and never exceeds it.
  expect(
    rows(
      shop,
      `SELECT r.id FROM points_transactions r JOIN points_transactions o ON o.id = r.reverses_id
       WHERE o.reverses_id IS NOT NULL OR o.account_id <> r.account_id OR o.program_id <> r.program_id
         OR sign(o.points + (SELECT SUM(x.points) FROM points_transactions x WHERE x.reverses_id = o.id)) = -sign(o.points)`,
    ),
  ).toEqual([]);
  // L11: the days sum to the whole.
  expect(
    rows(
      shop,
      `SELECT COALESCE(SUM(total_sales_minor), 0) - (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries) AS money,
         COALESCE(SUM(points_issued + points_adjusted - points_redeemed - points_expired), 0)
           - (SELECT COALESCE(SUM(points), 0) FROM points_transactions) AS points
       FROM merchant_daily_analytics`,
    ),
  ).toEqual([{ money: 0, points: 0 }]);
  checkSales(shop);
  checkEarnings(shop);
  await checkPositions(world);
}

/** What a sale takes off stands on its lines and with its offers; no refund hands back more than was paid. */
function checkSales(shop: LoyaltyShop): void {
  expect(
    rows(
      shop,
      `SELECT i.id FROM transaction_items i
       WHERE i.offer_discount_minor + i.points_discount_minor <> COALESCE(
         (SELECT SUM(d.amount_minor) FROM transaction_discounts d WHERE d.transaction_item_id = i.id), 0)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT t.id FROM transactions t WHERE t.status = 'completed' AND t.kind = 'SALE' AND (
         t.total_minor <> (SELECT SUM(i.payable_minor) FROM transaction_items i WHERE i.transaction_id = t.id)
         OR t.amount_minor <> (SELECT COALESCE(SUM(x.amount_minor), 0) FROM transaction_tenders x WHERE x.transaction_id = t.id AND x.status = 'approved')
         OR t.refunded_minor > t.amount_minor)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT r.id FROM refunds r WHERE r.amount_minor <> r.deducted_minor
         + (SELECT COALESCE(SUM(x.amount_minor), 0) FROM refund_tenders x WHERE x.refund_id = r.id)`,
    ),
  ).toEqual([]);
}

/** L8: an earning is what its own version makes of its sale, as it was frozen. */
function checkEarnings(shop: LoyaltyShop): void {
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const db = shop.env.db.read;
  const earned = rows<{ saleId: string; versionId: string; context: string; points: number }>(
    shop,
    `SELECT transaction_id AS saleId, programme_version_id AS versionId, context, points FROM points_transactions
     WHERE kind = 'earn' ORDER BY seq DESC LIMIT 3`,
  );
  for (const { saleId, versionId, context, points } of earned) {
    const sale = mustHave(selectSale(db, merchantId, saleId), 'the sale');
    const version = mustHave(selectProgrammeVersion(db, merchantId, versionId), 'the version');
    const items = selectItems(db, saleId);
    const earningSale =
      sale.kind === 'AWARD'
        ? amountSaleOf(sale.totalMinor)
        : earningSaleOf(
            items.map((item) => ({ ...item, discount: null, isStoredValue: false })),
            pricedAsFrozen(sale, items),
            sale.taxMode,
          );
    expect(computeEarning(earningSale, version, earningContextSchema.parse(JSON.parse(context))).points).toBe(points);
  }
}

/** Lots are never below zero and sum to what is shown; a tier that has not lapsed stands as it was written (L10, C-15). */
async function checkPositions({ shop, customers }: World): Promise<void> {
  for (const customerId of customers) {
    if (customerId === null) continue;
    const shown = await shop.position(customerId);
    expect(shown.lots.every((lot) => lot.remaining > 0 && lot.remaining <= lot.points)).toBe(true);
    expect(shown.lots.reduce((sum, lot) => sum + lot.remaining, 0) - shown.owedPoints).toBe(shown.balance);
    const account = rows<{ id: string; tier: string | null; keeps: number | null }>(
      shop,
      `SELECT a.id, t.tier_id AS tier, t.keeps_until_ms AS keeps FROM customer_loyalty_accounts a
       LEFT JOIN customer_tiers t ON t.account_id = a.id WHERE a.customer_id = '${customerId}'`,
    )[0];
    if (account === undefined) continue;
    const entries = selectEntries(shop.env.db.read, account.id).filter(({ programId }) => programId === shop.programId);
    const folded = foldLots(entries, shop.clock.wallNowMs());
    expect([shown.balance, shown.spendablePoints]).toEqual([folded.balance, folded.spendablePoints]);
  }
}

test('L1 L2 L3 L5 L6 L7 L8 L10 L11: hold over random histories with rewards, tiers, lots, exchanges, declined cards and late customers', async () => {
  await fc.assert(
    fc.asyncProperty(
      programmeArbitrary,
      fc.array(stepArbitrary, { minLength: 12, maxLength: 30 }),
      async (programme, steps) => {
        const shop = await createLoyaltyShop();
        const world: World = {
          shop,
          customers: [shop.addCustomer('Ana'), shop.addCustomer('Bo'), null],
          sales: [],
          history: [],
        };
        try {
          await shop.another({ rules: [{ ruleId: 'visit', kind: 'visit', points: 3 }] });
          await shop.publish(programme);
          for (const step of steps) {
            await take(world, step);
            await checkLaws(world);
          }
          expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
        } finally {
          shop.close();
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
