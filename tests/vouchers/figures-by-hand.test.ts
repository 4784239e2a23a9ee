import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Duration } from '#shop/vouchers/funnel.ts';
import { createValueShop, type ValueShop } from './value-rows.ts';

// What the figures say of a random history, against a second count of the same history that is as plain as can be.

const DAY_MS = 86_400_000;
const NOON_MS = Date.UTC(2026, 10, 16, 15);
const PEOPLE = 6;
const state: { given: ValueShop | null; records: string[] } = { given: null, records: [] };
beforeAll(async () => {
  const given = await createValueShop();
  state.given = given;
  state.records = Array.from({ length: PEOPLE }, () => given.shop.addCustomer());
  // The last record is the first person's second one, and the one before it that of the second.
  for (const [of, into] of [
    [5, 0],
    [4, 1],
  ] as const) {
    given.run('UPDATE customers SET duplicate_of = :into WHERE id = :id', {
      id: state.records[of] ?? '',
      into: state.records[into] ?? '',
    });
  }
});
afterAll(() => state.given?.shop.close());

/** The person whose record it is. */
const personOf = (record: number): number => (record === 5 ? 0 : record === 4 ? 1 : record);

const atMs = fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }).map((ms) => NOON_MS + ms);
const record = fc.integer({ min: 0, max: PEOPLE - 1 });
const who = fc.option(record, { freq: 4 });
const voucher = fc.integer({ min: 0, max: 2 });
const scans = fc.record({
  voucher,
  who,
  atMs,
  type: fc.constantFrom('CUSTOMER', 'BUSINESS'),
  source: fc.constantFrom('CAMERA', 'GALLERY', 'LINK', 'SHARE', 'HID', 'MANUAL'),
});
const claims = fc.record({ voucher, who: record.map(personOf), atMs, isVoid: fc.nat(6).map((n) => n === 0) });
const uses = fc.record({
  voucher: fc.option(voucher, { freq: 8 }),
  who,
  atMs,
  uses: fc.integer({ min: 1, max: 3 }),
  costMinor: fc.integer({ min: 0, max: 900 }),
  backUses: fc.nat(3),
  backMinor: fc.nat(900),
});
const histories = fc.record({
  /** Whose alone the second voucher is. */
  holder: record.map(personOf),
  scans: fc.array(scans, { maxLength: 25 }),
  claims: fc.uniqueArray(claims, { maxLength: 10, selector: (claim) => `${claim.voucher} ${claim.who}` }),
  uses: fc.array(uses, { maxLength: 15 }),
  shown: fc.array(fc.record({ voucher, atMs, impressions: fc.integer({ min: 1, max: 9 }) }), { maxLength: 5 }),
  span: fc.constantFrom(null, ['2026-11-15', '2026-11-17'] as const),
  only: fc.option(voucher),
});
type History = typeof histories extends fc.Arbitrary<infer One> ? One : never;

/** Asunción is three hours behind UTC that November. */
const localDate = (ms: number): string => new Date(ms - 3 * 3_600_000).toISOString().slice(0, 10);

function write({ given, history }: { given: ValueShop; history: History }): {
  campaignId: string;
  vouchers: string[];
} {
  const { shop, insert, voucher: addVoucher, redeem, rollBack } = given;
  const { shopId = '', terminalId = '' } = shop.env.shop() ?? {};
  const campaignId = insert('campaigns', { name: 'By hand', status: 'live', created_at_ms: 0 });
  const own = { holder_customer_id: state.records[history.holder] ?? '' };
  const vouchers = [{}, own, {}].map((more) =>
    addVoucher({ campaign_id: campaignId, usage_limit: null, code: shop.newId(), code_key: shop.newId(), ...more }),
  );
  const idOf = (record: number | null): string | null => (record === null ? null : (state.records[record] ?? ''));
  for (const scan of history.scans) {
    insert('qr_scan_logs', {
      shop_id: shopId,
      terminal_id: terminalId,
      customer_id: idOf(scan.who),
      voucher_id: vouchers[scan.voucher] ?? '',
      scan_type: scan.type,
      scan_source: scan.source,
      code_kind: 'code',
      scan_result: 'voucher',
      code_hash: 'h',
      business_date: localDate(scan.atMs),
      created_at_ms: scan.atMs,
    });
  }
  for (const claim of history.claims) {
    insert('customer_vouchers', {
      customer_id: idOf(claim.who),
      voucher_id: vouchers[claim.voucher] ?? '',
      campaign_id: campaignId,
      claimed_at_ms: claim.atMs,
      status: claim.isVoid ? 'VOIDED' : 'CLAIMED',
      void_reason: claim.isVoid ? 'REVOKED' : null,
    });
  }
  for (const use of history.uses) {
    const redemptionId = redeem(use.voucher === null ? null : (vouchers[use.voucher] ?? ''), {
      campaign_id: campaignId,
      customer_id: idOf(use.who),
      uses: use.uses,
      discount_amount_minor: use.costMinor,
      used_at_ms: use.atMs,
    });
    const back = backOf(use);
    if (back.uses + back.minor > 0) rollBack(redemptionId, { uses: back.uses, amount_minor: back.minor });
  }
  for (const { voucher: at, ...shown } of history.shown) {
    const row = { voucher_id: vouchers[at] ?? '', kind: 'print', at_ms: shown.atMs, impressions: shown.impressions };
    insert('voucher_impressions', row);
  }
  return { campaignId, vouchers };
}

const backOf = (use: History['uses'][number]) => ({
  uses: Math.min(use.uses, use.backUses),
  minor: Math.min(use.costMinor, use.backMinor),
});

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
const distinct = <Value>(values: readonly (Value | null)[]): number =>
  new Set(values.filter((value) => value !== null)).size;
const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 10_000) / whole + 0.5);
const byKey = (keys: readonly string[]): Record<string, number> =>
  Object.fromEntries([...new Set(keys)].map((key) => [key, keys.filter((other) => other === key).length]));
const tenths = (ms: number): number => Math.floor(ms / 8_640_000 + 0.5);

function duration(spansMs: readonly number[]): Duration | null {
  if (spansMs.length === 0) return null;
  const sorted = [...spansMs].sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  const [meanMs, medianMs] = [sum(sorted) / sorted.length, (low + high) / 2];
  return {
    ...{ meanMs: Math.floor(meanMs + 0.5), medianMs: Math.floor(medianMs + 0.5) },
    ...{ meanTenths: tenths(meanMs), medianTenths: tenths(medianMs) },
  };
}

/** The busiest stretch of the clock that is so long: every minute, or hour, starts on its own. */
const busiest = (times: readonly number[], lengthMs: number): number =>
  Math.max(0, ...Object.values(byKey(times.map((ms) => String(Math.floor(ms / lengthMs))))));

function countByHand(history: History) {
  const { span, only } = history;
  const isIn = ({ atMs: ms }: { atMs: number }): boolean =>
    span === null || (localDate(ms) >= span[0] && localDate(ms) <= span[1]);
  const isOf = ({ voucher: at }: { voucher: number | null }): boolean => only === null || at === only;
  const seen = history.scans
    .filter((scan) => isIn(scan) && isOf(scan))
    .map((scan) => {
      const holder = scan.voucher === 1 ? history.holder : null;
      return { ...scan, person: scan.who === null ? holder : personOf(scan.who) };
    });
  const claimed = history.claims.filter((claim) => isIn(claim) && isOf(claim) && !claim.isVoid);
  const used = history.uses
    .filter((use) => isIn(use) && isOf(use))
    .map((use) => ({ ...use, person: use.who === null ? null : personOf(use.who), left: use.uses - backOf(use).uses }));
  const standing = used.filter(({ left }) => left > 0);
  const toClaim: number[] = [];
  const toRedeem: number[] = [];
  for (const claim of claimed) {
    const mine = (step: { voucher: number | null; person: number | null }) =>
      step.voucher === claim.voucher && step.person === claim.who;
    const before = seen.filter((scan) => mine(scan) && scan.atMs <= claim.atMs).map((scan) => scan.atMs);
    const after = standing.filter((use) => mine(use) && use.atMs >= claim.atMs).map((use) => use.atMs);
    if (before.length > 0) toClaim.push(claim.atMs - Math.max(...before));
    if (after.length > 0) toRedeem.push(Math.min(...after) - claim.atMs);
  }
  const users = standing.flatMap(({ person }) => person ?? []);
  const customers = distinct(users);
  const repeatCustomers = [...new Set(users)].filter((person) => users.indexOf(person) !== users.lastIndexOf(person));
  const uniqueScanners = distinct(seen.map(({ person }) => person));
  const claimsOfEach = Object.values(byKey(claimed.map(({ voucher: at }) => String(at))));
  return {
    counts: {
      impressions: sum(history.shown.filter((row) => isIn(row) && isOf(row)).map((row) => row.impressions)),
      scans: seen.length,
      uniqueScanners,
      claims: claimed.length,
      claimsUsed: toRedeem.length,
      redemptions: standing.length,
      customers,
      repeatCustomers: repeatCustomers.length,
    },
    rates: {
      conversionBasisPoints: share(claimed.length, uniqueScanners),
      claimsUsedBasisPoints: share(toRedeem.length, claimed.length),
      repeatBasisPoints: share(repeatCustomers.length, customers),
    },
    uses: sum(standing.map(({ left }) => left)),
    costMinor: sum(used.map((use) => use.costMinor - backOf(use).minor)),
    scansByType: byKey(seen.map(({ type }) => type)),
    scansBySource: byKey(seen.map(({ source }) => source)),
    scansByDay: Object.entries(byKey(seen.map(({ atMs: ms }) => localDate(ms))))
      .map(([businessDate, count]) => {
        const ofDay = seen.filter(({ atMs: ms }) => localDate(ms) === businessDate);
        return { businessDate, scans: count, people: distinct(ofDay.map(({ person }) => person)) };
      })
      .sort((a, b) => (a.businessDate < b.businessDate ? 1 : -1)),
    mostScansInAMinute: busiest(
      seen.map(({ atMs: ms }) => ms),
      60_000,
    ),
    mostScansInAnHour: busiest(
      seen.map(({ atMs: ms }) => ms),
      3_600_000,
    ),
    timeToClaim: duration(toClaim),
    timeToRedeem: duration(toRedeem),
    claimsPerVoucher: Object.entries(byKey(claimsOfEach.map(String)))
      .map(([count, vouchers]) => ({ claims: Number(count), vouchers }))
      .sort((a, b) => a.claims - b.claims),
  };
}

test('S0-44 S0-46 S0-47 S0-49 S0-50 S0-60 S0-62 S0-63 S0-65 S2-42 VC28 AN4 AN5: every figure of a random history is what a second count by hand gives', async () => {
  const { given } = state;
  if (given === null) throw new Error('no shop');
  const { vouchers } = given.shop.caller('manager');
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const written = write({ given, history });
      const [fromDate, toDate] = history.span ?? [null, null];
      const voucherId = history.only === null ? null : (written.vouchers[history.only] ?? '');
      const found = await vouchers.figures({ campaignId: written.campaignId, voucherId, fromDate, toDate });
      expect(found).toMatchObject(countByHand(history));
      const { scansByType, scansBySource, scansByShop, counts } = found;
      for (const by of [scansByType, scansBySource, scansByShop]) expect(sum(Object.values(by))).toBe(counts.scans);
    }),
    { numRuns: 150 },
  );
});
