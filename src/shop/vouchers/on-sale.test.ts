import fc from 'fast-check';
import { expect, test } from 'vitest';
import { campaignOf, factsOf, NOW, voucherOf } from '../../../tests/vouchers/deciding.ts';
import { NO_CASH_ROUNDING } from '../money/cash-rounding.ts';
import { mustHave } from '../must.ts';
import type { OfferLimits } from '../offers/offer.ts';
import { type PricingPolicy, priceSale } from '../till/price-sale.ts';
import type { SaleDraft } from '../till/sale.ts';
import { type AskedVoucher, outcomesOnSale, vouchersOnSale } from './on-sale.ts';
import type { CampaignFacts, Situation, VoucherFacts } from './voucher-facts.ts';

// Through the pricing that previews and commits a sale: a voucher and a promotion are offers like any other.

const situation: Situation = {
  atMs: NOW,
  zone: 'UTC',
  shopId: 'shop',
  staffId: 'cashier',
  customer: null,
  saleId: 'sale',
};

type Given = NonNullable<Parameters<typeof campaignOf>[0]>;

function campaignFacts(
  campaignId: string,
  benefit: object,
  given: Given = {},
  facts: Partial<CampaignFacts> = {},
): CampaignFacts {
  const version = {
    campaignId,
    versionId: `${campaignId}-1`,
    version: 1,
    campaign: campaignOf({ name: campaignId, benefit, ...given }),
  };
  return factsOf({}, { campaignId, version, ...facts });
}

function voucherFacts(voucherId: string, given: Partial<VoucherFacts> = {}): VoucherFacts {
  return voucherOf({ voucherId, code: voucherId.toUpperCase(), createdByStaffId: null, ...given });
}

function asked(
  id: string,
  benefit: object,
  given: Given = {},
  voucher: Partial<VoucherFacts> = {},
  facts: Partial<CampaignFacts> = {},
): AskedVoucher {
  return {
    voucher: voucherFacts(id, voucher),
    campaign: campaignFacts(`c-${id}`, benefit, given, facts),
    choiceLineId: null,
  };
}

interface Item {
  readonly product: string;
  readonly priceMinor: number;
  readonly pieces?: number;
  readonly rate?: string;
}

function draftOf(items: readonly Item[]): SaleDraft {
  return {
    saleId: 'sale',
    customerId: null,
    customerIdentifiedBy: null,
    customerIdentifiedAtMs: null,
    lines: items.map(({ product, priceMinor, pieces = 1, rate = 'none' }, index) => ({
      lineId: `line-${index}`,
      productId: product,
      name: product,
      unitPriceMinor: priceMinor,
      quantityThousandths: pieces * 1000,
      taxRateId: rate,
      categoryId: null,
      discount: null,
      note: '',
    })),
    discount: null,
    redemptions: [],
    label: '',
    note: '',
  };
}

function policyOf(offerLimits?: OfferLimits): PricingPolicy {
  return {
    currency: 'USD',
    taxMode: 'exclusive',
    taxRounding: 'document',
    taxRates: [
      { taxRateId: 'none', name: '0 %', rateBasisPoints: 0 },
      { taxRateId: 'fifteen', name: '15 %', rateBasisPoints: 1500 },
    ],
    cashRounding: NO_CASH_ROUNDING,
    ...(offerLimits === undefined ? {} : { offerLimits }),
  };
}

function sell(
  items: readonly Item[],
  vouchers: readonly AskedVoucher[],
  promotions: readonly CampaignFacts[] = [],
  limits?: OfferLimits,
) {
  const onSale = vouchersOnSale(vouchers, promotions, situation);
  const priced = priceSale(draftOf(items), policyOf(limits), onSale.offers);
  if ('reason' in priced) throw new Error(priced.reason);
  return { priced, totalMinor: priced.totalMinor, ...outcomesOnSale(onSale, priced) };
}

const only = (...productIds: string[]) => ({ filter: { productIds } });
const percent = (rateBasisPoints: number, capMinor: number | null = null) => ({
  kind: 'percent',
  rateBasisPoints,
  capMinor,
});
const amount = (amountMinor: number) => ({ kind: 'amount', amountMinor });
const a = (priceMinor: number, pieces = 1): Item => ({ product: uuid(1), priceMinor, pieces });
const b = (priceMinor: number, pieces = 1): Item => ({ product: uuid(2), priceMinor, pieces });
const whatOf = ({ applied, refused }: Pick<ReturnType<typeof sell>, 'applied' | 'refused'>) => ({
  applied: applied.map(({ offerId, amountMinor, uses }) => [offerId, amountMinor, uses]),
  refused: refused.map(({ voucherId, refusal }) => [voucherId, refusal.reason, refusal.facts]),
});

test('C-19: a minimum counts what is eligible, and says what is missing', () => {
  const voucher = asked('v', percent(1000), { ...only(uuid(1)), minimum: { amountMinor: 4000 } });
  expect(whatOf(sell([a(2000)], [voucher]))).toEqual({
    applied: [],
    refused: [['v', 'voucher-minimum-not-met', { neededMinor: 4000, haveMinor: 2000, missingMinor: 2000 }]],
  });
  expect(sell([a(2000), b(3000)], [voucher]).totalMinor).toBe(5000);
  const met = sell([a(2000), b(3000), a(2000)], [voucher]);
  expect(met.totalMinor).toBe(6600);
  expect(whatOf(met)).toEqual({ applied: [['voucher:v', 400, 1]], refused: [] });
});

test('C-20 VC1 VC2: 100 % off the cap’s worth of two articles, whatever else is bought and taxed', () => {
  const voucher = asked('v', percent(10_000, 4000), only(uuid(1), uuid(2)));
  const p = { product: uuid(3), priceMinor: 3000, rate: 'fifteen' };
  const first = sell([p, b(2500), a(1500)], [voucher]);
  expect(first.totalMinor).toBe(3450);
  expect(first.applied[0]?.shares.map((share) => share.amountMinor)).toEqual([2500, 1500]);
  const second = sell([p, b(2500), a(1500, 2)], [voucher]);
  expect(second.totalMinor).toBe(4950);
  expect(second.applied[0]?.shares.map((share) => share.amountMinor)).toEqual([1818, 2182]);
});

test('C-21 C-22: of one group the one that saves most money is used; the other stays with its customer', () => {
  const grouped = { stacking: { group: 'order' } };
  const ten = asked('ten', percent(1000), grouped);
  const best = (items: readonly Item[], ...vouchers: AskedVoucher[]) => {
    const sold = sell(items, vouchers);
    return [
      sold.applied.map(({ voucherId }) => voucherId),
      sold.totalMinor,
      sold.refused.map(({ voucherId }) => voucherId),
    ];
  };
  expect(best([a(50_000)], asked('eighty', amount(8000), grouped), ten)).toEqual([['eighty'], 42_000, ['ten']]);
  expect(best([a(50_000)], asked('five', percent(500), grouped), ten)).toEqual([['ten'], 45_000, ['five']]);
  expect(best([a(4000)], asked('eighty', amount(8000), grouped), asked('fifty', amount(5000), grouped))).toEqual([
    ['fifty'],
    0,
    ['eighty'],
  ]);
  expect(best([a(5000)], ten, asked('nine', amount(900), grouped))).toEqual([['nine'], 4100, ['ten']]);
});

test('C-23: percent before amount in either order of scanning; on the initial amount it is the same here', () => {
  const ten = asked('ten', percent(1000));
  const fixed = asked('fixed', amount(1000));
  expect(sell([a(10_000)], [ten, fixed]).totalMinor).toBe(8000);
  expect(sell([a(10_000)], [fixed, ten]).totalMinor).toBe(8000);
  const initial = asked('initial', percent(1000), { stacking: { basis: 'initial' } });
  expect(sell([a(10_000)], [fixed, initial]).totalMinor).toBe(8000);
});

test('C-24: five of six apply and one of a group, the rest is said why', () => {
  const six = [1, 2, 3, 4, 5, 6].map((digit) => asked(`v${digit}`, amount(100 * digit)));
  const sold = sell([a(10_000)], six);
  expect(sold.applied).toHaveLength(5);
  expect(whatOf(sold).refused).toEqual([
    ['v1', 'voucher-not-applied', expect.objectContaining({ why: 'too-many', limit: 5 })],
  ]);
  const grouped = { stacking: { group: 'food' } };
  const two = sell([a(10_000)], [asked('x', amount(100), grouped), asked('y', amount(200), grouped)]);
  expect(whatOf(two)).toEqual({
    applied: [['voucher:y', 200, 1]],
    refused: [['x', 'voucher-not-applied', { why: 'group-taken', byOfferId: 'voucher:y' }]],
  });
});

test('C-25: a voucher of more than the sale makes it free, is used, and leaves no rest', () => {
  const sold = sell([a(800)], [asked('v', amount(1000))]);
  expect(sold.totalMinor).toBe(0);
  expect(whatOf(sold)).toEqual({ applied: [['voucher:v', 800, 1]], refused: [] });
});

test('C-28: buy two take one', () => {
  const voucher = asked('v', { kind: 'buy-take', buyUnits: 2, takeUnits: 1 });
  const totals = [3, 5, 6, 9].map((pieces) => sell([a(510, pieces)], [voucher]).totalMinor);
  expect(totals).toEqual([1020, 2040, 2040, 3060]);
});

test('a fixed price is what an eligible piece costs at most', () => {
  expect(sell([a(500, 2), b(300)], [asked('v', { kind: 'fixed-price', unitPriceMinor: 350 })]).totalMinor).toBe(1000);
});

test('C-41: a code with three uses frees up to three pieces and consumes as many uses', () => {
  const coupon = (usageCount: number) =>
    asked('v', { kind: 'product' }, { limits: { usesPerSale: null } }, { usageLimit: 3, usageCount });
  expect(whatOf(sell([a(5000, 3)], [coupon(0)])).applied).toEqual([['voucher:v', 15_000, 3]]);
  expect(whatOf(sell([a(5000, 2)], [coupon(0)])).applied).toEqual([['voucher:v', 10_000, 2]]);
  expect(whatOf(sell([a(5000, 3)], [coupon(2)])).applied).toEqual([['voucher:v', 5000, 1]]);
  const pairs = asked('v', { kind: 'product', units: 2 }, { limits: { usesPerSale: null } }, { usageLimit: 3 });
  expect(whatOf(sell([a(5000, 3)], [pairs])).applied).toEqual([['voucher:v', 15_000, 2]]);
});

test('only the chosen line is free', () => {
  const voucher = { ...asked('v', { kind: 'product' }), choiceLineId: 'line-1' };
  expect(sell([a(100), b(900)], [voucher]).applied[0]?.shares).toEqual([{ lineId: 'line-1', amountMinor: 900 }]);
});

test('what is given at once is not used in a sale, and what cannot be used says so', () => {
  const credit = asked('credit', { kind: 'credit', amountMinor: 100 });
  const over = asked('over', amount(100), {}, { expiresAtMs: NOW });
  const other = asked('other', amount(100), only(uuid(9)));
  expect(whatOf(sell([a(100)], [credit, over, other])).refused).toEqual([
    ['credit', 'voucher-needs-sale', { isGrant: true }],
    ['over', 'voucher-expired', { endedAtMs: NOW }],
    ['other', 'voucher-no-eligible-item', {}],
  ]);
});

test('a promotion applies by itself and is said to nobody where it does not', () => {
  const promotion = campaignFacts('happy', percent(1000), { trigger: 'automatic' });
  expect(whatOf(sell([a(1000)], [], [promotion]))).toEqual({ applied: [['promotion:happy', 100, 1]], refused: [] });
  expect(whatOf(sell([a(1000)], [], [{ ...promotion, status: 'ended' }]))).toEqual({ applied: [], refused: [] });
  const never = campaignFacts('never', percent(1000), { trigger: 'automatic', ...only(uuid(9)) });
  expect(whatOf(sell([a(1000)], [], [never]))).toEqual({ applied: [], refused: [] });
});

test('VC6: a budget cuts the last discount, and two codes of one limited campaign never go together', () => {
  const budget = { limits: { budgetMinor: 1000 } };
  expect(whatOf(sell([a(10_000)], [asked('v', percent(1000), budget, {}, { spentMinor: 300 })])).applied).toEqual([
    ['voucher:v', 700, 1],
  ]);
  const facts = campaignFacts('both', amount(600), budget);
  const both = ['x', 'y'].map((id) => ({ voucher: voucherFacts(id), campaign: facts, choiceLineId: null }));
  const sold = sell([a(10_000)], both, [], { maxOffers: 5, maxPerGroup: 5 });
  expect(whatOf(sold)).toEqual({
    applied: [['voucher:x', 600, 1]],
    refused: [['y', 'voucher-not-applied', { why: 'group-taken', byOfferId: 'voucher:x' }]],
  });
  const free = campaignFacts('free', amount(600));
  const two = ['x', 'y'].map((id) => ({ voucher: voucherFacts(id), campaign: free, choiceLineId: null }));
  expect(sell([a(10_000)], two, [], { maxOffers: 5, maxPerGroup: 5 }).totalMinor).toBe(8800);
});

test('a voucher that is asked for twice is used once', () => {
  const voucher = asked('v', amount(100));
  expect(whatOf(sell([a(1000)], [voucher, voucher]))).toEqual({ applied: [['voucher:v', 100, 1]], refused: [] });
});

const benefits = fc.oneof(
  fc.integer({ min: 1, max: 10_000 }).map((rate) => percent(rate)),
  fc.integer({ min: 1, max: 3000 }).map(amount),
  fc.integer({ min: 1, max: 3 }).map((units) => ({ kind: 'product', units })),
  fc
    .record({ buyUnits: fc.integer({ min: 1, max: 3 }), takeUnits: fc.integer({ min: 1, max: 2 }) })
    .map((pieces) => ({ kind: 'buy-take', ...pieces })),
  fc.integer({ min: 0, max: 900 }).map((unitPriceMinor) => ({ kind: 'fixed-price', unitPriceMinor })),
);
const someItems = fc.array(
  fc.record({
    product: fc.constantFrom(uuid(1), uuid(2)),
    priceMinor: fc.integer({ min: 0, max: 2000 }),
    pieces: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 4 },
);
const someVouchers = fc
  .array(
    fc.record({
      benefit: benefits,
      budgetMinor: fc.option(fc.integer({ min: 1, max: 2000 })),
      usageLimit: fc.option(fc.integer({ min: 1, max: 5 })),
      usesPerSale: fc.option(fc.integer({ min: 1, max: 3 })),
      group: fc.constantFrom('', 'food'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((given) =>
    given.map(({ benefit, budgetMinor, usageLimit, usesPerSale, group }, index) =>
      asked(`v${index}`, benefit, { limits: { budgetMinor, usesPerSale }, stacking: { group } }, { usageLimit }),
    ),
  );

test('V2: no order of asking changes what is paid or redeemed; uses and budgets are never exceeded', () => {
  fc.assert(
    fc.property(someItems, someVouchers, (items, vouchers) => {
      const sold = sell(items, vouchers);
      const turned = sell(items, [...vouchers].reverse());
      expect(whatOf(turned)).toEqual(whatOf(sold));
      expect(turned.totalMinor).toBe(sold.totalMinor);
      expect(sold.applied.length + sold.refused.length).toBe(vouchers.length);
      for (const { voucherId, amountMinor, uses, shares } of sold.applied) {
        const { voucher, campaign } = mustHave(
          vouchers.find((each) => each.voucher.voucherId === voucherId),
          'a voucher',
        );
        const { limits } = mustHave(campaign.version, 'a version').campaign;
        expect(uses).toBeLessThanOrEqual(Math.min(voucher.usageLimit ?? Infinity, limits.usesPerSale ?? Infinity));
        expect(uses).toBeGreaterThanOrEqual(1);
        expect(amountMinor).toBeGreaterThanOrEqual(1);
        expect(amountMinor).toBeLessThanOrEqual(limits.budgetMinor ?? Infinity);
        expect(shares.reduce((sum, share) => sum + share.amountMinor, 0)).toBe(amountMinor);
      }
    }),
    { numRuns: 300 },
  );
});

function uuid(number: number): string {
  return `0191e7a0-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
