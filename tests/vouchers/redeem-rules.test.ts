import { expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { refusalOf } from '../support/test-backend.ts';
import { TEN_PERCENT, voucherShopForEach } from './voucher-shop.ts';

const shop = voucherShopForEach();
const cashier = () => shop().caller('cashier');
const redeem = (code: string, customerId: string | null) => cashier().vouchers.redeem(shop().op({ code, customerId }));
const check = (code: string, customerId: string | null = null) =>
  cashier().vouchers.check(shop().op({ code, customerId, saleId: null }));

const KINDS: readonly (readonly [Campaign['benefit'], number])[] = [
  [{ ...TEN_PERCENT, capMinor: null, scope: 'order' }, 1000],
  [{ kind: 'amount', amountMinor: 700, scope: 'order' }, 700],
  [{ kind: 'product', units: 2 }, 2],
  [{ kind: 'buy-take', buyUnits: 2, takeUnits: 1 }, 1],
  [{ kind: 'fixed-price', unitPriceMinor: 900 }, 900],
  [{ kind: 'credit', amountMinor: 2500, days: null }, 2500],
  [{ kind: 'units', planId: null, name: 'Coffee', units: 5, days: null, filter: {} as never }, 5],
  [{ kind: 'package', planId: null, name: 'Visits', uses: 10, days: 60, filter: {} as never }, 10],
];

// proves S3-2, S3-8, S3-38, S3-43
test.each(KINDS.map(([benefit, value]) => ({ kind: benefit.kind, benefit, value })))(
  'S3-2 S3-38 S3-43: a voucher of kind $kind says what it is, and is given at once or kept for the next sale',
  async ({ kind, benefit, value }) => {
    const ana = shop().addCustomer('Ana');
    await shop().publish({ benefit, genericCode: 'ONEKIND' } as never);
    expect(await check('ONEKIND', ana)).toMatchObject({ kind, value });
    const isGiven = ['credit', 'units', 'package'].includes(kind);
    expect(await redeem('ONEKIND', ana)).toMatchObject({ kind: isGiven ? 'given' : 'kept' });
    const row = `SELECT COUNT(*) AS n FROM vouchers WHERE type = :kind AND value = :value`;
    expect(shop().number(row, { kind, value })).toBe(1);
    const redeemed = `SELECT COUNT(*) AS n FROM voucher_usage WHERE redemption_type = :kind`;
    expect(shop().number(redeemed, { kind })).toBe(isGiven ? 1 : 0);
  },
);

test('S3-56: a dealer’s voucher is redeemed by its people in its shops alone', async () => {
  const { shopId } = shop().env.shop() ?? { shopId: '' };
  const limits = { usesPerCode: null };
  const [own, other] = [shop().staffId('cashier'), shop().newId()];
  await shop().publish({ genericCode: 'MINE10', limits, audience: { staffIds: [own], shopIds: [shopId] } });
  await shop().publish({ genericCode: 'THEIRS', limits, audience: { staffIds: [other] } });
  await shop().publish({ genericCode: 'ELSEWHERE', limits, audience: { shopIds: [shop().newId()] } });
  await shop().publish({ genericCode: 'BOSS10', limits, audience: { staffIds: [shop().staffId('manager')] } });
  expect(await check('MINE10')).toMatchObject({ code: 'MINE10' });
  expect(await refusalOf(check('THEIRS'))).toMatchObject({ reason: 'voucher-wrong-staff' });
  expect(await refusalOf(check('ELSEWHERE'))).toMatchObject({ reason: 'voucher-wrong-shop' });
  const staff = await shop().caller('manager').staff.list();
  const managerName = staff.find(({ staffId }) => staffId === shop().staffId('manager'))?.name;
  // The fact behind it: who may, as far as this till knows their name.
  expect((await refusalOf(check('BOSS10')))?.facts).toMatchObject({ names: managerName });
  expect((await refusalOf(check('THEIRS')))?.facts).not.toHaveProperty('names');
});

test('a voucher of a group, a tier or another shop says which', async () => {
  const { segments, points } = shop().caller('manager');
  const limits = { usesPerCode: null };
  const ana = shop().addCustomer('Ana');
  const segmentId = shop().newId();
  await segments.save(shop().op({ segmentId, version: 0, name: 'Early birds', rule: null }));
  await shop().publish({ genericCode: 'EARLY', limits, audience: { segmentIds: [segmentId] } });
  const { programId } = mustHave((await points.programmes())[0], 'the main programme');
  const { programme } = mustHave((await points.programmeDetail({ programId })).live, 'its version');
  const levels = ['Basic', 'Silver', 'Gold'].map((name, place) => ({ tierId: name, name, threshold: place * 100 }));
  const tiered = programmeSchema.parse({ ...programme, tiers: { period: { kind: 'rolling', months: 1 }, levels } });
  await points.saveProgrammeDraft(shop().op({ programId, programme: tiered, revision: 0 }));
  await points.publishProgrammeDraft(shop().op({ programId, revision: 1 }));
  await shop().publish({ genericCode: 'SHINE', limits, audience: { tierIds: ['Silver', 'Gold'] } });
  expect(await refusalOf(check('SHINE', ana))).toMatchObject({
    reason: 'voucher-tier',
    facts: { names: 'Silver, Gold' },
  });
  expect(await refusalOf(check('EARLY', ana))).toMatchObject({
    reason: 'voucher-segment',
    facts: { names: 'Early birds' },
  });
});

test('S3-55 S3-10: the counter redeems, who reads and who looks after devices does not; a manager gives and edits', async () => {
  const { campaignId } = await shop().publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  const ana = shop().addCustomer('Ana');
  for (const role of ['admin', 'auditor'] as const) {
    const { vouchers } = shop().caller(role);
    const asked = { code: 'BREK10', customerId: ana };
    const refusals = [
      refusalOf(vouchers.check(shop().op({ ...asked, saleId: null }))),
      refusalOf(vouchers.redeem(shop().op(asked))),
      refusalOf(vouchers.claim(shop().op({ ...asked, saleId: null }))),
    ];
    for (const refused of await Promise.all(refusals)) expect(refused).toMatchObject({ reason: 'not-permitted' });
    expect((await vouchers.list({ tab: 'all', query: '' })).rows).toHaveLength(1);
  }
  const edits = [
    refusalOf(cashier().vouchers.give(shop().op({ campaignId, customerId: ana }))),
    refusalOf(cashier().vouchers.setStatus(shop().op({ campaignId, to: 'paused' }))),
    refusalOf(cashier().vouchers.rollback(shop().op({ redemptionId: shop().newId(), reason: 'no' }))),
  ];
  for (const refused of await Promise.all(edits)) expect(refused).toMatchObject({ reason: 'not-permitted' });
  expect(shop().number('SELECT COUNT(*) AS n FROM customer_vouchers')).toBe(0);
});

test('S3-41 S3-90: hostile codes are data: each is refused as unknown, on record as a hash, and nothing else happens', async () => {
  await shop().publish({ benefit: { kind: 'credit', amountMinor: 2500 }, genericCode: 'COINS25' });
  const hostile = [`' OR 1=1 --`, '%', '_______', 'COINS2', 'COINS256', '<script>', '000-000-000'];
  for (const code of hostile) expect(await refusalOf(redeem(code, null))).toMatchObject({ reason: 'voucher-unknown' });
  const kept = shop().env.db.read.all<{ hash: string; voucherId: string | null }>(
    'SELECT code_hash AS hash, voucher_id AS voucherId FROM redemption_attempts' as never,
  );
  expect(kept).toHaveLength(hostile.length);
  for (const { hash, voucherId } of kept) {
    expect(voucherId).toBeNull();
    expect(hash).toMatch(/^[0-9a-f]{16,}$/);
  }
  expect(shop().number('SELECT COUNT(*) AS n FROM store_credit_transactions')).toBe(0);
});

test('S3-4 S3-13: a customer’s timeline tells what was claimed, redeemed and refused', async () => {
  const ana = shop().addCustomer('Ana');
  await shop().publish({ benefit: { kind: 'credit', amountMinor: 2500 }, genericCode: 'COINS25' });
  await cashier().vouchers.claim(shop().op({ code: 'COINS25', customerId: ana, saleId: null }));
  await redeem('COINS25', ana);
  await refusalOf(redeem('COINS25', ana));
  const timeline = await cashier().customers.timeline({ customerId: ana, filter: 'all', limit: 10 });
  const told = JSON.stringify(timeline);
  for (const type of ['claimed', 'redeemed', 'refused']) expect(told).toContain(`customer.voucher.${type}`);
});

test('S0-55: a burst of a thousand scans drains without losing one', async () => {
  const codes: string[] = [];
  const { campaignId } = await shop().publish();
  const ana = shop().addCustomer('Ana');
  for (let made = 0; made < 250; made++) {
    const { code } = await shop()
      .caller('manager')
      .vouchers.give(shop().op({ campaignId, customerId: ana }));
    codes.push(code);
  }
  const nowMs = shop().clock.wallNowMs();
  const scans = [0, 2000, 4000, 6000].flatMap((laterMs) => codes.map((text) => ({ text, atMs: nowMs + laterMs })));
  const answers = await Promise.all(
    scans.map((scan) =>
      cashier().scanning.submit(shop().op({ ...scan, source: 'HID' as const, screen: 'till' as const })),
    ),
  );
  expect(answers.every(({ outcome }) => outcome.kind === 'voucher')).toBe(true);
  expect(shop().number('SELECT COUNT(*) AS n FROM voucher_scans')).toBe(1000);
  expect(shop().number('SELECT COUNT(*) AS n FROM vouchers WHERE scan_count = 4')).toBe(250);
}, 30_000);
