import { expect, test } from 'vitest';
import { NOW, decide, factsOf, situationOf } from '../../../tests/vouchers/deciding.ts';
import { decidePromotion } from './decide-voucher.ts';

// How often something can be used, and what applies by itself.

test('C-41: how many uses one sale may take is the least of what is left anywhere', () => {
  const all = { limits: { usesPerSale: null } };
  expect(decide({ usageLimit: 3 }, all)).toMatchObject({ usesLeft: 3 });
  expect(decide({ usageLimit: 3, usageCount: 1, heldUses: 1 }, all)).toMatchObject({ usesLeft: 1 });
  expect(decide({ usageLimit: null }, all)).toMatchObject({ usesLeft: null });
  const limited = {
    limits: { usesPerSale: null, total: 10, perDay: 6, perCustomer: 9, perCustomerPerDay: 9, budgetMinor: 50 },
  };
  const used = { uses: { total: 5, today: 4, byCustomer: 5, byCustomerToday: 5 }, spentMinor: 20 };
  expect(decide({ usageLimit: 8 }, limited, {}, used)).toMatchObject({ usesLeft: 2, budgetLeftMinor: 30 });
});

test('one use under a limit is still free, and the limit itself is not', () => {
  const limits = { total: 5, perDay: 5, perCustomer: 5, perCustomerPerDay: 5, budgetMinor: 5, usesPerCode: 9 };
  const four = { uses: { total: 4, today: 4, byCustomer: 4, byCustomerToday: 4 }, spentMinor: 4 };
  expect(decide({ usageLimit: 9 }, { limits }, {}, four)).toMatchObject({ kind: 'usable', usesLeft: 1 });
});

test('a promotion applies by itself, for whom and when it holds, and only an automatic one', () => {
  const auto = factsOf({ trigger: 'automatic', limits: { perCustomer: 2 } });
  expect(decidePromotion(auto, situationOf())).toMatchObject({ kind: 'usable' });
  expect(decidePromotion(auto, situationOf({ customer: null }))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(decidePromotion(factsOf(), situationOf())).toMatchObject({ kind: 'refused' });
  expect(decidePromotion({ ...auto, status: 'ended', endedAtMs: NOW }, situationOf())).toMatchObject({
    reason: 'voucher-ended',
  });
  const over = factsOf({ trigger: 'automatic', validity: { endsOn: '2026-11-20' } });
  expect(decidePromotion(over, situationOf())).toMatchObject({ reason: 'voucher-expired' });
});
