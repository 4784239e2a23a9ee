import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERY_ITEM } from '../offers/item-filter.ts';
import { benefitSchema } from './kinds/all-kinds.ts';
import { campaignSchema, plainCampaign } from './campaign.ts';
import { durationOf, funnelRates } from './funnel.ts';
import { issueKeyOf, type Occasion, usesIssuedBy, winBackDay } from './issue.ts';
import { type ClaimStatus, mayBecome, statusAfterRollback, statusAfterUse, VOUCHER_STATUSES } from './life-cycle.ts';
import { decideRollback } from './rollback.ts';
import { claimThatStays } from './join-claims.ts';
import { type WalletItem, walletOf } from './wallet.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const DAY = 86_400_000;

test('C-36: a sale that comes back as a whole gives the use back while the voucher runs; after its end it is expired', () => {
  const redeemed = { uses: 1, amountMinor: 1600, rolledBackUses: 0, rolledBackMinor: 0 };
  const whole = { isComplete: true, remainingMinor: 0, atMs: NOW };
  expect(decideRollback({ ...redeemed, endsAtMs: NOW + 1 }, whole)).toEqual({
    uses: 1,
    amountMinor: 1600,
    claimStatus: 'CLAIMED',
  });
  expect(decideRollback({ ...redeemed, endsAtMs: null }, whole)).toMatchObject({ claimStatus: 'CLAIMED' });
  expect(decideRollback({ ...redeemed, endsAtMs: NOW }, whole)).toEqual({
    uses: 1,
    amountMinor: 1600,
    claimStatus: 'EXPIRED',
  });
});

test('VC19: in part, the use stays and the money of what comes back is in the budget again', () => {
  const redeemed = { uses: 2, amountMinor: 1000, rolledBackUses: 0, rolledBackMinor: 0, endsAtMs: null };
  expect(decideRollback(redeemed, { isComplete: false, remainingMinor: 666, atMs: NOW })).toEqual({
    uses: 0,
    amountMinor: 334,
    claimStatus: 'REDEEMED',
  });
  const later = { ...redeemed, rolledBackMinor: 334 };
  expect(decideRollback(later, { isComplete: true, remainingMinor: 0, atMs: NOW })).toEqual({
    uses: 2,
    amountMinor: 666,
    claimStatus: 'CLAIMED',
  });
});

test('VC19: however a sale comes back, its rollbacks sum to the redemption', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.array(fc.integer({ min: 0, max: 2000 })),
      (amountMinor, steps) => {
        const state = { uses: 1, amountMinor, rolledBackUses: 0, rolledBackMinor: 0, endsAtMs: null };
        const left = { minor: amountMinor };
        for (const step of [...steps, amountMinor]) {
          left.minor = Math.max(0, left.minor - step);
          const back = decideRollback(state, { isComplete: left.minor === 0, remainingMinor: left.minor, atMs: NOW });
          state.rolledBackUses += back.uses;
          state.rolledBackMinor += back.amountMinor;
          if (left.minor === 0) break;
        }
        expect(state).toMatchObject({ rolledBackUses: 1, rolledBackMinor: amountMinor });
      },
    ),
  );
});

test('a voucher’s life goes forwards, and back only when a use is given back; its end is its end', () => {
  const moves = VOUCHER_STATUSES.flatMap((from) =>
    VOUCHER_STATUSES.filter((to) => mayBecome(from, to)).map((to) => `${from}>${to}`),
  );
  expect(moves).toHaveLength(6 + 5 + 4 + 3 + 5);
  expect(VOUCHER_STATUSES.filter((to) => mayBecome('expired', to) || mayBecome('revoked', to))).toEqual([]);
  expect(mayBecome('claimed', 'published')).toBe(false);
  expect(VOUCHER_STATUSES.some((status) => mayBecome(status, 'created'))).toBe(false);
});

test('the last use redeems a voucher; a code without limit stays as it is', () => {
  expect(statusAfterUse('claimed', 1, 1)).toBe('redeemed');
  expect(statusAfterUse('claimed', 1, 2)).toBe('claimed');
  expect(statusAfterUse('scanned', 1000, null)).toBe('scanned');
});

test('a use that is given back makes a voucher what it was, or expired', () => {
  expect(statusAfterRollback('redeemed', 'claimed', false)).toBe('claimed');
  expect(statusAfterRollback('redeemed', 'claimed', true)).toBe('expired');
  expect(statusAfterRollback('redeemed', 'created', false)).toBe('published');
  expect(statusAfterRollback('scanned', 'claimed', true)).toBe('scanned');
});

function item(customerVoucherId: string, given: Partial<WalletItem> = {}): WalletItem {
  return {
    customerVoucherId,
    status: 'CLAIMED',
    walletOrder: 0,
    claimedAtMs: NOW,
    startsAtMs: null,
    endsAtMs: null,
    isRunning: true,
    ...given,
  };
}

test('VC11 S0-22: the wallet keeps its order, and sorts by what can be used now', () => {
  const wallet = walletOf(
    [
      item('d', { walletOrder: 2 }),
      item('b', { walletOrder: 1, claimedAtMs: NOW - 1 }),
      item('c', { walletOrder: 1 }),
      item('a', { walletOrder: 1, claimedAtMs: NOW - 1 }),
      item('later', { startsAtMs: NOW + 1 }),
      item('begun', { startsAtMs: NOW, endsAtMs: NOW + 1, walletOrder: 3 }),
      item('paused', { isRunning: false, walletOrder: 1 }),
      item('used', { status: 'REDEEMED', endsAtMs: NOW - 1 }),
      item('over', { endsAtMs: NOW }),
      item('expired', { status: 'EXPIRED', walletOrder: 1 }),
      item('merged', { status: 'VOIDED' }),
      item('conflict', { status: 'CONFLICT' }),
    ],
    NOW,
  );
  const idsOf = (items: readonly WalletItem[]) => items.map((each) => each.customerVoucherId);
  const { now, notYet, used, expired } = wallet;
  expect({ now: idsOf(now), notYet: idsOf(notYet), used: idsOf(used), expired: idsOf(expired) }).toEqual({
    now: ['a', 'b', 'c', 'd', 'begun'],
    notYet: ['later', 'paused'],
    used: ['used'],
    expired: ['over', 'expired'],
  });
});

test.each([
  ['the earlier', ['CLAIMED', 1], ['CLAIMED', 5], 'first'],
  ['the earlier, whoever holds it', ['CLAIMED', 5], ['CLAIMED', 1], 'second'],
  ['of one instant the first', ['CLAIMED', 1], ['CLAIMED', 1], 'first'],
  ['what was used', ['CLAIMED', 1], ['REDEEMED', 5], 'second'],
  ['what was used twice over', ['CONFLICT', 5], ['CLAIMED', 1], 'first'],
  ['of two that were used the earlier', ['REDEEMED', 5], ['CONFLICT', 1], 'second'],
  ['what still runs', ['EXPIRED', 1], ['CLAIMED', 5], 'second'],
  ['what has ended before what is void', ['VOIDED', 1], ['EXPIRED', 5], 'second'],
] as const)('C-48: of two claims of one voucher stays %s', (_name, first, second, stays) => {
  const claimed = ([status, day]: readonly [ClaimStatus, number]) => ({ status, claimedAtMs: Date.UTC(2026, 2, day) });
  expect(claimThatStays(claimed(first), claimed(second))).toBe(stays);
});

const counts = {
  impressions: 0,
  scans: 1523,
  uniqueScanners: 892,
  claims: 401,
  claimsUsed: 268,
  redemptions: 280,
  customers: 260,
  repeatCustomers: 13,
};

test('S0-49 S0-65 VC27: shares of a funnel by their formulas, and none where there is nothing to share', () => {
  expect(funnelRates(counts)).toEqual({
    conversionBasisPoints: 4496,
    claimsUsedBasisPoints: 6683,
    repeatBasisPoints: 500,
  });
  const empty = { ...counts, uniqueScanners: 0, claims: 0, customers: 0 };
  expect(funnelRates(empty)).toEqual({
    conversionBasisPoints: null,
    claimsUsedBasisPoints: null,
    repeatBasisPoints: null,
  });
});

test('S0-50: days to redeem as mean and median, one decimal', () => {
  expect(durationOf([])).toBeNull();
  expect(durationOf([3.5 * DAY])).toMatchObject({ meanTenths: 35, medianTenths: 35 });
  expect(durationOf([10 * DAY, DAY, 2 * DAY])).toMatchObject({ meanTenths: 43, medianTenths: 20 });
  expect(durationOf([10 * DAY, DAY, 2 * DAY, 3 * DAY])).toMatchObject({ meanTenths: 40, medianTenths: 25 });
  expect(durationOf([60_000, 120_000, 600_001])).toEqual({
    meanMs: 260_000,
    medianMs: 120_000,
    meanTenths: 0,
    medianTenths: 0,
  });
});

test('S3-112: the same cause makes the same key, another customer, campaign or year another', () => {
  const campaign = '0191e7a0-0000-7000-8000-000000000001';
  const other = '0191e7a0-0000-7000-8000-000000000002';
  const birthday: Occasion = { kind: 'birthday', year: 2026 };
  const key = issueKeyOf(campaign, other, birthday);
  expect(issueKeyOf(campaign, other, { ...birthday })).toBe(key);
  const others = [
    issueKeyOf(other, other, birthday),
    issueKeyOf(campaign, campaign, birthday),
    issueKeyOf(campaign, null, birthday),
    issueKeyOf(campaign, other, { kind: 'birthday', year: 2027 }),
    issueKeyOf(campaign, other, { kind: 'enrolment' }),
    issueKeyOf(campaign, other, { kind: 'segment' }),
    issueKeyOf(campaign, other, { kind: 'win-back', lastVisitMs: 1 }),
    issueKeyOf(campaign, other, { kind: 'win-back', lastVisitMs: 2 }),
    issueKeyOf(campaign, other, { kind: 'referral', friendId: campaign }),
    issueKeyOf(campaign, other, { kind: 'after-sale', saleId: campaign }),
  ];
  expect(new Set([key, ...others]).size).toBe(11);
  expect(issueKeyOf(campaign, other, { kind: 'referral', friendId: other })).not.toBe(others[8]);
  expect(issueKeyOf(campaign, other, { kind: 'after-sale', saleId: other })).not.toBe(others[9]);
  expect(issueKeyOf(campaign, other, { kind: 'segment' })).toBe(others[5]);
});

test('C-41: a sale from the minimum gives a voucher, one use for each whole eligible piece', () => {
  const filter = { ...EVERY_ITEM, excludeTags: ['no'] };
  const perUnit = { kind: 'after-sale', minimumMinor: 10_000, per: 'unit', filter } as const;
  const fifty = (pieces: number, tags: string[] = []) => ({
    quantityThousandths: pieces * 1000,
    payableMinor: Math.round(pieces * 5000),
    tags,
  });
  expect(usesIssuedBy(perUnit, [fifty(3)])).toBe(3);
  expect(usesIssuedBy(perUnit, [fifty(1), fifty(1)])).toBe(2);
  expect(usesIssuedBy(perUnit, [fifty(1)])).toBe(0);
  expect(usesIssuedBy(perUnit, [fifty(1), fifty(2, ['no'])])).toBe(0);
  expect(usesIssuedBy(perUnit, [fifty(2.5)])).toBe(2);
  expect(usesIssuedBy({ ...perUnit, per: 'sale' }, [fifty(3)])).toBe(1);
  expect(usesIssuedBy({ ...perUnit, minimumMinor: 0 }, [])).toBe(0);
  expect(usesIssuedBy({ kind: 'by-hand' }, [fifty(3)])).toBe(0);
});

test('a customer is won back so many civil days after the last visit', () => {
  const benefit = benefitSchema.parse({ kind: 'amount', amountMinor: 1 });
  const campaign = campaignSchema.parse({
    ...plainCampaign('Come back', benefit),
    distribution: { kind: 'win-back', afterDays: 30 },
  });
  expect(winBackDay(campaign, Date.UTC(2026, 9, 22, 2), 'America/Asuncion')).toBe('2026-11-20');
  expect(winBackDay(plainCampaign('x', benefit), NOW, 'UTC')).toBeNull();
});
