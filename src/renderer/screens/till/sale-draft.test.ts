import { expect, test } from 'vitest';
import {
  atCurrentPrices,
  emptyDraft,
  itemCountOf,
  needsCustomer,
  quantityByProduct,
  withCustomer,
  withLine,
  withLineBack,
  withNewIds,
  withOpenAmount,
  withoutLine,
  withPassUse,
  withProduct,
  withQuantity,
  withRedemption,
  withVoucher,
} from './sale-draft.ts';

const medialuna = {
  productId: 'p1',
  name: 'Medialuna',
  priceMinor: 8000,
  taxRateId: 't10',
  categoryId: 'c1',
  soldByWeight: false,
  sells: null,
  sellsPlanId: null,
};
const cheese = { ...medialuna, productId: 'p2', name: 'Queso Paraguay', priceMinor: 58_000, soldByWeight: true };
const one = (lineId: string) => ({ lineId, quantityThousandths: 1000 });

test('the same product twice is one line of two', () => {
  const first = withProduct(emptyDraft('s'), medialuna, one('l1'));
  const second = withProduct(first.draft, medialuna, one('l2'));
  expect(second.lineId).toBe('l1');
  expect(second.draft.lines.map((line) => line.quantityThousandths)).toEqual([2000]);
});

test('a line with a discount, a note or another price does not grow', () => {
  const first = withProduct(emptyDraft('s'), medialuna, one('l1'));
  const noted = withLine(first.draft, 'l1', { note: 'warm' });
  expect(withProduct(noted, medialuna, one('l2')).draft.lines).toHaveLength(2);
  const cheaper = withLine(first.draft, 'l1', { discount: { kind: 'percent', rateBasisPoints: 1000 } });
  expect(withProduct(cheaper, medialuna, one('l2')).draft.lines).toHaveLength(2);
  expect(withProduct(first.draft, { ...medialuna, priceMinor: 9000 }, one('l2')).draft.lines).toHaveLength(2);
});

test('each weighing is a line of its own', () => {
  const first = withProduct(emptyDraft('s'), cheese, { lineId: 'l1', quantityThousandths: 350 });
  const second = withProduct(first.draft, cheese, { lineId: 'l2', quantityThousandths: 200 });
  expect(second.draft.lines.map((line) => line.quantityThousandths)).toEqual([350, 200]);
  expect(itemCountOf(second.draft.lines)).toBe(2);
  expect(quantityByProduct(second.draft).get('p2')).toBe(550);
});

test('a line taken down to none leaves, and comes back where it was', () => {
  const a = withProduct(emptyDraft('s'), medialuna, one('l1')).draft;
  const b = withProduct(a, cheese, one('l2')).draft;
  const removed = withQuantity(b, 'l1', 0);
  expect(removed.lines.map((line) => line.lineId)).toEqual(['l2']);
  const back = withLineBack(removed, b.lines[0]!, 0);
  expect(back).toEqual(b);
  expect(withLineBack(back, b.lines[0]!, 0)).toEqual(b);
  expect(withoutLine(b, 'no-such-line')).toEqual(b);
});

test('a held sale comes back at the current prices and remembers the old ones', () => {
  const draft = withOpenAmount(withProduct(emptyDraft('s'), medialuna, one('l1')).draft, {
    lineId: 'l2',
    name: 'Other',
    amountMinor: 5000,
    taxRateId: 't10',
    categoryId: null,
  }).draft;
  const { draft: now, pricesBeforeMinor } = atCurrentPrices(draft, () => 8500);
  expect(now.lines.map((line) => line.unitPriceMinor)).toEqual([8500, 5000]);
  expect(pricesBeforeMinor).toEqual({ l1: 8000 });
  expect(atCurrentPrices(draft, () => 8000).draft).toBe(draft);
});

test('a sale that goes on under another id takes no line id along', () => {
  const { draft } = withProduct(emptyDraft('s1'), medialuna, { lineId: 'l1', quantityThousandths: 2000 });
  const kept = withNewIds({ draft, selectedLineId: 'l1', pricesBeforeMinor: { l1: 7500 } }, 's2', () => 'l2');
  expect(kept.draft.saleId).toBe('s2');
  expect(kept.draft.lines).toEqual([{ ...draft.lines[0], lineId: 'l2' }]);
  expect(kept.selectedLineId).toBe('l2');
  expect(kept.pricesBeforeMinor).toEqual({ l2: 7500 });
});

test('a reward is added after the last, changed in its place, taken out, and goes with its customer', () => {
  const ana = { customerId: 'ana', identifiedBy: 'search', identifiedAtMs: 0 } as const;
  const rate = { programId: 'p', rewardId: 'rate', points: null, choice: null };
  const fixed = { ...rate, rewardId: 'fixed' };
  const two = withRedemption(withRedemption(withCustomer(emptyDraft('s'), ana), 0, rate), 1, fixed);
  expect(two.redemptions).toEqual([rate, fixed]);
  expect(withRedemption(two, 0, { ...rate, points: 50 }).redemptions).toEqual([{ ...rate, points: 50 }, fixed]);
  expect(withRedemption(two, 0, null).redemptions).toEqual([fixed]);
  expect(withCustomer(two, { ...ana, identifiedBy: 'enrol' }).redemptions).toEqual([rate, fixed]);
  expect(withCustomer(two, { ...ana, customerId: 'eva' }).redemptions).toEqual([]);
  expect(withCustomer(two, null).redemptions).toEqual([]);
});

test('what sells value is a line of its own, with what it sells', () => {
  const card = { ...medialuna, sells: 'gift-card' as const };
  const first = withProduct(emptyDraft('s'), card, one('l1'));
  const second = withProduct(first.draft, card, one('l2'));
  expect(second.draft.lines.map((line) => line.sells)).toEqual([
    { kind: 'gift-card', code: null },
    { kind: 'gift-card', code: null },
  ]);
});

test('credit and passes belong to somebody before anybody pays; a gift card is whose holds it', () => {
  const pass = { ...medialuna, sells: 'package' as const, sellsPlanId: 'plan' };
  const sale = withProduct(emptyDraft('s'), pass, one('l1')).draft;
  expect(needsCustomer(sale)).toBe(true);
  expect(needsCustomer(withCustomer(sale, { customerId: 'ana', identifiedBy: 'scan', identifiedAtMs: 1 }))).toBe(false);
  expect(needsCustomer(withProduct(emptyDraft('s'), { ...medialuna, sells: 'gift-card' }, one('l1')).draft)).toBe(
    false,
  );
  expect(needsCustomer(withProduct(emptyDraft('s'), medialuna, one('l1')).draft)).toBe(false);
});

test('another customer keeps the vouchers asked for, and not the passes of the one before', () => {
  const sale = withProduct(emptyDraft('s'), medialuna, one('l1')).draft;
  const asked = withPassUse(withVoucher(sale, { voucherId: 'v', choice: null }), {
    passId: 'p',
    lineId: 'l1',
    units: 1,
  });
  const ana = withCustomer(asked, { customerId: 'ana', identifiedBy: 'scan', identifiedAtMs: 1 });
  expect(ana.vouchers).toEqual([{ voucherId: 'v', choice: null }]);
  expect(ana.passUses).toBeUndefined();
});

test('a pass never covers more of a line than is there, and goes with it', () => {
  const sale = withProduct(emptyDraft('s'), medialuna, { lineId: 'l1', quantityThousandths: 3000 }).draft;
  const covered = withPassUse(sale, { passId: 'p', lineId: 'l1', units: 3 });
  expect(withQuantity(covered, 'l1', 2000).passUses).toEqual([{ passId: 'p', lineId: 'l1', units: 2 }]);
  expect(withoutLine(covered, 'l1').passUses).toEqual([]);
  expect(withPassUse(covered, { passId: 'p', lineId: 'l1', units: 0 }).passUses).toEqual([]);
});
