import { expect, test } from 'vitest';
import { computeEarning } from '#shop/points/earning.ts';
import { defaultProgramme } from '#shop/points/programme.ts';
import { amountOff, basketLine, freeUnits, offer, percentOff, priceOf, skipsOf, taxed } from './offer-sales.ts';
import type { PricedSale } from '#shop/till/sale.ts';

const version = { versionId: 'v1', version: 1, programme: defaultProgramme('USD', 'Points') };
const pointsOf = (sale: PricedSale) =>
  computeEarning({ lines: sale.lines, taxMode: 'inclusive' }, version, null).points;
const only = (...productIds: string[]) => ({ productIds });

test('C-5: a tenth off the order by a code: 90.00 and 135.00 are paid and earned', () => {
  const tenth = percentOff('TEN', 1000, { scope: 'order' });
  const one = priceOf([basketLine('a', 100_00)], [tenth]);
  const two = priceOf([basketLine('a', 100_00), basketLine('b', 50_00)], [tenth]);
  expect([one.totalMinor, pointsOf(one), two.totalMinor, pointsOf(two)]).toEqual([90_00, 90, 135_00, 135]);
});

test('C-6: a tenth off the whole order falls on food with 10.00; a code for food alone takes the same off it', () => {
  const lines = [basketLine('food', 100_00), basketLine('other', 50_00)];
  const whole = priceOf(lines, [percentOff('TEN', 1000, { scope: 'order' })]);
  expect(whole.lines.map((line) => [line.netMinor, line.orderDiscountShareMinor])).toEqual([
    [90_00, 10_00],
    [45_00, 5_00],
  ]);
  const foodOnly = priceOf(lines, [percentOff('TEN', 1000, { filter: only('food') })]);
  expect(foodOnly.lines.map((line) => [line.netMinor, line.orderDiscountShareMinor])).toEqual([
    [90_00, 0],
    [50_00, 0],
  ]);
});

test('C-19: ten per cent on A from 40.00 of A on', () => {
  const onA = percentOff('TEN', 1000, {
    filter: only('A'),
    minimum: { amountMinor: 40_00, of: 'eligible', withTax: true },
  });
  const a = () => basketLine('A', 20_00);
  const b = basketLine('B', 30_00);
  expect(priceOf([a()], [onA]).totalMinor).toBe(20_00);
  const short = priceOf([a(), b], [onA]);
  expect([short.totalMinor, short.skippedOffers]).toEqual([
    50_00,
    [{ offerId: 'TEN', reason: 'minimum-not-met', facts: { neededMinor: 40_00, haveMinor: 20_00 } }],
  ]);
  const met = priceOf([a(), b, a()], [onA]);
  expect([met.totalMinor, met.discountMinor]).toEqual([66_00, 4_00]);
});

test.each([
  ['inclusive', true, 38_00, false],
  ['inclusive', false, 38_00, true],
  ['inclusive', false, 33_04, false],
  ['inclusive', false, 33_05, true],
  ['exclusive', true, 38_00, false],
  ['exclusive', true, 43_70, false],
  ['exclusive', true, 43_71, true],
  ['exclusive', false, 38_00, false],
  ['exclusive', false, 38_01, true],
] as const)(
  'C-19: prices %s tax of 15 %%, minimum with tax %s of %i on 38.00: short is %s',
  (taxMode, withTax, amountMinor, isShort) => {
    const shelfMinor = taxMode === 'inclusive' && withTax ? 38_00 : 38_00;
    const sale = priceOf(
      [taxed(basketLine('A', shelfMinor))],
      [percentOff('TEN', 1000, { minimum: { amountMinor, of: 'eligible', withTax } })],
      { taxMode },
    );
    expect(sale.offers.length === 0).toBe(isShort);
  },
);

test('C-20: all of A and B off, at most 40.00; P bears 15 per cent tax', () => {
  const cap = percentOff('ALL', 10_000, { filter: only('A', 'B'), capMinor: 40_00 });
  const p = taxed(basketLine('P', 30_00));
  const b = basketLine('B', 25_00);
  const a = (id: string) => ({ ...basketLine('A', 15_00), lineId: id });
  const exclusive = { taxMode: 'exclusive' as const };
  const one = priceOf([p, b, a('a1')], [cap], exclusive);
  expect([one.totalMinor, one.lines.map((line) => line.offerShareMinor)]).toEqual([34_50, [0, 25_00, 15_00]]);
  const two = priceOf([p, b, a('a1'), a('a2')], [cap], exclusive);
  expect([two.totalMinor, two.lines.map((line) => line.offerShareMinor)]).toEqual([49_50, [0, 18_18, 10_91, 10_91]]);
  const together = priceOf([p, b, { ...a('a'), quantityThousandths: 2000 }], [cap], exclusive);
  expect([together.totalMinor, together.lines.map((line) => line.offerShareMinor)]).toEqual([49_50, [0, 18_18, 21_82]]);
});

test.each([
  [500_00, amountOff('OLD', 80_00), percentOff('NEW', 1000), 'OLD', 80_00],
  [500_00, percentOff('OLD', 500), percentOff('NEW', 1000), 'NEW', 50_00],
  [40_00, amountOff('OLD', 80_00), amountOff('NEW', 50_00), 'NEW', 40_00],
  [40_00, percentOff('OLD', 10_000), amountOff('NEW', 50_00), 'NEW', 40_00],
  [40_00, amountOff('OLD', 50_00, { endsAtMs: 2 }), amountOff('NEW', 50_00, { endsAtMs: 1 }), 'NEW', 40_00],
  [40_00, amountOff('OLD', 50_00, { endsAtMs: null }), amountOff('NEW', 50_00, { endsAtMs: 9 }), 'NEW', 40_00],
  [40_00, amountOff('B', 50_00), amountOff('A', 50_00), 'A', 40_00],
])('C-21: on %i the better of two in a group stands (case %#)', (priceMinor, applied, offered, kept, savedMinor) => {
  const group = (one: typeof applied) => ({ ...one, group: 'order', scope: 'order' as const });
  for (const offers of [
    [group(applied), group(offered)],
    [group(offered), group(applied)],
  ]) {
    const sale = priceOf([basketLine('a', priceMinor)], offers);
    expect([sale.offers.map((one) => one.offerId), sale.discountMinor]).toEqual([[kept], savedMinor]);
    expect(skipsOf(sale)).toEqual([[applied.code === kept ? offered.code : applied.code, 'group-taken']]);
  }
});

test('C-22: 9.00 beats ten per cent of 50.00: money is compared, not the number on the label', () => {
  const sale = priceOf(
    [basketLine('a', 50_00)],
    [percentOff('P', 1000, { group: 'g' }), amountOff('F', 9_00, { group: 'g' })],
  );
  expect([sale.totalMinor, sale.offers[0]?.offerId]).toEqual([41_00, 'F']);
});

test.each(['remaining', 'initial'] as const)(
  'C-23: ten per cent and 10.00 make 80.00 of 100.00 in either order, on the %s amount',
  (basis) => {
    const offers = [percentOff('P', 1000, { scope: 'order', basis }), amountOff('F', 10_00, { scope: 'order', basis })];
    expect(priceOf([basketLine('a', 100_00)], offers).totalMinor).toBe(80_00);
    expect(priceOf([basketLine('a', 100_00)], [...offers].reverse()).totalMinor).toBe(80_00);
  },
);

test('C-24: of six vouchers of six categories five are applied, of two of one category one', () => {
  const six = ['A', 'B', 'C', 'D', 'E', 'F'].map((code) => amountOff(code, 1_00));
  const sale = priceOf([basketLine('a', 100_00)], six);
  expect([sale.offers.map((one) => one.offerId), sale.totalMinor]).toEqual([['A', 'B', 'C', 'D', 'E'], 95_00]);
  expect(sale.skippedOffers).toEqual([{ offerId: 'F', reason: 'too-many', facts: { limit: 5 } }]);
  const two = priceOf(
    [basketLine('a', 100_00)],
    [amountOff('A', 1_00, { group: 'g' }), amountOff('B', 1_00, { group: 'g' })],
  );
  expect([two.totalMinor, two.skippedOffers]).toEqual([
    99_00,
    [{ offerId: 'B', reason: 'group-taken', facts: { byOfferId: 'A' } }],
  ]);
});

test('C-24: the five that are applied are those that save most', () => {
  const six = [1_00, 6_00, 2_00, 5_00, 3_00, 4_00].map((minor, index) => amountOff(`V${index}`, minor));
  const sale = priceOf([basketLine('a', 100_00)], six);
  expect([sale.totalMinor, skipsOf(sale)]).toEqual([80_00, [['V0', 'too-many']]]);
});

test('C-25: a voucher of 10.00 on a basket of 8.00 leaves exactly nothing', () => {
  const sale = priceOf([basketLine('a', 5_00), basketLine('b', 3_00)], [amountOff('V', 10_00)]);
  expect([sale.totalMinor, sale.offers[0]?.amountMinor, sale.lines.map((line) => line.netMinor)]).toEqual([
    0,
    8_00,
    [0, 0],
  ]);
});

test('C-26: a whole discount by an offer leaves exactly nothing, with tax per document and per line', () => {
  const lines = [5_60, 8_92, 44_91, 217_26, 2400_00].map((price, index) => taxed(basketLine(`l${index}`, price)));
  for (const taxRounding of ['document', 'line'] as const) {
    const sale = priceOf(lines, [percentOff('ALL', 10_000)], { taxMode: 'exclusive', taxRounding });
    expect([sale.totalMinor, sale.taxMinor]).toEqual([0, 0]);
  }
});

test('C-27: 10.00 off three lines of 10.00 by an offer: 3.34, 3.33, 3.33', () => {
  const sale = priceOf(
    ['a', 'b', 'c'].map((id) => basketLine(id, 10_00)),
    [amountOff('V', 10_00)],
  );
  expect(sale.offers[0]?.shares).toEqual([
    { lineId: 'a', amountMinor: 3_34 },
    { lineId: 'b', amountMinor: 3_33 },
    { lineId: 'c', amountMinor: 3_33 },
  ]);
});

const buyTake = (buyUnits: number, takeUnits: number) => offer('BT', { kind: 'buy-take', buyUnits, takeUnits });

test.each([
  [3, 1, 10_20, 10],
  [5, 1, 20_40, 20],
  [6, 2, 20_40, 20],
  [9, 3, 30_60, 30],
])('C-28: buy 2 take 1 of %i at 5.10: %i free, %i to pay, %i points', (units, free, totalMinor, points) => {
  const line = { ...basketLine('a', 5_10), quantityThousandths: units * 1000 };
  const sale = priceOf([line], [buyTake(2, 1)]);
  expect([sale.lines[0]?.freeThousandths, sale.totalMinor, pointsOf(sale)]).toEqual([free * 1000, totalMinor, points]);
});

test.each([
  [2, 2, 3, 1],
  [2, 2, 4, 2],
  [2, 2, 6, 2],
  [2, 2, 7, 3],
  [1, 1, 5, 2],
  [3, 1, 3, 0],
])('C-28: buy %i take %i of %i makes %i free', (buyUnits, takeUnits, units, free) => {
  const sale = priceOf(
    [{ ...basketLine('a', 1_00), quantityThousandths: units * 1000 }],
    [buyTake(buyUnits, takeUnits)],
  );
  expect(sale.lines[0]?.freeThousandths).toBe(free * 1000);
  if (free === 0) {
    expect(sale.skippedOffers[0]).toEqual({
      offerId: 'BT',
      reason: 'minimum-not-met',
      facts: { neededUnits: buyUnits + 1, haveUnits: units },
    });
  }
});

test('C-28: of different items the cheapest are free, and a unit never counts twice', () => {
  const lines = [basketLine('a', 5_00), basketLine('b', 2_00), basketLine('c', 9_00), basketLine('d', 4_00)];
  const one = priceOf(lines, [buyTake(2, 1)]);
  expect(one.lines.map((line) => line.freeThousandths)).toEqual([0, 1000, 0, 0]);
  // b is free for a and d; c alone is left for the second offer.
  const other = { ...buyTake(1, 1), offerId: 'BT2', code: 'BT2', group: 'other' };
  const both = priceOf(lines, [buyTake(2, 1), other]);
  expect(both.totalMinor).toBe(14_00);
  const gift = freeUnits('GIFT', 1);
  const withGift = priceOf(lines, [buyTake(2, 1), gift]);
  expect([withGift.totalMinor, withGift.offers.map((one) => one.amountMinor)]).toEqual([14_00, [2_00, 4_00]]);
});

test('a weighed quantity has no units, what costs nothing is no gift, and a budget buys whole units', () => {
  const weighed = { ...basketLine('w', 1_00), quantityThousandths: 2500 };
  expect(skipsOf(priceOf([weighed], [freeUnits('G', 1)]))).toEqual([['G', 'no-eligible-item']]);
  expect(priceOf([basketLine('zero', 0), basketLine('a', 3_00)], [freeUnits('G', 1)]).totalMinor).toBe(0);
  const three = { ...basketLine('a', 3_00), quantityThousandths: 3000 };
  expect(priceOf([three], [freeUnits('G', 3, { budgetMinor: 7_00 })]).offers[0]?.amountMinor).toBe(6_00);
});

test('a free unit counts for no minimum, and what is free bears no other discount', () => {
  const lines = [basketLine('a', 10_00), basketLine('b', 30_00)];
  const tenth = percentOff('TEN', 1000, { minimum: { amountMinor: 35_00, of: 'sale', withTax: true } });
  const gift = freeUnits('GIFT', 1);
  const sale = priceOf(lines, [tenth, gift]);
  expect([sale.totalMinor, sale.skippedOffers]).toEqual([
    30_00,
    [{ offerId: 'TEN', reason: 'minimum-not-met', facts: { neededMinor: 35_00, haveMinor: 30_00 } }],
  ]);
  expect(priceOf(lines, [{ ...tenth, minimum: null }, gift]).totalMinor).toBe(27_00);
});

test('the whole price of the cheapest item off is a free unit; a part of it leaves the rest to pay', () => {
  const lines = [{ ...basketLine('a', 4_00), quantityThousandths: 2000 }, basketLine('b', 7_00)];
  const cheapest = (rateBasisPoints: number) => offer('C', { kind: 'cheapest-percent', rateBasisPoints });
  const all = priceOf(lines, [cheapest(10_000)]);
  expect([all.totalMinor, all.lines[0]?.freeThousandths]).toEqual([11_00, 1000]);
  const half = priceOf(lines, [cheapest(5_000)]);
  expect([half.totalMinor, half.lines[0]?.freeThousandths, half.lines[0]?.offerShareMinor]).toEqual([13_00, 0, 2_00]);
});

test('a fixed price takes what is above it, by weight too, never more than its budget', () => {
  const fixed = (budgetMinor: number | null) =>
    offer('F', { kind: 'fixed-price', unitPriceMinor: 3_00 }, { filter: only('a', 'w', 'c'), budgetMinor });
  const lines = [
    { ...basketLine('a', 4_00), quantityThousandths: 2000 },
    { ...basketLine('w', 5_00), quantityThousandths: 1500 },
    basketLine('c', 2_50),
    basketLine('d', 9_00),
  ];
  expect(priceOf(lines, [fixed(null)]).lines.map((line) => line.netMinor)).toEqual([6_00, 4_50, 2_50, 9_00]);
  expect(priceOf(lines, [fixed(2_50)]).lines.map((line) => line.offerShareMinor)).toEqual([1_00, 1_50, 0, 0]);
});

test('an exclusive offer stands alone, and only where it saves more than the others together', () => {
  const alone = (minor: number) => amountOff('X', minor, { isExclusive: true });
  const others = [amountOff('A', 3_00), amountOff('B', 4_00)];
  const kept = priceOf([basketLine('a', 50_00)], [alone(8_00), ...others]);
  expect([kept.totalMinor, skipsOf(kept)]).toEqual([
    42_00,
    [
      ['A', 'exclusive'],
      ['B', 'exclusive'],
    ],
  ]);
  const dropped = priceOf([basketLine('a', 50_00)], [alone(6_00), ...others]);
  expect([dropped.totalMinor, skipsOf(dropped)]).toEqual([43_00, [['X', 'exclusive']]]);
});

test('an offer that would take nothing any more is not used up', () => {
  const sale = priceOf([basketLine('a', 8_00)], [percentOff('TEN', 1000), amountOff('V', 10_00)]);
  expect([sale.offers.map((one) => one.offerId), skipsOf(sale)]).toEqual([['V'], [['TEN', 'nothing-left']]]);
  expect(skipsOf(priceOf([basketLine('a', 8_00)], [percentOff('P', 1000, { filter: only('b') })]))).toEqual([
    ['P', 'no-eligible-item'],
  ]);
});

test('only the chosen line is eligible where the customer chose one', () => {
  const sale = priceOf([basketLine('a', 2_00), basketLine('b', 7_00)], [freeUnits('G', 1, { onlyLineId: 'b' })]);
  expect(sale.lines.map((line) => line.freeThousandths)).toEqual([0, 1000]);
});

test('the order is free units, item level, order level, the discount by hand, points; each on what is left', () => {
  const sale = priceOf(
    [basketLine('a', 10_00), basketLine('b', 100_00), basketLine('c', 40_00)],
    [
      amountOff('ORDER', 4_00, { scope: 'order' }),
      percentOff('ORDERP', 1000, { scope: 'order' }),
      amountOff('ITEM', 20_00, { filter: only('b') }),
      freeUnits('FREE', 1),
    ],
    {},
    {
      discount: { kind: 'percent', rateBasisPoints: 5000 },
      pointsOff: { programId: 'p', rewardId: 'r', points: 200, amountMinor: 4_00 },
    },
  );
  expect(sale.offers.map(({ offerId, amountMinor }) => [offerId, amountMinor])).toEqual([
    ['FREE', 10_00],
    ['ITEM', 20_00],
    ['ORDERP', 12_00],
    ['ORDER', 4_00],
  ]);
  expect([sale.manualDiscountMinor, sale.pointsOff?.amountMinor, sale.totalMinor]).toEqual([52_00, 4_00, 48_00]);
  expect(sale.trace.filter((step) => !step.what.startsWith('line')).map((step) => [step.what, step.result])).toEqual([
    ['free-units', 10_00],
    ['offer-free-units', 10_00],
    ['offer-amount', 20_00],
    ['offer-percent', 12_00],
    ['offer-amount', 4_00],
    ['sale-discount', 52_00],
    ['points-off', 4_00],
    ['tax', 0],
    ['total', 48_00],
  ]);
});

test('C-37: a rate reward takes 100.00 off 265.00, and never more than is left', () => {
  const points = (minor: number) => ({ programId: 'p', rewardId: 'r', points: minor / 100, amountMinor: minor });
  expect(priceOf([basketLine('a', 265_00)], [], {}, { pointsOff: points(100_00) }).totalMinor).toBe(165_00);
  const small = priceOf([basketLine('a', 30_00)], [], {}, { pointsOff: points(100_00) });
  expect([small.totalMinor, small.pointsOff?.amountMinor]).toEqual([0, 30_00]);
});

test('C-39: 50 points at 1.00 each off 106.00 leave 56.00, which earn 56', () => {
  const sale = priceOf(
    [basketLine('a', 106_00)],
    [],
    {},
    { pointsOff: { programId: 'p', rewardId: 'r', points: 50, amountMinor: 50_00 } },
  );
  expect([sale.totalMinor, pointsOf(sale), sale.lines[0]?.pointsShareMinor]).toEqual([56_00, 56, 50_00]);
});

test('points pay only the items that they may pay', () => {
  const filter = { ...percentOff('x', 1).filter, excludeProductIds: ['tobacco'] };
  const sale = priceOf(
    [basketLine('tobacco', 20_00), basketLine('a', 5_00)],
    [],
    {},
    {
      pointsOff: { programId: 'p', rewardId: 'r', points: 9, amountMinor: 9_00, filter },
    },
  );
  expect([sale.totalMinor, sale.pointsOff?.shares]).toEqual([20_00, [{ lineId: 'a', amountMinor: 5_00 }]]);
});

test('C-22: where points pay only some items and prices include tax, the tax inside does not sway the choice', () => {
  const lines = [
    { ...taxed(basketLine('a', 10)), unitPriceMinor: 10 },
    { ...basketLine('b', 11), quantityThousandths: 3000 },
  ];
  const offers = [
    amountOff('TAXED', 9, { group: 'g', filter: only('a') }),
    amountOff('FREE', 10, { group: 'g', filter: only('b') }),
  ];
  const pointsOff = { programId: 'p', rewardId: 'r', points: 0, amountMinor: 0, filter: percentOff('x', 1).filter };
  expect(priceOf(lines, offers, {}, { pointsOff }).totalMinor).toBe(33);
});

test('an equal saving is not bought with more offers, and thirty offers are answered at once', () => {
  const free = priceOf([basketLine('a', 9_00)], [amountOff('A', 9_00), amountOff('B', 4_00), amountOff('C', 5_00)]);
  expect(free.offers.map((one) => one.offerId)).toEqual(['A']);
  const lines = Array.from({ length: 40 }, (_, index) => basketLine(`l${index}`, 1_00 + index));
  const many = Array.from({ length: 35 }, (_, index) => percentOff(`V${String(index).padStart(2, '0')}`, 100 + index));
  const started = performance.now();
  const sale = priceOf(lines, many);
  expect(performance.now() - started).toBeLessThan(1500);
  expect(sale.offers).toHaveLength(5);
  expect(sale.skippedOffers).toHaveLength(30);
  expect(sale.offers.map((one) => one.offerId)).toEqual(['V25', 'V26', 'V27', 'V28', 'V29']);
});
