import { expect, test } from 'vitest';
import { amountSaleOf, computeEarning } from '../points/earning.ts';
import { defaultProgramme } from '../points/programme.ts';
import { refuse } from '../refusal.ts';
import { type PreviewGiven, previewSale } from './preview-sale.ts';
import { type PricingPolicy, priceSale } from './price-sale.ts';
import type { RewardedSale } from './price-with-rewards.ts';
import type { SaleLineDraft } from './sale.ts';
import { NO_VALUE } from './value-on-sale.ts';

const policy: PricingPolicy = {
  currency: 'USD',
  taxMode: 'inclusive',
  taxRounding: 'document',
  taxRates: [{ taxRateId: 'none', name: 'None', rateBasisPoints: 0 }],
  cashRounding: { stepMinor: 5, mode: 'nearest' },
};
const LINE: SaleLineDraft = {
  lineId: 'l',
  productId: null,
  name: 'Tea',
  unitPriceMinor: 10_03,
  quantityThousandths: 1000,
  taxRateId: 'none',
  categoryId: null,
  discount: { kind: 'amount', amountMinor: 1_00 },
  note: '',
};
const version = { versionId: 'v', version: 1, programme: defaultProgramme('USD', 'Points') };
const main = { version, earning: computeEarning(amountSaleOf(9_03), version, null) };

function preview(given: Partial<PreviewGiven> = {}, rewards: Partial<RewardedSale> = {}) {
  const priced = priceSale({ lines: [LINE], discount: null }, policy);
  if ('reason' in priced) throw new Error(priced.reason);
  return previewSale(
    { priced, taken: [], refused: [], ...rewards },
    {
      cashRounding: policy.cashRounding,
      exchange: null,
      main,
      customerBalance: 40,
      spentPoints: 15,
      roles: ['cashier'],
      discountLimits: { cashier: 1_000, manager: 10_000 },
      value: NO_VALUE,
      ...given,
    },
  );
}

test('what is due in cash is rounded by the region, with the notes that would pay it', () => {
  expect(preview()).toMatchObject({ cashDueMinor: 9_05, cashRoundingMinor: 2 });
  expect(preview().naturalNotesMinor[0]).toBe(9_05);
});

test('points: what the sale earns, what rewards cost, what becomes of the balance', () => {
  expect(preview().points).toMatchObject({ points: 9, balanceBefore: 40, spentPoints: 15, balanceAfter: 34 });
  expect(preview().pointsIfCustomer).toBe(9);
  expect(preview({ customerBalance: null })).toMatchObject({ points: null, pointsIfCustomer: 9 });
  expect(preview({ main: null })).toMatchObject({ points: null, pointsIfCustomer: 0 });
});

test('a discount by hand beyond what the person may give is told', () => {
  expect(preview().discountLimitExceeded).toBe(false);
  expect(preview({ discountLimits: { cashier: 900, manager: 10_000 } }).discountLimitExceeded).toBe(true);
  expect(preview({ discountLimits: { cashier: 900, manager: 10_000 }, roles: ['manager'] }).discountLimitExceeded).toBe(
    false,
  );
});

test('T19: rewards that are taken say what they cost and gave, those that cannot be had say why', () => {
  const redemption = {
    kind: 'redemption',
    programId: 'p',
    rewardId: 'r',
    points: 50,
    offer: null,
    pointsOff: null,
    trace: [],
  } as const;
  const shown = preview(
    {},
    {
      taken: [{ place: 1, redemption, amountMinor: 1_00, shares: [] }],
      refused: [{ place: 0, refusal: refuse('points-short', { needed: 9, have: 1 }) }],
    },
  );
  expect(shown.takenRewards).toEqual([{ place: 1, points: 50, amountMinor: 1_00 }]);
  expect(shown.refusedRewards).toEqual([{ place: 0, reason: 'points-short', facts: { needed: 9, have: 1 } }]);
});

test('T9: what comes back in the same ticket pays first; only the rest is due, and only that is rounded', () => {
  const exchange = {
    ofSaleId: 's',
    receiptNumber: 'R-1',
    returnedMinor: 4_00,
    exchangedMinor: 4_00,
    handedMinor: 0,
    pointsReversed: 4,
    pointsReturned: 0,
    deductedMinor: 0,
    trace: [],
    refusal: null,
  };
  const shown = preview({ exchange });
  expect(shown).toMatchObject({ exchange, dueMinor: 5_03, cashDueMinor: 5_05, cashRoundingMinor: 2 });
  expect(shown.naturalNotesMinor[0]).toBe(5_05);
  expect(preview()).toMatchObject({ exchange: null, dueMinor: 9_03 });
});
