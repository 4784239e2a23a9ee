import fc, { type GeneratorValue } from 'fast-check';
import { expect, test } from 'vitest';
import { type Asked, cheapest, type Counting, type RungUp, sum, taxOf, times, withAll } from './second-arithmetic.ts';
import type { SaleLineDraft } from '#shop/till/sale.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Random shops and sales through the router: every total, tax, cash due, point and refund against a second arithmetic.

const PLACES = [
  { country: 'US', currency: 'USD', timeZone: 'America/New_York', region: 'en-US', unit: 100 },
  { country: 'PY', currency: 'PYG', timeZone: 'America/Asuncion', region: 'es-PY', unit: 1_000 },
  { country: 'KW', currency: 'KWD', timeZone: 'Asia/Kuwait', region: 'ar-KW', unit: 1_000 },
] as const;
const TAGS = ['hot', 'cold', 'cake'];

/** Whole numbers below a bound, and one of several. */
function drawn(gen: GeneratorValue) {
  const below = (bound: number): number => gen(fc.nat, { max: bound - 1 });
  const oneOf = <Item>(...items: readonly Item[]): Item => items[below(items.length)] as Item;
  const tags = (oneIn: number): string[] => TAGS.filter(() => below(oneIn) === 0);
  return { below, oneOf, tags };
}
type Drawn = ReturnType<typeof drawn>;

function anOffer({ below, oneOf, tags }: Drawn, unit: number): Omit<Asked, 'id' | 'code'> {
  const benefit = oneOf<Asked['benefit']>(
    { kind: 'percent', rateBasisPoints: 1 + below(6_000), capMinor: oneOf(null, 1 + below(3 * unit)) },
    { kind: 'percent', rateBasisPoints: 10_000, capMinor: 1 + below(3 * unit) },
    { kind: 'amount', amountMinor: 1 + below(5 * unit) },
    { kind: 'product', units: 1 + below(2) },
    { kind: 'fixed-price', unitPriceMinor: below(2 * unit) },
    { kind: 'buy-take', buyUnits: 1 + below(3), takeUnits: 1 + below(2) },
  );
  const of = oneOf<'eligible' | 'sale'>('eligible', 'sale');
  return {
    benefit,
    scope: oneOf<'item' | 'order'>('item', 'order', 'order'),
    filter: { tags: tags(4), excludeTags: tags(8) },
    minimum: oneOf(null, null, { amountMinor: 1 + below(12 * unit), of, withTax: oneOf(true, false) }),
    stacking: {
      ...{ group: oneOf('', '', 'g', 'h'), order: oneOf(100, below(200)) },
      ...{ isExclusive: below(8) === 0, basis: oneOf('remaining', 'remaining', 'initial') },
    },
  };
}

/** A shop with four tax rates, twelve products and eight codes for everybody. */
async function aShop(draw: Drawn) {
  const { below, oneOf, tags } = draw;
  const { unit, ...place } = oneOf<(typeof PLACES)[number]>(...PLACES);
  const isInclusive = oneOf(true, false);
  const shop = await createValueShop({ ...place, taxMode: isInclusive ? 'inclusive' : 'exclusive' });
  const { catalogue, settings } = shop.caller('manager');
  const rounding = { stepMinor: oneOf(1, 5, 50), mode: oneOf<'customer' | 'nearest'>('customer', 'nearest') };
  const taxRounding = oneOf<'line' | 'document'>('line', 'document');
  const discountLimitBasisPoints = { cashier: 10_000, manager: 10_000 };
  await settings.update(shop.op({ changes: { taxRounding, cashRounding: rounding, discountLimitBasisPoints } }));
  const rates = new Map<string, number>();
  for (const rateBasisPoints of [0, 500, 1_000, 2_100]) {
    const rate = { name: `Tax ${rateBasisPoints}`, rateBasisPoints, isDefault: false };
    rates.set((await catalogue.saveTaxRate(shop.op(rate))).taxRateId, rateBasisPoints);
  }
  const goods = [];
  for (let n = 0; n < 12; n += 1) {
    const taxRateId = [...rates.keys()][below(4)] ?? '';
    const [priceMinor, own] = [1 + below(oneOf(4, 20) * unit), tags(3)];
    goods.push({ line: await shop.product(`P${n}`, priceMinor, { taxRateId, tags: own }), priceMinor, taxRateId, own });
  }
  const offers: Asked[] = [];
  for (const letter of 'ABCDEFGH') {
    const [code, offer] = [`CODE${letter}77`, anOffer(draw, unit)];
    const { scope, benefit, ...terms } = offer;
    const scoped = benefit.kind === 'percent' || benefit.kind === 'amount' ? { ...benefit, scope } : benefit;
    offers.push({ id: await shop.generic(code, { ...terms, benefit: scoped }), code, ...offer });
  }
  const counting: Counting = { isInclusive, isPerLine: taxRounding === 'line', rates };
  return { shop, counting, goods, offers, unit, rounding };
}

type World = Awaited<ReturnType<typeof aShop>>;

/** The same lines in every order: who wins a tie must not matter to what is compared. */
function* turned<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length < 2) yield items;
  else
    for (const [at, item] of items.entries()) for (const rest of turned(items.toSpliced(at, 1))) yield [item, ...rest];
}

/** Gives a sale back in random slices: each line sums to what was paid for it, and points follow what is left. */
async function giveBack({ below }: Drawn, shop: ValueShop, sold: Sold): Promise<void> {
  const { till } = shop.caller('manager');
  const left = new Map(sold.lines.map(({ lineId, thousandths }) => [lineId, thousandths]));
  const back = { money: 0, goods: 0 };
  while (sum(left.values()) > 0) {
    const some = [...left].filter(([, thousandths]) => thousandths > 0 && below(3) > 0);
    const lines = some.map(([lineId, most]) => ({ lineId, quantityThousandths: 1_000 * (1 + below(most / 1_000)) }));
    if (lines.length === 0) continue;
    const refund = shop.op({ saleId: sold.saleId, lines, tenderKind: 'cash' as const, reason: '' });
    back.money += (await till.refund(refund)).amountMinor;
    for (const { lineId, quantityThousandths } of lines)
      left.set(lineId, (left.get(lineId) ?? 0) - quantityThousandths);
    back.goods = shop.number(
      `SELECT SUM(i.amount_minor - iif(:isInclusive, 0, i.tax_minor)) AS n FROM refund_items i
       JOIN refunds r ON r.id = i.refund_id WHERE r.transaction_id = :saleId`,
      { saleId: sold.saleId, isInclusive: Number(sold.isInclusive) },
    );
    expect(shop.balanceOf(sold.customerId)).toBe(Math.floor((sold.netMinor - back.goods) / sold.unit));
  }
  expect([back.money, back.goods]).toEqual([sold.paidMinor, sold.netMinor]);
}
interface Sold extends Record<'netMinor' | 'paidMinor' | 'unit', number> {
  readonly saleId: string;
  readonly customerId: string;
  readonly isInclusive: boolean;
  readonly lines: readonly RungUp[];
}

/** Up to four lines of up to five pieces, some with a discount by hand: as they are rung up, and as they are reckoned. */
function someLines({ below, oneOf }: Drawn, { goods }: World) {
  const drafts: SaleLineDraft[] = [];
  const lines: RungUp[] = [];
  for (let count = 1 + below(4); count > 0; count -= 1) {
    const { line, priceMinor, taxRateId, own } = oneOf(...goods);
    const off = oneOf(null, null, null, { kind: 'percent' as const, rateBasisPoints: below(5_000) });
    const rungUp = { ...line(1 + below(5)), discount: off };
    drafts.push(rungUp);
    const { lineId, quantityThousandths: thousandths } = rungUp;
    lines.push({ lineId, thousandths, off, priceMinor, taxRateId, tags: own });
  }
  return { drafts, lines };
}

/** Rings up a sale, compares what it costs, pays it with credit and cash, and compares what it earned. */
async function sellOne(
  draw: Drawn,
  world: World,
): Promise<Sold & { readonly accountId: string; readonly had: number }> {
  const { below, oneOf } = draw;
  const { shop, counting, offers, unit, rounding } = world;
  const { drafts, lines } = someLines(draw, world);
  const off = oneOf(null, null, { kind: 'amount' as const, amountMinor: below(2 * unit) });
  const asked = offers.filter(() => below(2) === 0);
  const customerId = shop.addCustomer();
  const accountId = await shop.credit(customerId, 1 + below(20 * unit));
  const draft = shop.draft(drafts, { discount: off, customerId, ...asking(...asked.map(({ id }) => id)) });
  const { priced } = await shop.look(draft);

  const taken = new Map(priced.offers.map(({ sourceId, amountMinor }) => [sourceId, amountMinor]));
  const used = asked.filter(({ id }) => taken.has(id));
  const words = (totalMinor: number, amounts: ReadonlyMap<string, number> | undefined): string =>
    JSON.stringify([totalMinor, used.map(({ id }) => amounts?.get(id))]);
  const said = [...turned(lines)].map((each) =>
    words(cheapest(counting, each, off, asked), withAll(counting, each, off, used)?.offers),
  );
  expect(said).toContain(words(priced.totalMinor, taken));
  const paid = priced.lines.map(({ taxRateId, netMinor }) => [taxRateId, netMinor] as const);
  const taxes = taxOf(counting, paid);
  expect(new Map(priced.taxByRate.map(({ taxRateId, taxMinor }) => [taxRateId, taxMinor]))).toEqual(taxes);
  const netMinor = sum(paid.map(([, net]) => net));
  expect(priced.totalMinor).toBe(netMinor + (counting.isInclusive ? 0 : sum(taxes.values())));

  const had = shop.balance(accountId);
  const credit = Math.min(had, below(priced.totalMinor + 1));
  const due = priced.totalMinor - credit;
  const { stepMinor, mode } = rounding;
  const cash = (mode === 'customer' ? Math.floor(due / stepMinor) : times(due, 1, stepMinor)) * stepMinor;
  const tenders = credit === 0 ? [] : [shop.byCredit(accountId, credit)];
  if (due > 0 || credit === 0) tenders.push(shop.cash(due, cash));
  const done = await shop.pay(draft, tenders, priced.totalMinor);
  expect([done.cashRoundingMinor, done.pointsEarned]).toEqual([cash - due, Math.floor(netMinor / unit)]);
  expect(shop.balance(accountId)).toBe(had - credit);
  const { isInclusive } = counting;
  return {
    saleId: draft.saleId,
    customerId,
    isInclusive,
    lines,
    netMinor,
    unit,
    paidMinor: credit + cash,
    accountId,
    had,
  };
}

test('VC1 VC2 VC3 VC16 VC17 W3 W13: what sales cost, earn and give back is what a second arithmetic says', async () => {
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawn(gen);
    const world = await aShop(draw);
    const { shop } = world;
    try {
      for (let sale = 0; sale < 25; sale += 1) {
        const { accountId, had, ...sold } = await sellOne(draw, world);
        await giveBack(draw, shop, sold);
        expect(shop.balance(accountId)).toBe(had);
      }
      expect(shop.number('SELECT SUM(usage_count) AS n FROM vouchers')).toBe(0);
    } finally {
      shop.close();
    }
  });
  await fc.assert(property, { numRuns: Number(process.env.VALUE_RUNS ?? 5), endOnFailure: true });
}, 120_000);
