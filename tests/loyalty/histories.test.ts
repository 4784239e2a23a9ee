import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import type { NegativeBalance, ProgrammeInput } from '#shop/points/programme.ts';
import type { SaleDraft, SaleLineDraft } from '#shop/till/sale.ts';
import { checkLaws } from './ledger-laws.ts';
import { attempt, isLifeStep, type LifeStep, type LivingWorld, lifeArbitrary, live, personOf } from './life-steps.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE } from './loyalty-shop.ts';
import { replayedSnapshotOf, snapshotOf } from './replay-ops.ts';

// Random histories at a shop with everything: two programmes, tiers, rewards, lots that wait, end and slide, balances below
// zero, gift cards, sales given up, refunded in slices, exchanged, cancelled and attached, records joined and parted, points
// moved, friends brought along, birthdays, reviews, the jobs of the night, versions published in between. After every command
// the laws of the ledger hold; at the end the log alone gives the tables again. fast-check prints the seed.

const LEVELS = [
  { tierId: 'basic', name: 'Basic', threshold: 0 },
  { tierId: 'silver', name: 'Silver', threshold: 300, multiplierBasisPoints: 12_500 },
  { tierId: 'gold', name: 'Gold', threshold: 900, multiplierBasisPoints: 20_000 },
];

const NO_LIMITS = { pointsPerSale: null, pointsPerDay: null, pointsEver: null, timesPerDay: null };
const EVENTS = [
  { ruleId: 'review', kind: 'event' as const, event: 'review', points: 20, limits: { ...NO_LIMITS, pointsEver: 50 } },
  { ruleId: 'joining', kind: 'event' as const, event: 'enrolment', points: 15 },
  { ruleId: 'birthday', kind: 'event' as const, event: 'birthday', points: 25, timesPerYear: 1 },
];
const FRIEND = { ruleId: 'friend', kind: 'event' as const, event: 'referral', points: 60, friendPoints: 10 };

const policyArbitrary: fc.Arbitrary<NegativeBalance> = fc.constantFrom(
  'ALLOW_NEGATIVE',
  'FLOOR_AT_ZERO',
  'DEDUCT_CASH',
);

const programmeArbitrary: fc.Arbitrary<ProgrammeInput> = fc
  .record({
    perMinor: fc.constantFrom(100, 1_000, 333),
    expiryMonths: fc.constantFrom(null, 0, 1, 12),
    expirySlides: fc.boolean(),
    pendingDays: fc.constantFrom(0, 0, 2),
    friend: fc.constantFrom({}, { minimumSpendMinor: 5_000 }, { on: 'enrolment' as const }),
    warnDays: fc.constantFrom(0, 30),
    refundGraceDays: fc.constantFrom(0, 30),
    timesPerDay: fc.constantFrom(null, 1),
    mode: fc.constantFrom('BALANCE' as const, 'EARNED_IN_PERIOD' as const),
    measure: fc.constantFrom('spend' as const, 'points' as const, 'visits' as const),
    months: fc.constantFrom(null, 1),
    includesThisSale: fc.boolean(),
  })
  .map((p) => ({
    name: 'P',
    rules: [{ ...SPEND_RULE, perMinor: p.perMinor }, ...EVENTS, { ...FRIEND, ...p.friend }],
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
    warnDays: p.warnDays,
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
      sellsCard: boolean;
    }
  | { kind: 'refund' | 'exchange'; pick: number; line: number; quantity: number; price: number }
  | { kind: 'void' | 'attach'; pick: number; customer: number }
  | { kind: 'adjust'; customer: number; points: number }
  | { kind: 'award'; customer: number; amountMinor: number }
  | { kind: 'publish'; programme: ProgrammeInput }
  | { kind: 'wait'; hours: number }
  | LifeStep;

/** Ana and Bo come more often than nobody and new friends. */
const person = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 3, 4);
/** Picks the sale that was made last. */
const LATEST = -1;
const price = fc.integer({ min: 0, max: 30_000 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...Array.from({ length: 8 }, () => 'sell' as const),
        'give up' as const,
        'pay later' as const,
        'decline' as const,
      ),
      customer: person,
      prices: fc.array(price, { minLength: 1, maxLength: 3 }),
      pieces: fc.constantFrom(1000, 2000, 3000, 1250),
      rewards: fc.oneof(
        { weight: 3, arbitrary: fc.constant<string[]>([]) },
        { weight: 2, arbitrary: fc.constantFrom<string[]>(['rate'], ['fixed'], ['coffee']) },
        fc.subarray(['rate', 'fixed', 'coffee']),
      ),
      sellsCard: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('refund' as const, 'refund' as const, 'refund' as const, 'exchange' as const),
      pick: fc.nat(),
      line: fc.nat(),
      quantity: fc.constantFrom(1000, 1000, 1000, 2000, 250),
      price,
    }),
  },
  fc.record({ kind: fc.constantFrom('void' as const, 'attach' as const), pick: fc.nat(), customer: person }),
  fc.record({ kind: fc.constant('adjust' as const), customer: person, points: fc.integer({ min: -400, max: 100 }) }),
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
  { weight: 5, arbitrary: lifeArbitrary },
);

/** Bought, used up and brought back: what laws about balances below zero are for. */
const spentAndReturned: fc.Arbitrary<Step[]> = fc
  .record({ customer: person, price: fc.integer({ min: 1_000, max: 30_000 }) })
  .map((given): Step[] => [
    { kind: 'sell', customer: given.customer, prices: [given.price], pieces: 1000, rewards: [], sellsCard: false },
    { kind: 'adjust', customer: given.customer, points: -400 },
    { kind: 'refund', pick: LATEST, line: 0, quantity: 1000, price: 0 },
  ]);
const historyArbitrary = fc
  .array(fc.oneof({ weight: 12, arbitrary: stepArbitrary.map((step) => [step]) }, spentAndReturned), {
    minLength: 12,
    maxLength: 30,
  })
  .map((chains) => chains.flat());

interface World extends LivingWorld {
  readonly sales: { saleId: string; lineIds: string[] }[];
  /** A product that sells a gift card. */
  readonly card: Pick<SaleLineDraft, 'productId' | 'unitPriceMinor'>;
  /** What the command that was taken last handed back. */
  handedBackMinor: number;
}

/** Takes a step; returns whether it moved what is owed along with what is had. */
async function take(world: World, step: Step): Promise<boolean> {
  world.handedBackMinor = 0;
  world.shop.clock.advance(1000);
  if (isLifeStep(step)) return live(world, step);
  await trade(world, step);
  return false;
}

async function trade(world: World, step: Exclude<Step, LifeStep>): Promise<void> {
  const { shop, sales } = world;
  const { till, points } = shop.caller('manager');
  if (step.kind === 'wait') shop.clock.advance(step.hours * 3_600_000);
  else if (step.kind === 'publish') await shop.publish({ ...step.programme, negativeBalance: world.policy });
  else if (step.kind === 'adjust' || step.kind === 'award') {
    const customerId = personOf(world, step.customer);
    if (customerId === null) return;
    // What somebody has is taken as far as it goes: then a refund finds too little.
    const most = -Math.max(1, (await shop.position(customerId)).balance);
    const input =
      step.kind === 'award'
        ? { customerId, reason: 'purchase' as const, amountMinor: step.amountMinor }
        : { customerId, reason: 'correction' as const, points: Math.max(step.points, most), note: 'why' };
    await attempt(points.award(shop.op(input)));
  } else if ('rewards' in step) await sell(world, step);
  else if (sales.length > 0) {
    const sale = mustHave(step.pick === LATEST ? sales.at(-1) : sales[step.pick % sales.length], 'a sale');
    if (step.kind === 'void') {
      const voided = await attempt(till.cancelSale(shop.op({ saleId: sale.saleId, reason: '' })));
      world.handedBackMinor = voided?.amountMinor ?? 0;
    } else if (step.kind === 'attach') {
      const customerId = personOf(world, step.customer) ?? world.customers[0] ?? '';
      await attempt(till.attachCustomer(shop.op({ saleId: sale.saleId, customerId })));
    } else if ('line' in step) await giveBack(world, step, sale);
  }
}

async function giveBack(
  world: World,
  step: Extract<Step, { kind: 'refund' | 'exchange' }>,
  sale: World['sales'][number],
): Promise<void> {
  const { shop, sales } = world;
  const { till } = shop.caller('manager');
  const lineId = mustHave(sale.lineIds[step.line % sale.lineIds.length], 'a line');
  const lines = [{ lineId, quantityThousandths: step.quantity }];
  if (step.kind === 'exchange') {
    const exchange = { saleId: sale.saleId, lines, reason: '' };
    const redemptions = step.price % 3 === 0 ? [askedFor(shop, 'fixed')] : [];
    const draft = shop.draft([shop.line(step.price)], {
      customerId: personOf(world, step.line),
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
  world.handedBackMinor = done === null ? 0 : done.amountMinor - done.deductedMinor;
  expect(
    done === null ? null : [done.amountMinor, done.pointsReversed, done.pointsReturned, done.deductedMinor],
  ).toEqual(
    preview === null
      ? null
      : [preview.amountMinor, preview.pointsReversed, preview.pointsReturned, preview.deductedMinor],
  );
}

async function sell(world: World, step: Extract<Step, { prices: number[] }>): Promise<void> {
  const { shop, sales, card } = world;
  const { till } = shop.caller('manager');
  const goods = step.prices.map((each, at) => shop.line(each, { quantityThousandths: at === 0 ? step.pieces : 1000 }));
  const lines = step.sellsCard ? [...goods, shop.line(card.unitPriceMinor, card)] : goods;
  const customerId = personOf(world, step.customer);
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

test('L1 L2 L3 L4 L5 L6 L7 L8 L10 L11: hold over random histories with rewards, tiers, lots, exchanges, declined cards, late customers, merges, transfers, events and jobs', async () => {
  await fc.assert(
    fc.asyncProperty(policyArbitrary, programmeArbitrary, historyArbitrary, async (policy, programme, steps) => {
      const shop = await createLoyaltyShop();
      const world = await worldOf(shop, policy);
      try {
        await shop.another({ rules: [{ ruleId: 'visit', kind: 'visit', points: 3 }, EVENTS[2]] });
        await shop.publish({ ...programme, negativeBalance: policy });
        for (const step of steps) {
          const movesOwed = await take(world, step);
          await checkLaws(world, { movesOwed, handedBackMinor: world.handedBackMinor });
        }
        expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
      } finally {
        shop.close();
      }
    }),
    { numRuns: 40 },
  );
}, 180_000);

async function worldOf(shop: LoyaltyShop, policy: NegativeBalance): Promise<World> {
  const { productId } = await shop.caller('manager').catalogue.saveProduct(
    shop.op({
      ...{ name: 'Gift card', sku: null, barcodes: [], categoryId: null, icon: 'gift', priceMinor: 5_000 },
      ...{ taxRateId: shop.taxRateId, soldByWeight: false, isStoredValue: true },
    }),
  );
  return {
    ...{ shop, policy, card: { productId, unitPriceMinor: 5_000 }, handedBackMinor: 0 },
    ...{ customers: [shop.addCustomer('Ana'), shop.addCustomer('Bo'), null], merges: [], sales: [] },
    ...{ history: [], ledgers: new Map() },
  };
}
