import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import type { SaleDraft, SaleLineDraft, TenderDraft } from '#shop/till/sale.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';
import { checkValueLaws, type ValueHistory } from './value-laws.ts';

// Random days with vouchers, promotions, credit, gift cards and passes: sales paid in any mix, cards that are declined, refunds
// in slices to cash, credit and cards, cancellations, exchanges, records joined and parted, the jobs of the night. After every
// command the laws hold, a refund does what its preview said, and at the end the log alone gives the tables again.
// fast-check prints the seed.

const HOUR = 3_600_000;
const pick = fc.nat(1_000);
const customer = fc.nat(3);
const saleParts = {
  customer,
  prices: fc.array(fc.integer({ min: 1, max: 6_000 }), { minLength: 1, maxLength: 3 }),
  pieces: fc.constantFrom(1, 2, 3),
  vouchers: fc.array(fc.nat(5), { maxLength: 3 }),
  creditPercent: fc.constantFrom(0, 50, 100),
  cardPercent: fc.constantFrom(0, 0, 60),
  units: fc.nat(2),
};
const stepArbitrary = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      ...{ kind: fc.constant('sell' as const), ...saleParts },
      sells: fc.constantFrom('none', 'none', 'none', 'credit', 'gift-card', 'package'),
      isDeclined: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      ...{ kind: fc.constant('refund' as const), pick, line: pick },
      pieces: fc.constantFrom(1, 2, 3),
      how: fc.constantFrom('cash' as const, 'cash' as const, 'credit' as const, 'gift-card' as const),
      isWhole: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('exchange' as const), pick, line: pick, ...saleParts }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('claim' as const), customer, voucher: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('give' as const), customer, campaign: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: fc.constant('credit' as const), customer, amountMinor: fc.integer({ min: -500, max: 5_000 }) },
      days: fc.constantFrom(null, 1, 10),
    }),
  },
  fc.record({ kind: fc.constant('pass' as const), customer, units: fc.constantFrom(-1, 1, 2) }),
  fc.record({ kind: fc.constant('reissue' as const), pick }),
  fc.record({ kind: fc.constant('merge' as const), from: customer, into: customer }),
  fc.record({ kind: fc.constant('part' as const), pick }),
  fc.record({ kind: fc.constant('retry' as const) }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 6 }) }),
  },
);
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type SaleParts = Extract<Step, { kind: 'exchange' }>;

interface World {
  readonly shop: VoucherShop;
  readonly customers: readonly string[];
  readonly campaignIds: readonly string[];
  readonly planId: string;
  /** A product that sells a pass of the plan. */
  readonly passProductId: string;
  readonly sales: {
    readonly saleId: string;
    readonly lines: readonly SaleLineDraft[];
    readonly customerId: string | null;
  }[];
  readonly merges: string[];
  readonly history: ValueHistory;
  last: (() => Promise<unknown>) | null;
}

/** Runs a command; null where it was refused. Anything but a refusal is a failure. */
async function attempt<Answer>(world: World, call: () => Promise<Answer>): Promise<Answer | null> {
  world.last = call;
  try {
    return await call();
  } catch (error) {
    if ((await refusalOf(Promise.reject(error))) === null) throw error;
    return null;
  }
}

const rows = <Row>({ shop }: World, statement: string): Row[] => shop.env.db.read.all<Row>(statement as never);

async function take(world: World, step: Step): Promise<void> {
  const { shop, customers } = world;
  const manager = shop.caller('manager');
  const customerOf = (at: number): string => customers[at % customers.length] ?? '';
  shop.clock.advance(60_000);
  if (step.kind === 'wait') {
    shop.clock.advance(step.hours * HOUR);
    expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
  } else if (step.kind === 'sell') await sell(world, step);
  else if (step.kind === 'refund') await refund(world, step);
  else if (step.kind === 'exchange') await exchange(world, step);
  else if (step.kind === 'cancel') {
    const { saleId } = world.sales[step.pick % Math.max(1, world.sales.length)] ?? { saleId: shop.newId() };
    const asked = shop.op({ saleId, reason: '' });
    await attempt(world, () => manager.till.cancelSale(asked));
  } else if (step.kind === 'claim') {
    const voucherId = rows<{ id: string }>(world, 'SELECT id FROM vouchers ORDER BY created_at_ms, id')[step.voucher]
      ?.id;
    const claim = shop.op({
      voucherId: voucherId ?? shop.newId(),
      customerId: customerOf(step.customer),
      saleId: null,
    });
    await attempt(world, () => shop.caller('cashier').vouchers.claim(claim));
  } else if (step.kind === 'give') {
    const campaignId = world.campaignIds[3 + step.campaign] ?? '';
    const asked = shop.op({ campaignId, customerId: customerOf(step.customer) });
    await attempt(world, () => manager.vouchers.give(asked));
  } else if (step.kind === 'credit') {
    if (step.amountMinor === 0) return;
    const { amountMinor, days } = step;
    const of = { customerId: customerOf(step.customer) };
    const given = shop.op({ of, amountMinor, days, reason: 'goodwill' as const, note: 'x' });
    await attempt(world, () => manager.credit.adjust(given));
  } else if (step.kind === 'pass') {
    const given = shop.op({ customerId: customerOf(step.customer), planId: world.planId, note: 'x' });
    await attempt(world, () => manager.passes.give(given));
  } else if (step.kind === 'reissue') {
    const cards = rows<{ id: string }>(
      world,
      "SELECT id FROM credit_accounts WHERE kind = 'gift-card' ORDER BY created_at_ms",
    );
    const accountId = cards[step.pick % Math.max(1, cards.length)]?.id ?? shop.newId();
    const asked = shop.op({ accountId });
    await attempt(world, () => manager.credit.reissue(asked));
  } else if (step.kind === 'merge') {
    const pair = shop.op({ fromCustomerId: customerOf(step.from), intoCustomerId: customerOf(step.into) });
    const merged = await attempt(world, () => manager.customers.merge(pair));
    if (merged !== null) world.merges.push(merged.mergeId);
  } else if (step.kind === 'part') {
    const mergeId = world.merges[step.pick % Math.max(1, world.merges.length)] ?? shop.newId();
    const asked = shop.op({ mergeId });
    await attempt(world, () => manager.customers.undoMerge(asked));
  } else if (world.last !== null) {
    const before = JSON.stringify(snapshotOf(shop));
    await attempt(world, world.last);
    expect(JSON.stringify(snapshotOf(shop))).toBe(before);
  }
}

/** What somebody asks for at the till: lines, vouchers of the shop and of their wallet, units of their passes. */
function draftOf(world: World, step: Omit<SaleParts, 'kind' | 'pick' | 'line'>): SaleDraft {
  const { shop, customers } = world;
  const customerId = step.customer === 3 ? null : (customers[step.customer] ?? null);
  const known = rows<{ id: string }>(world, 'SELECT id FROM vouchers ORDER BY created_at_ms, id');
  const ids = new Set(step.vouchers.flatMap((at) => known[at % Math.max(1, known.length)]?.id ?? []));
  const lines = step.prices.map((price, at) =>
    shop.line(price, { quantityThousandths: at === 0 ? step.pieces * 1000 : 1000 }),
  );
  const passes = rows<{ id: string }>(
    world,
    `SELECT id FROM customer_packages WHERE customer_id = '${customerId}' ORDER BY id`,
  );
  const [passId] = passes.map(({ id }) => id);
  const lineId = lines[0]?.lineId ?? '';
  return shop.draft(lines, {
    customerId,
    vouchers: [...ids].map((voucherId) => ({ voucherId, choice: null })),
    ...(passId === undefined || step.units === 0 ? {} : { passUses: [{ passId, lineId, units: step.units }] }),
  });
}

/** Tenders of what the customer and the cards have, as far as asked; the rest is cash. */
function tendersOf(
  world: World,
  draft: SaleDraft,
  dueMinor: number,
  step: Pick<SaleParts, 'creditPercent' | 'cardPercent'>,
) {
  const { shop } = world;
  const own = `SELECT id, kind, balance_minor AS balanceMinor FROM credit_accounts WHERE status = 'active' AND balance_minor > 0`;
  const [account] = rows<{ id: string; balanceMinor: number }>(
    world,
    `${own} AND customer_id = '${draft.customerId}' AND kind = 'credit'`,
  );
  const [card] = rows<{ id: string; balanceMinor: number }>(world, `${own} AND kind = 'gift-card' ORDER BY id`);
  const taken: TenderDraft[] = [];
  let leftMinor = dueMinor;
  for (const [from, kind, percent] of [
    [account, 'credit', step.creditPercent],
    [card, 'gift-card', step.cardPercent],
  ] as const) {
    const amountMinor = Math.min(from?.balanceMinor ?? 0, Math.floor((leftMinor * percent) / 100));
    if (from === undefined || amountMinor <= 0) continue;
    taken.push({ tenderId: shop.newId(), kind, amountMinor, accountId: from.id });
    leftMinor -= amountMinor;
  }
  return { taken, rest: leftMinor > 0 ? [shop.cash(leftMinor)] : [], leftMinor };
}

async function sell(world: World, step: Extract<Step, { kind: 'sell' }>): Promise<void> {
  const { shop } = world;
  const { till } = shop.caller('cashier');
  const plain = draftOf(world, step);
  const sells = step.sells === 'gift-card' ? { kind: 'gift-card' as const, code: null } : { kind: 'credit' as const };
  const sold = step.sells === 'package' ? { productId: world.passProductId } : { sells };
  const draft = step.sells === 'none' ? plain : { ...plain, lines: [...plain.lines, shop.line(2_000, sold)] };
  const preview = await attempt(world, () => till.preview({ draft }));
  if (preview === null) return;
  const { totalMinor: expectedTotalMinor } = preview.priced;
  const { taken, rest, leftMinor } = tendersOf(world, draft, preview.dueMinor, step);
  if (step.isDeclined && leftMinor > 0) {
    const tender = { kind: 'card' as const, amountMinor: leftMinor };
    const asked = shop.op({ draft, tender, taken });
    const begun = await attempt(world, () => till.beginPayment(asked));
    if (begun === null) return;
    checkValueLaws(shop, world.history);
    const failed = { saleId: draft.saleId, tenderId: begun.tenderId, reason: 'declined' };
    const declined = shop.op(failed);
    await attempt(world, () => till.failTender(declined));
    checkValueLaws(shop, world.history);
  }
  const completed = shop.op({ draft, tenders: [...taken, ...rest], expectedTotalMinor });
  const done = await attempt(world, () => till.completeSale(completed));
  if (done !== null) world.sales.push({ saleId: draft.saleId, lines: draft.lines, customerId: draft.customerId });
  else {
    const givenUp = shop.op({ saleId: draft.saleId });
    await attempt(world, () => till.giveUpPayment(givenUp));
  }
}

async function refund(world: World, step: Extract<Step, { kind: 'refund' }>): Promise<void> {
  const { shop, sales } = world;
  const { till } = shop.caller('manager');
  const sale = sales[step.pick % Math.max(1, sales.length)];
  if (sale === undefined) return;
  const gone = new Map(
    rows<{ lineId: string; left: number }>(
      world,
      `SELECT i.id AS lineId, i.quantity_thousandths - COALESCE(SUM(r.quantity_thousandths), 0) AS left
       FROM transaction_items i LEFT JOIN refund_items r ON r.transaction_item_id = i.id
       WHERE i.transaction_id = '${sale.saleId}' GROUP BY i.id`,
    ).map(({ lineId, left }) => [lineId, left]),
  );
  const one = sale.lines[step.line % sale.lines.length];
  const lines = (step.isWhole ? sale.lines : one === undefined ? [] : [one]).map(({ lineId }) => ({
    lineId,
    quantityThousandths: step.isWhole ? (gone.get(lineId) ?? 0) : step.pieces * 1000,
  }));
  const input = { saleId: sale.saleId, lines, tenderKind: step.how };
  const preview = await attempt(world, () => till.previewRefund(input));
  const given = shop.op({ ...input, reason: '' });
  const done = await attempt(world, () => till.refund(given));
  expect([done?.amountMinor, done?.credit?.amountMinor ?? 0]).toEqual([
    preview?.amountMinor,
    step.how === 'cash' ? 0 : (preview?.tenders[0]?.amountMinor ?? 0),
  ]);
}

async function exchange(world: World, step: SaleParts): Promise<void> {
  const { shop, sales } = world;
  const { till } = shop.caller('manager');
  const sale = sales[step.pick % Math.max(1, sales.length)];
  const line = sale?.lines[step.line % sale.lines.length];
  if (sale === undefined || line === undefined) return;
  const back = [{ lineId: line.lineId, quantityThousandths: 1000 }];
  const draft = { ...draftOf(world, step), vouchers: [], exchange: { saleId: sale.saleId, lines: back, reason: '' } };
  const preview = await attempt(world, () => till.preview({ draft }));
  if (preview === null || preview.exchange?.refusal != null) return;
  const tenders = preview.dueMinor > 0 ? [shop.cash(preview.dueMinor)] : [];
  const completed = shop.op({ draft, tenders, expectedTotalMinor: preview.priced.totalMinor });
  const done = await attempt(world, () => till.completeSale(completed));
  if (done !== null) sales.push({ saleId: draft.saleId, lines: draft.lines, customerId: draft.customerId });
}

async function worldOf(shop: VoucherShop): Promise<World> {
  const generic = { usesPerCode: null };
  const campaigns = [
    { name: 'A', genericCode: 'AAAA10', limits: { ...generic, perCustomer: 2, budgetMinor: 2_000 } },
    {
      ...{
        name: 'B',
        genericCode: 'BBBB20',
        use: 'next-sale' as const,
        limits: { ...generic, perCustomer: 1, total: 4 },
      },
      ...{
        benefit: { kind: 'amount' as const, amountMinor: 300, scope: 'order' as const },
        validity: { claimDays: 5 },
      },
    },
    {
      ...{ name: 'C', trigger: 'automatic' as const, limits: { perDay: 2, usesPerCode: null } },
      benefit: { kind: 'amount' as const, amountMinor: 75, scope: 'order' as const },
    },
    { name: 'D', benefit: { kind: 'product' as const, units: 1 } },
    {
      name: 'E',
      benefit: { kind: 'percent' as const, rateBasisPoints: 5_000, capMinor: 500 },
      validity: { claimDays: 3 },
    },
    {
      ...{ name: 'F', use: 'next-sale' as const, distribution: { kind: 'after-sale' as const, minimumMinor: 4_000 } },
      benefit: { kind: 'amount' as const, amountMinor: 200, scope: 'order' as const },
    },
    {
      ...{ name: 'G', genericCode: 'GGGG20', use: 'next-sale' as const, limits: { ...generic, perCustomer: 2 } },
      distribution: { kind: 'after-sale' as const, minimumMinor: 1_000 },
    },
  ];
  const campaignIds: string[] = [];
  for (const campaign of campaigns) campaignIds.push((await shop.publish(campaign)).campaignId);
  const plan = { name: 'Ten', kind: 'package' as const, terms: { units: 4, days: 20 } };
  const { planId } = await shop.caller('manager').passes.savePlan(shop.op(plan));
  const customers = ['Ana', 'Bo', 'Cy'].map((name) => shop.addCustomer(name));
  const { credit, passes, catalogue } = shop.caller('manager');
  const pack = { name: 'Four coffees', priceMinor: 2_000, taxRateId: shop.taxRateId, sku: null, barcodes: [] };
  const sold = { ...pack, categoryId: null, icon: 'coffee', soldByWeight: false, sells: 'package' as const };
  const { productId: passProductId } = await catalogue.saveProduct(shop.op({ ...sold, sellsPlanId: planId }));
  for (const [at, customerId] of customers.entries()) {
    await passes.give(shop.op({ customerId, planId, note: 'x' }));
    const given = { of: { customerId }, amountMinor: 4_000, days: at === 0 ? null : at * 3, note: 'x' };
    await credit.adjust(shop.op({ ...given, reason: 'goodwill' as const }));
  }
  await credit.giveCard(shop.op({ amountMinor: 3_000, days: null, note: 'x' }));
  return {
    ...{ shop, campaignIds, planId, passProductId, customers },
    ...{ sales: [], merges: [], history: {}, last: null },
  };
}

test('V1 V2 V3 V5 V6 L1 L2 L4 L5 L6 L7: hold over random histories with vouchers, promotions, credit, gift cards, passes, refunds, exchanges, declined cards, merges and jobs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 15, maxLength: 40 }), async (steps) => {
      const shop = await createVoucherShop();
      const world = await worldOf(shop);
      try {
        for (const step of steps) {
          await take(world, step);
          checkValueLaws(shop, world.history);
        }
        expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
      } finally {
        shop.close();
      }
    }),
    { numRuns: Number(process.env.VALUE_RUNS ?? 10), endOnFailure: true },
  );
}, 180_000);
