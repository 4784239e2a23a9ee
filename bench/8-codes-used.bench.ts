// A code looked up and validated among 5,000,000, and target 4: a sale that redeems a voucher against its raw rows.
// CODES_KNOWN and CODES_CUSTOMERS make it smaller.
import type Database from 'better-sqlite3';
import { test } from 'vitest';
import { appRouter } from '#backend/router.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { readVoucher } from '#backend/value/voucher-facts.ts';
import { selectVoucherByKey } from '#backend/vouchers/vouchers-store.ts';
import { must, mustHave } from '#shop/must.ts';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { type BenchCaller, copyOfShop, loadedShop } from './support/bench-shop.ts';
import { CUSTOMERS, KNOWN, op, openRaw, publish } from './support/codes-shop.ts';
import { loadCodes, loadedVoucherCode } from './support/loaded-codes.ts';
import { loadedId } from './support/loaded-history.ts';
import { type LoyaltyShop, openLoyaltyShop } from './support/loyalty-shop.ts';
import { pairs, sample, seeded } from './support/measure.ts';
import { createReplay, type NotedCommand, notingDatabase } from './support/noted-writes.ts';
import { againstReplay, reportPaired } from './support/paired-commands.ts';
import { threeLineSale } from './support/sale-input.ts';

type Sold = { readonly draft: object; readonly tenders: readonly object[] };

const LOOKS = 300;
/** Sales before those that are measured. */
const RUN_IN = 400;
const SALE_MINOR = 48_000;

test('codes are looked up, validated and redeemed among millions', async () => {
  const ours = copyOfShop(await loadedShop(CUSTOMERS));
  const first = openLoyaltyShop(ours);
  const campaignId = await publish(first);
  await first.close();
  loadCodes(ours.databasePath, campaignId, KNOWN);
  const copy = copyOfShop(ours);
  const shop = openLoyaltyShop(ours);
  const raw = openRaw(copy.databasePath);
  const random = seeded(11);
  const pick = (): string => loadedVoucherCode(Math.floor(random() * KNOWN), KNOWN);
  await measureLookUp(shop, raw, pick);
  await measureValidation(shop, raw, pick, null);
  const noting = notingDatabase(shop.env.db);
  const noted = createCallerFactory(appRouter)({ env: { ...shop.env, db: noting.db }, clientId: 'bench' });
  const check = (caller: BenchCaller) => (): Promise<unknown> => {
    const customerId = loadedId('customer', 1 + Math.floor(random() * CUSTOMERS));
    return caller.vouchers.check(op(shop, { code: pick(), customerId, saleId: null }));
  };
  const checked = { run: check(shop.caller), runNoted: check(noted), take: noting.take };
  const ratios = await againstReplay(checked, raw, { withReads: true });
  reportPaired('a code is checked: the whole command', ratios, 3, 'raw statements');
  await measureRedeem(shop, raw, noted, noting.take);
  await limitEverything(shop, campaignId);
  await measureValidation(shop, raw, pick, loadedId('customer', 1));
  raw.close();
  await shop.close();
  copy.remove();
  ours.remove();
}, 3_600_000);

/** One prepared statement that finds a voucher by its key: what every target of this file's reads is measured against. */
function rawLookUp(shop: LoyaltyShop, raw: Database.Database): (code: string) => unknown {
  const merchantId = mustHave(shop.env.shop(), 'a shop').merchantId;
  const statement = raw.prepare('SELECT id, campaign_id, status FROM vouchers WHERE merchant_id = ? AND code_key = ?');
  return (code) => statement.get(merchantId, code.replaceAll('-', ''));
}

async function measureLookUp(shop: LoyaltyShop, raw: Database.Database, pick: () => string): Promise<void> {
  const merchantId = mustHave(shop.env.shop(), 'a shop').merchantId;
  const lookUp = rawLookUp(shop, raw);
  const codes = Array.from({ length: LOOKS }, pick);
  const measured = await pairs(
    9,
    () => sample(LOOKS, (index) => lookUp(codes[index] ?? '')),
    () =>
      sample(LOOKS, (index) => selectVoucherByKey(shop.env.db.read, merchantId, codeKeyOf(codes[index] ?? '') ?? '')),
  );
  reportPaired(`a code is looked up among ${KNOWN}`, measured, 3, 'raw look-up');
}

/**
 * Everything that decides about a code, without the command around it: against one raw look-up, and against the reads that
 * it needs. For nobody: the plain campaign. For a customer: one with every limit, whose counters have to be read.
 */
async function measureValidation(
  shop: LoyaltyShop,
  raw: Database.Database,
  pick: () => string,
  customerId: string | null,
): Promise<void> {
  const { env } = shop;
  const identity = mustHave(env.shop(), 'a shop');
  const session = mustHave(env.sessions.of('bench'), 'a session');
  const noting = notingDatabase(env.db);
  const validate = (db: typeof env.db.read, code: string) => {
    const atMs = env.time.now().trustedMs;
    const moment = { wallMs: atMs, atMs, trustedAtMs: atMs, businessDate: '2026-11-21', localHour: 12 };
    const scope = { db, env, shop: identity, moment, session };
    const key = { codeKey: codeKeyOf(code) ?? '' };
    const { voucher, facts, situation } = mustHave(readVoucher(scope, key, { customerId, saleId: null }), 'a voucher');
    return decideVoucher(voucher, facts, situation);
  };
  const codes = Array.from({ length: LOOKS }, pick);
  must(validate(env.db.read, codes[0] ?? '').kind === 'usable', 'a code that can be used is validated');
  const replay = createReplay(raw);
  const noted = codes.map((code) => {
    validate(noting.db.read, code);
    return noting.take();
  });
  const lookUp = rawLookUp(shop, raw);
  const ours = () => sample(LOOKS, (index) => validate(env.db.read, codes[index] ?? ''));
  const byLookUp = await pairs(9, () => sample(LOOKS, (index) => lookUp(codes[index] ?? '')), ours);
  const byReads = await pairs(9, () => sample(LOOKS, (index) => replay(noted[index] as NotedCommand, true)), ours);
  const reads = `${noted[0]?.outside.length ?? 0} reads`;
  const whose = customerId === null ? '' : ' for a customer under every limit';
  const measure = `a code is validated among ${KNOWN}${whose}`;
  reportPaired(measure, byLookUp, 3, 'one raw look-up', reads);
  reportPaired(measure, byReads, 3, 'raw reads', reads);
}

/** Publishes the campaign anew with a limit of every kind, far from reached, and an end. */
async function limitEverything(shop: LoyaltyShop, campaignId: string): Promise<void> {
  const { vouchers } = shop.caller;
  const counts = { total: 9_000_000, perDay: 900_000, perCustomer: 9_000, perCustomerPerDay: 900 };
  const campaign = campaignSchema.parse({
    name: 'Flyer',
    benefit: { kind: 'amount', amountMinor: 1_000 },
    limits: { ...counts, budgetMinor: 900_000_000 },
    validity: { startsOn: '2020-01-01', endsOn: '2090-12-31', windows: [{ weekdays: [0, 1, 2, 3, 4, 5, 6] }] },
  });
  const draft = await vouchers.saveDraft(op(shop, { campaignId, campaign, revision: 0, standsOnLatest: true }));
  await vouchers.publish(op(shop, { campaignId, revision: draft.revision }));
}

/**
 * A sale of three lines that redeems a voucher, its code read among all of them, against the rows that it writes and the one
 * look-up of that code (target 4).
 */
async function measureRedeem(
  shop: LoyaltyShop,
  raw: Database.Database,
  noted: BenchCaller,
  take: () => NotedCommand,
): Promise<void> {
  const saleOf = await threeLineSale(shop.caller);
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const next = { number: 0 };
  const nextCode = (): string => {
    // Far from the one before, and none twice: the step shares no factor with their number.
    next.number = (next.number + 7_919) % KNOWN;
    return loadedVoucherCode(next.number, KNOWN);
  };
  const redeem = (caller: BenchCaller) => async (): Promise<string> => {
    const code = nextCode();
    const found = selectVoucherByKey(shop.env.db.read, merchantId, codeKeyOf(code) ?? '');
    const { voucherId } = mustHave(found, 'a voucher');
    const { operationId, input } = saleOf(shop.env.newId, null);
    const sold = input as Sold;
    const totalMinor = SALE_MINOR - 1_000;
    const draft = { ...sold.draft, vouchers: [{ voucherId, choice: null }] };
    const tenders = sold.tenders.map((tender) => ({ ...tender, amountMinor: totalMinor }));
    await caller.till.completeSale({
      operationId,
      input: { ...sold, draft, tenders, expectedTotalMinor: totalMinor },
    });
    return code;
  };
  const command = { run: redeem(shop.caller), runNoted: redeem(noted), take };
  await command.runNoted();
  const first = take();
  const redeemed = first.inside.filter(({ statement }) => statement.includes('INSERT INTO voucher_redemptions')).length;
  const replay = createReplay(raw);
  replay(first, false);
  // As a till that has sold for a while, and as the other benches of sales begin.
  for (let sale = 0; sale < RUN_IN; sale += 1) {
    await command.runNoted();
    replay(take(), false);
    await command.run();
  }
  const lookUp = rawLookUp(shop, raw);
  const ratios = await againstReplay(command, raw, { withReads: false, before: (code) => void lookUp(code) });
  reportPaired('a sale redeems a voucher', ratios, 2, 'raw rows', `${redeemed} redemption in each, target 4`);
}
