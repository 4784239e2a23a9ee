import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createValueShop, type Row, type ValueShop } from './value-rows.ts';

const DAY_MS = 86_400_000;
const state: { given: ValueShop | null } = { given: null };
beforeEach(async () => {
  state.given = await createValueShop();
});
afterEach(() => state.given?.shop.close());

interface Given extends ValueShop {
  readonly noonMs: number;
  customer(): string;
  scan(voucherId: string, row?: Row): void;
  claim(voucherId: string, customerId: string, row?: Row): string;
  shown(voucherId: string, kind: string, impressions: number, atMs?: number): void;
  refused(voucherId: string | null, reason: string, atMs?: number): void;
  figures(
    more?: Partial<{ voucherId: string; fromDate: string; toDate: string }>,
  ): ReturnType<ReturnType<ValueShop['shop']['caller']>['vouchers']['figures']>;
}

function given(): Given {
  const { given: made } = state;
  if (made === null) throw new Error('no shop');
  const { shop, insert, campaignId } = made;
  const { shopId = '', terminalId = '' } = shop.env.shop() ?? {};
  // Noon in Asunción, three hours behind UTC.
  const noonMs = Date.UTC(2026, 10, 16, 15);
  const staff = { shop_id: shopId, terminal_id: terminalId };
  return {
    ...made,
    noonMs,
    customer: () => shop.addCustomer(),
    scan: (voucherId, row = {}) => {
      const scanned = { scan_source: 'HID', code_kind: 'code', scan_result: 'voucher', code_hash: 'h' };
      const at = { business_date: '2026-11-16', created_at_ms: noonMs };
      insert('qr_scan_logs', { ...staff, ...scanned, ...at, voucher_id: voucherId, ...row });
    },
    claim: (voucherId, customerId, row = {}) =>
      insert('customer_vouchers', {
        customer_id: customerId,
        voucher_id: voucherId,
        campaign_id: campaignId,
        claimed_at_ms: noonMs,
        ...row,
      }),
    shown: (voucherId, kind, impressions, atMs = noonMs) => {
      insert('voucher_impressions', { voucher_id: voucherId, kind, impressions, at_ms: atMs });
    },
    refused: (voucherId, reason, atMs = noonMs) => {
      const { id } = made.one('SELECT id FROM staff_members');
      insert('redemption_attempts', {
        voucher_id: voucherId,
        code_hash: 'h',
        kind: 'check',
        business_id: shopId,
        terminal_id: terminalId,
        staff_id: String(id),
        attempted_at_ms: atMs,
        failure_reason: reason,
      });
    },
    figures: (more = {}) => shop.caller('manager').vouchers.figures({ campaignId, ...more }),
  };
}

test('S0-44 S0-49 S2-42: a campaign without anything has counts of zero and no shares, and figures are never kept', async () => {
  const { figures, voucher, scan } = given();
  const voucherId = voucher();
  expect(await figures()).toMatchObject({
    counts: { impressions: 0, scans: 0, uniqueScanners: 0, claims: 0, redemptions: 0, customers: 0 },
    rates: { conversionBasisPoints: null, claimsUsedBasisPoints: null, repeatBasisPoints: null },
    timeToRedeem: null,
    timeToClaim: null,
    costMinor: 0,
    uplift: null,
  });
  scan(voucherId);
  expect((await figures()).counts.scans).toBe(1);
});

test('S0-45 S0-46 S0-47 S0-48 S0-61 AN5: scans add up by type, by source and by shop; nobody known is no user', async () => {
  const { figures, voucher, scan, customer } = given();
  const [generic, own] = [voucher({ usage_limit: null }), voucher()];
  const [ana, luis] = [customer(), customer()];
  for (let n = 0; n < 12; n += 1) scan(generic);
  scan(generic, { customer_id: ana, scan_source: 'CAMERA' });
  scan(own, { customer_id: ana, scan_source: 'LINK', scan_type: 'CUSTOMER' });
  scan(generic, { customer_id: luis, scan_source: 'SHARE', scan_type: 'CUSTOMER' });
  const found = await figures();
  expect(found.counts).toMatchObject({ scans: 15, uniqueScanners: 2 });
  expect(found.scansByType).toEqual({ BUSINESS: 13, CUSTOMER: 2 });
  expect(found.scansBySource).toEqual({ HID: 12, CAMERA: 1, LINK: 1, SHARE: 1 });
  for (const by of [found.scansByType, found.scansBySource, found.scansByShop]) {
    expect(Object.values(by).reduce((sum, scans) => sum + scans, 0)).toBe(found.counts.scans);
  }
  expect((await figures({ voucherId: own })).counts).toMatchObject({ scans: 1, uniqueScanners: 1 });
});

test('S0-56 S0-58 S0-59: scans by day with their people, and the busiest minute and hour', async () => {
  const { figures, voucher, scan, customer, noonMs } = given();
  const voucherId = voucher({ usage_limit: null });
  const ana = customer();
  for (const second of [0, 1, 2, 59]) scan(voucherId, { customer_id: ana, created_at_ms: noonMs + second * 1000 });
  scan(voucherId, { created_at_ms: noonMs + 30 * 60_000 });
  scan(voucherId, { created_at_ms: noonMs + DAY_MS, business_date: '2026-11-17' });
  expect(await figures()).toMatchObject({
    scansByDay: [
      { businessDate: '2026-11-17', scans: 1, people: 0 },
      { businessDate: '2026-11-16', scans: 5, people: 1 },
    ],
    mostScansInAMinute: 4,
    mostScansInAnHour: 5,
  });
  // A span of civil dates in the shop's zone: the last minute before midnight in Asunción is still the first day.
  scan(voucherId, { created_at_ms: noonMs + 11 * 3_600_000 + 59 * 60_000 });
  expect((await figures({ fromDate: '2026-11-16', toDate: '2026-11-16' })).counts.scans).toBe(6);
  expect((await figures({ fromDate: '2026-11-17', toDate: '2026-11-30' })).counts.scans).toBe(1);
});

test('S0-49 S0-50 S0-60 S0-62 S0-63 S0-65 S3-85: claims for each scanner, for each voucher, used, and how long it took', async () => {
  const { figures, voucher, scan, claim, redeem, customer, noonMs } = given();
  const generic = voucher({ usage_limit: null });
  const people = [customer(), customer(), customer(), customer()];
  const [ana = '', luis = '', eva = '', rosa = ''] = people;
  for (const customerId of people) scan(generic, { customer_id: customerId, created_at_ms: noonMs });
  claim(generic, ana, { claimed_at_ms: noonMs + DAY_MS });
  claim(generic, luis, { claimed_at_ms: noonMs + DAY_MS });
  claim(voucher(), eva, { claimed_at_ms: noonMs });
  claim(voucher(), rosa, { claimed_at_ms: noonMs, status: 'VOIDED', void_reason: 'MERGED' });
  redeem(generic, { customer_id: ana, used_at_ms: noonMs + 2 * DAY_MS });
  redeem(generic, { customer_id: luis, used_at_ms: noonMs + 5 * DAY_MS });
  const found = await figures();
  expect(found.counts).toMatchObject({ uniqueScanners: 4, claims: 3, claimsUsed: 2 });
  // 3 claims of 4 people who scanned; 2 of 3 claims used.
  expect(found.rates).toMatchObject({ conversionBasisPoints: 7500, claimsUsedBasisPoints: 6667 });
  expect(found.timeToRedeem).toMatchObject({ meanTenths: 25, medianTenths: 25 });
  expect(found.timeToClaim).toMatchObject({ meanTenths: 10, medianTenths: 10 });
  expect(found.claimsPerVoucher).toEqual([
    { claims: 1, vouchers: 1 },
    { claims: 2, vouchers: 1 },
  ]);
});

test('S2-3 S2-4 S2-5 S2-6 S2-7 AN4 VC27 VC28: handed out, scanned, claimed, redeemed and came back; what is given back counts no more', async () => {
  const { figures, voucher, shown, scan, claim, redeem, rollBack, customer, noonMs } = given();
  const generic = voucher({ usage_limit: null });
  const [ana, luis] = [customer(), customer()];
  shown(generic, 'print', 500);
  shown(generic, 'receipt', 1);
  scan(generic, { customer_id: ana });
  claim(generic, ana);
  redeem(generic, { customer_id: ana, used_at_ms: noonMs + 1, discount_amount_minor: 300 });
  redeem(generic, { customer_id: ana, used_at_ms: noonMs + 2, discount_amount_minor: 200 });
  const back = redeem(generic, { customer_id: luis, used_at_ms: noonMs + 3, discount_amount_minor: 100 });
  redeem(null, { used_at_ms: noonMs + 4, discount_amount_minor: 50 });
  expect((await figures()).counts).toMatchObject({ redemptions: 4, customers: 2, repeatCustomers: 1 });
  rollBack(back);
  const found = await figures();
  expect(found).toMatchObject({
    counts: { impressions: 501, scans: 1, claims: 1, redemptions: 3, customers: 1, repeatCustomers: 1 },
    rates: { repeatBasisPoints: 10_000 },
    uses: 3,
    costMinor: 550,
  });
  expect(found.impressionsByKind).toEqual([
    { kind: 'print', impressions: 500 },
    { kind: 'receipt', impressions: 1 },
  ]);
});

test('C-48 VC28 AN4 S0-8: merged records are one person in the figures of a campaign and of the shop, and whoever was erased is still somebody', async () => {
  const { shop, figures, voucher, scan, redeem, customer, run, one, noonMs } = given();
  const generic = voucher({ usage_limit: null });
  const [ana, again, luis] = [customer(), customer(), customer()];
  const days = { fromDate: '2026-11-16', toDate: '2026-11-16' };
  const used = { used_at_ms: noonMs, civil_date: days.fromDate, business_date: days.fromDate };
  for (const customerId of [ana, again, luis]) {
    scan(generic, { customer_id: customerId });
    redeem(generic, { ...used, customer_id: customerId });
  }
  const counted = async () => {
    const found = [await figures(), await shop.caller('manager').vouchers.shopFigures(days)];
    return found.map(({ counts }) => [counts.uniqueScanners, counts.customers, counts.repeatCustomers]);
  };
  expect(await counted()).toEqual([
    [3, 3, 0],
    [3, 3, 0],
  ]);
  run('UPDATE customers SET duplicate_of = :ana WHERE id = :again', { ana, again });
  const once = [2, 2, 1];
  expect(await counted()).toEqual([once, once]);
  expect((await figures()).scansByDay).toEqual([{ businessDate: days.fromDate, scans: 3, people: 2 }]);
  await shop.caller('manager').customers.erase({ operationId: shop.newId(), input: { customerId: ana } });
  await shop.caller('manager').customers.erase({ operationId: shop.newId(), input: { customerId: luis } });
  expect(await counted()).toEqual([once, once]);
  // S0-8: no scan tells any more whose it was.
  expect(one('SELECT COUNT(*) AS n FROM qr_scan_logs WHERE customer_id IS NOT NULL')).toEqual({ n: 0 });
});

test('what was refused is counted by its reason, and another campaign and another shop are left out', async () => {
  const { figures, voucher, refused, shop, insert } = given();
  const voucherId = voucher();
  for (const reason of ['voucher-used', 'voucher-used', 'voucher-expired']) refused(voucherId, reason);
  refused(null, 'voucher-unknown');
  const other = insert('campaigns', { name: 'Other', status: 'live', created_at_ms: 0 });
  refused(voucher({ campaign_id: other }), 'voucher-used');
  expect((await figures()).refused).toEqual([
    { reason: 'voucher-used', attempts: 2 },
    { reason: 'voucher-expired', attempts: 1 },
  ]);
  const { vouchers } = shop.caller('manager');
  expect(await refusalOf(vouchers.figures({ campaignId: shop.newId() }))).toMatchObject({ reason: 'not-found' });
  expect(await refusalOf(figures({ voucherId: shop.newId() }))).toMatchObject({ reason: 'not-found' });
  expect(await refusalOf(shop.caller('cashier').vouchers.figures({ campaignId: shop.newId() }))).toMatchObject({
    reason: 'not-permitted',
  });
});

test('AN4 AN8 S0-64 S0-71: the shop: its funnel, its top campaigns, what was refused, and how full wallets are', async () => {
  const { shop, voucher, shown, scan, claim, redeem, refused, customer, noonMs, campaignId } = given();
  const [one, two, three] = [voucher(), voucher(), voucher({ usage_limit: null })];
  const [ana, luis] = [customer(), customer()];
  const days = { fromDate: '2026-11-16', toDate: '2026-11-16' };
  const { shopFigures } = shop.caller('manager').vouchers;
  expect(await shopFigures(days)).toMatchObject({ rates: { conversionBasisPoints: null }, topCampaigns: [] });
  shown(one, 'print', 3);
  scan(one, { customer_id: ana });
  scan(two, { customer_id: luis });
  claim(one, ana);
  claim(two, ana);
  claim(three, luis);
  claim(one, luis, { expires_at_ms: 1 });
  const used = { customer_id: ana, used_at_ms: noonMs, civil_date: '2026-11-16', business_date: '2026-11-16' };
  redeem(three, used);
  redeem(three, used);
  redeem(three, { used_at_ms: noonMs + 3 * DAY_MS, civil_date: '2026-11-19', business_date: '2026-11-19' });
  refused(null, 'voucher-unknown');
  refused(one, 'voucher-used', noonMs + DAY_MS);
  expect(await shopFigures(days)).toEqual({
    counts: {
      impressions: 3,
      scans: 2,
      uniqueScanners: 2,
      claims: 4,
      claimsUsed: 0,
      redemptions: 2,
      customers: 1,
      repeatCustomers: 1,
    },
    rates: { conversionBasisPoints: 20_000, claimsUsedBasisPoints: 0, repeatBasisPoints: 10_000 },
    topCampaigns: [{ campaignId, name: 'Ten off', uses: 2, costMinor: 200 }],
    refused: [{ reason: 'voucher-unknown', attempts: 1 }],
    alerts: [],
    walletSizes: [
      { vouchers: 1, customers: 1 },
      { vouchers: 2, customers: 1 },
    ],
  });
  for (let n = 0; n < 20; n += 1) refused(one, 'voucher-used');
  expect((await shopFigures(days)).alerts).toEqual([{ kind: 'many-refused', refused: 21, attempts: 23 }]);
});
