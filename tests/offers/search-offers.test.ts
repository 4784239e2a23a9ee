import { describe, expect, test } from 'vitest';
import { sumOf } from '#shop/money/money.ts';
import type { BasketLine } from '#shop/offers/basket.ts';
import { basketOf } from '#shop/offers/basket.ts';
import { byApplication, byPreference } from '#shop/offers/offer-order.ts';
import type { Offer } from '#shop/offers/offer.ts';
import { searchOffers } from '#shop/offers/search-offers.ts';
import { choose, pieceOf, piecesOf } from './basket-lines.ts';
import { amountOff, freeUnits, offer, percentOff } from './offer-sales.ts';

const only = (...productIds: string[]) => ({ productIds });
const code = (index: number) => `V${String(index).padStart(2, '0')}`;

/** The codes of the best set, and how many sets were priced on the way. */
function search(
  lines: readonly BasketLine[],
  offers: readonly Offer[],
  maxOffers = 5,
  isRounded = false,
  payableOf: (remainingMinor: readonly number[]) => number = sumOf,
) {
  const priced = { sets: 0 };
  const basket = basketOf(lines, [...offers].sort(byApplication), 'inclusive');
  const set = searchOffers({
    basket,
    candidates: offers.map((_, index) => index),
    limits: { maxOffers, maxPerGroup: 1 },
    prefer: byPreference(100),
    payableOf: (remainingMinor) => {
      priced.sets += 1;
      return payableOf(remainingMinor);
    },
    isRounded,
  });
  return { codes: set.indexes.map((index) => basket.offers[index]?.code), sets: priced.sets };
}

describe('C-21: the set that leaves the least to pay', () => {
  const lines = [pieceOf('a', 100_00)];

  test('of offers that add up, the largest, and sets that cannot be better are not priced', () => {
    const twelve = Array.from({ length: 12 }, (_, index) => amountOff(code(index), (index + 1) * 100));
    const { codes, sets } = search(lines, twelve);
    expect(codes).toEqual(['V07', 'V08', 'V09', 'V10', 'V11']);
    // All sets of at most five would be 1,585.
    expect(sets).toBeLessThan(60);
    // Where rounding may help a set, a few minor units more are looked into.
    expect(search(lines, twelve, 5, true).sets).toBeLessThan(80);
    const [gifts, dear] = [12, 9].map((first) =>
      Array.from({ length: 12 }, (_, index) => piecesOf(`p${index}`, (first + index) * 100, 1)),
    );
    const free = (count: number) => Array.from({ length: count }, (_, index) => freeUnits(code(index), 1));
    expect(search(gifts ?? [], free(3)).codes).toEqual(['V00', 'V01', 'V02']);
    expect(search(dear ?? [], free(7)).codes).toHaveLength(5);
  });

  test('the work has an end: of thirty equal offers the first five are answered after 5,455 tries', () => {
    const thirty = Array.from({ length: 30 }, (_, index) => amountOff(code(index), 1_00));
    const { codes, sets } = search(lines, thirty);
    expect(codes).toEqual(['V00', 'V01', 'V02', 'V03', 'V04']);
    // None, each alone, five one by one; then 60,000 line looks at 1 + 10 each, rounded up.
    expect(sets).toBe(1 + 30 + 5 + 5_455);
    // The answer that stands is the best first guess: the preferred ones, wherever they are.
    const preferred = thirty.map((one, index) => (index % 6 === 5 ? { ...one, endsAtMs: index } : one));
    expect(search(lines, preferred).codes).toEqual(['V05', 'V11', 'V17', 'V23', 'V29']);
  });

  test('the maximum is the maximum', () => {
    const five = Array.from({ length: 5 }, (_, index) => amountOff(code(index), 1_00));
    expect([1, 2, 4, 5, 6].map((maxOffers) => search(lines, five, maxOffers).codes.length)).toEqual([1, 2, 4, 5, 5]);
  });

  test('two that add up beat one that takes more than either', () => {
    const two = [pieceOf('a', 10_00), pieceOf('b', 10_00)];
    const whole = percentOff('ALL', 4000, { group: 'g' });
    const [a, b] = ['a', 'b'].map((id) => percentOff(id, 5000, { filter: only(id), group: id === 'a' ? 'g' : 'h' }));
    expect(choose(two, [whole, a, b] as Offer[]).applied.map(({ offerId }) => offerId)).toEqual(['ALL', 'b']);
    const alone = { ...whole, isExclusive: true };
    expect(choose(two, [alone, a, b] as Offer[]).applied.map(({ offerId }) => offerId)).toEqual(['a', 'b']);
    const better = { ...percentOff('ALL', 5001), isExclusive: true };
    expect(choose(two, [better, a, b] as Offer[]).applied.map(({ offerId }) => offerId)).toEqual(['ALL']);
  });

  test('more than one of a group stand together where the shop allows it', () => {
    const three = ['A', 'B', 'C'].map((id) => amountOff(id, 1_00, { group: 'g' }));
    const count = (maxPerGroup: number) =>
      choose(lines, three, { limits: { maxOffers: 5, maxPerGroup } }).applied.length;
    expect([1, 2, 3, 4].map(count)).toEqual([1, 2, 3, 3]);
  });
});

describe('C-22: of sets that leave the same to pay', () => {
  const lines = [pieceOf('a', 100_00)];
  const applied = (offers: readonly Offer[], maxOffers: number) =>
    choose(lines, offers, { limits: { maxOffers, maxPerGroup: 1 } }).applied.map(({ offerId }) => offerId);

  test('the one with fewer offers', () => {
    expect(applied([amountOff('A', 50_00), amountOff('B', 50_00), percentOff('Z', 10_000)], 5)).toEqual(['Z']);
    expect(applied([amountOff('A', 100_00), amountOff('B', 50_00), amountOff('C', 50_00)], 5)).toEqual(['A']);
    expect(applied([amountOff('A', 50_00), amountOff('B', 50_00), amountOff('C', 100_00)], 5)).toEqual(['C']);
  });

  test('the one whose offers are preferred, compared from the most preferred on', () => {
    const never = amountOff('A', 1_00);
    const soon = amountOff('B', 1_00, { endsAtMs: 5 });
    const later = amountOff('C', 1_00, { endsAtMs: 6 });
    const last = amountOff('D', 1_00, { endsAtMs: 7 });
    expect(applied([never, soon, later, last], 2)).toEqual(['B', 'C']);
    expect(applied([never, soon, later, last], 3)).toEqual(['B', 'C', 'D']);
    expect(applied([later, never, last], 2)).toEqual(['C', 'D']);
  });

  test('the smaller number on the label', () => {
    const half = percentOff('P', 5000, { group: 'g' });
    const fifty = amountOff('F', 50_00, { group: 'g' });
    // 50 % and 50.00 are both "50": the code decides. Of 200.00, 25 % and 50.00 are the same money.
    expect(applied([half, fifty], 5)).toEqual(['F']);
    const quarter = percentOff('P', 2500, { group: 'g' });
    const dear = choose([pieceOf('a', 200_00)], [quarter, fifty]).applied.map(({ offerId }) => offerId);
    expect(dear).toEqual(['P']);
  });
});

test('a gift that would take a dearer piece after another gift is still found', () => {
  const lines = [pieceOf('a', 1_00), pieceOf('b', 9_00), pieceOf('c', 8_00)];
  const gifts = [freeUnits('A', 1), freeUnits('B', 1), freeUnits('C', 1)];
  const rate = percentOff('P', 9000, { isExclusive: true });
  expect(choose(lines, [...gifts, rate]).applied.map(({ offerId }) => offerId)).toEqual(['A', 'B', 'C']);
  expect(choose(lines, [...gifts.slice(1), rate]).applied.map(({ offerId }) => offerId)).toEqual(['P']);
});

test('C-28: a bargain by the piece is weighed by its dearest pieces when cheaper ones are gone', () => {
  const lines = [piecesOf('a', 1_00, 2), piecesOf('b', 5_00, 2)];
  const pair = offer('B', { kind: 'buy-take', buyUnits: 1, takeUnits: 1 });
  const gift = freeUnits('G', 2);
  const rate = percentOff('P', 5500, { isExclusive: true });
  // 55 % of 12.00 is 6.60; two free pieces of 1.00 and then one of 5.00 are 7.00.
  expect(choose(lines, [pair, gift, rate]).remainingMinor).toEqual([0, 5_00]);
  expect(choose(lines, [pair, rate]).applied.map(({ offerId }) => offerId)).toEqual(['P']);
});

describe('what cannot be better is not priced, and nothing better is missed', () => {
  test('the largest first: each set is left as soon as what follows cannot make up for it', () => {
    const falling = Array.from({ length: 12 }, (_, index) => amountOff(code(index), (20 - index) * 100));
    const { codes, sets } = search([pieceOf('a', 300_00, { rateBasisPoints: 1500 })], falling);
    expect(codes).toEqual(['V00', 'V01', 'V02', 'V03', 'V04']);
    // None, each alone, five one by one; then one path down and one look aside on each of its steps.
    expect(sets).toBeLessThan(1 + 12 + 5 + 12);
  });

  test('gifts are weighed by as many pieces as they give', () => {
    const lines = [piecesOf('a', 1_00, 6), pieceOf('dear', 20_00)];
    const large = freeUnits('A', 1, { isExclusive: true, filter: only('dear') });
    const gifts = Array.from({ length: 6 }, (_, index) => freeUnits(`G${index}`, 1, { filter: only('a') }));
    const { codes, sets } = search(lines, [large, ...gifts]);
    expect(codes).toEqual(['A']);
    // Five gifts are 5.00 at most: after none, each alone, and the large one again, no set of them is looked at.
    expect(sets).toBe(1 + 7 + 1 + 1);
  });

  test('half off the cheapest piece counts by the dearest one, which others may leave it', () => {
    const lines = [pieceOf('x', 5_00), pieceOf('a', 1_00), pieceOf('b', 9_00)];
    const large = freeUnits('A', 1, { isExclusive: true, filter: only('x') });
    const small = [
      freeUnits('G', 1, { filter: only('a', 'b') }),
      offer('H', { kind: 'cheapest-percent', rateBasisPoints: 5000 }, { filter: only('a', 'b') }),
    ];
    expect(search(lines, [large, ...small]).codes).toEqual(['G', 'H']);
  });

  test('a gift counts by the dearest piece of several lines', () => {
    const lines = [pieceOf('x', 9_00), pieceOf('a', 1_00), pieceOf('b', 2_00), pieceOf('c', 8_00)];
    const large = freeUnits('A', 1, { isExclusive: true, filter: only('x') });
    const gifts = ['G', 'H', 'I'].map((id) => freeUnits(id, 1, { filter: only('a', 'b', 'c') }));
    expect(search(lines, [large, ...gifts]).codes).toEqual(['G', 'H', 'I']);
  });

  test('where tax is added, it is saved too', () => {
    const lines = ['a', 'b'].map((id) => pieceOf(id, 10_00, { rateBasisPoints: 1500 }));
    const offers = [
      percentOff('ALL', 4500, { isExclusive: true }),
      percentOff('a', 5000, { filter: only('a') }),
      percentOff('b', 5000, { filter: only('b') }),
    ];
    const payableOf = (left: readonly number[]) => sumOf(left) + Math.round(sumOf(left) * 0.15);
    const { applied } = choose(lines, offers, { taxMode: 'exclusive', payableOf, isRounded: true });
    expect(applied.map(({ offerId }) => offerId)).toEqual(['a', 'b']);
  });

  test('where something is rounded after the offers, a set a few minor units behind is looked at', () => {
    const offers = [10_00, 10_00, 9_98, 9_98].map((minor, index) => amountOff(code(index), minor));
    // The rounding gives 0.05 on what the two smaller ones leave: 19.96 and 0.05 are more than 20.00.
    const payableOf = (left: readonly number[]) => sumOf(left) - (sumOf(left) === 100_00 - 19_96 ? 5 : 0);
    const lines = [pieceOf('a', 100_00)];
    expect(search(lines, offers, 2, true, payableOf).codes).toEqual(['V02', 'V03']);
  });
});

describe('C-22: of two sets of as much money, that with the most preferred offer, whichever is found first', () => {
  // A and D take from line a, B and C from line b; A and B are of one group, C and D of another: only A + C and B + D fit.
  const lines = [pieceOf('a', 5_00), pieceOf('b', 5_00), pieceOf('z', 1_00)];
  const applied = (ends: Readonly<Record<'A' | 'B' | 'C' | 'D', number>>, more: readonly Offer[] = []) => {
    const one = (id: 'A' | 'B' | 'C' | 'D', line: string, group: string) =>
      amountOff(id, 5_00, { filter: only(line), group, endsAtMs: ends[id] });
    const offers = [one('A', 'a', 'g'), one('B', 'b', 'g'), one('C', 'b', 'h'), one('D', 'a', 'h'), ...more];
    return choose(lines, offers).applied.map(({ offerId }) => offerId);
  };

  test('the first found', () => {
    expect(applied({ C: 1, B: 2, A: 3, D: 4 })).toEqual(['A', 'C']);
    expect(applied({ A: 1, B: 2, D: 3, C: 4 })).toEqual(['A', 'C']);
  });

  test('the later found', () => {
    expect(applied({ D: 1, A: 2, B: 3, C: 4 })).toEqual(['B', 'D']);
    expect(applied({ B: 1, A: 2, C: 3, D: 4 })).toEqual(['B', 'D']);
  });

  test('what both have decides nothing', () => {
    const both = amountOff('Z', 1_00, { filter: only('z'), endsAtMs: 0 });
    expect(applied({ C: 1, B: 2, A: 3, D: 4 }, [both])).toEqual(['A', 'C', 'Z']);
    expect(applied({ D: 1, A: 2, B: 3, C: 4 }, [both])).toEqual(['B', 'D', 'Z']);
    const last = { ...both, endsAtMs: 9 };
    expect(applied({ D: 1, A: 2, B: 3, C: 4 }, [last])).toEqual(['B', 'D', 'Z']);
  });
});
