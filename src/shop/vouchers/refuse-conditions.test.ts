// proves VC25
import { expect, test } from 'vitest';
import { campaignSchema } from './campaign.ts';
import { refuseConditions, saleConditionsOf } from './refuse-conditions.ts';
import type { Situation } from './voucher-facts.ts';

/** Saturday 21 November 2026, 10:00 in Asunción. */
const NOW = Date.UTC(2026, 10, 21, 13);
const DAY = 86_400_000;
const ana = { customerId: 'ana', tierIds: ['gold'], segmentIds: [], completedSales: 3 };
const SITUATION: Situation = {
  ...{ atMs: NOW, zone: 'America/Asuncion', shopId: 'shop', staffId: 'cashier' },
  ...{ customer: ana, saleId: 'sale' },
};

const campaignOf = (parts: readonly object[] | null) =>
  campaignSchema.parse({
    name: 'Ten off',
    benefit: { kind: 'percent', rateBasisPoints: 1000 },
    conditions: parts === null ? null : { kind: 'all', parts },
  });
const gold = { kind: 'tier', tierId: 'gold' };
const mondays = { kind: 'time', window: { weekdays: [0] } };
const nine = { kind: 'quantity', atLeast: 9 };
const refusedFor = (parts: readonly object[] | null, change: Partial<Situation> = {}): string | null =>
  refuseConditions(campaignOf(parts), {}, { ...SITUATION, ...change })?.reason ?? null;

test('VC25: conditions of the customer and the moment decide at once, those of the sale are left to it', () => {
  expect(refusedFor(null)).toBeNull();
  expect(refusedFor([gold])).toBeNull();
  expect(refusedFor([{ ...gold, tierId: 'silver' }])).toBe('voucher-conditions');
  expect(refusedFor([{ kind: 'none', parts: [gold] }])).toBe('voucher-conditions');
  expect(refusedFor([{ kind: 'purchases', atLeast: 3 }])).toBeNull();
  expect(refusedFor([{ kind: 'purchases', atLeast: 4 }])).toBe('voucher-conditions');
  expect(refusedFor([gold, nine])).toBeNull();
  expect(refusedFor([mondays])).toBe('voucher-conditions');
  expect(refusedFor([mondays], { atMs: NOW + 2 * DAY })).toBeNull();
  expect(refusedFor([mondays, gold], { customer: null })).toBe('voucher-conditions');
  expect(refusedFor([gold], { customer: null })).toBe('voucher-needs-customer');
});

test('VC25: only what asks something of the sale goes with its offer', () => {
  expect(saleConditionsOf(campaignOf(null), SITUATION)).toBeUndefined();
  expect(saleConditionsOf(campaignOf([gold, mondays]), SITUATION)).toBeUndefined();
  expect(saleConditionsOf(campaignOf([gold, nine]), SITUATION)).toMatchObject({
    kind: 'all',
    parts: [{ kind: 'settled', judgement: { canHold: true, canFail: false } }, nine],
  });
});
