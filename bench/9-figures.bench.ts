// What the figures of a campaign cost (S0-44 and on), counted from rows: 300,000 scans of one code for everybody, and as many
// on 100,000 of 1,000,000 codes, with their claims, uses, impressions and refusals; against raw counts of the same rows.
// FIGURES_SCANS and FIGURES_CODES make it smaller.
import Database from 'better-sqlite3';
import { test } from 'vitest';
import { must, mustHave } from '#shop/must.ts';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { copyOfShop, loadedShop } from './support/bench-shop.ts';
import { loadFigures } from './support/loaded-figures.ts';
import { type LoyaltyShop, openLoyaltyShop } from './support/loyalty-shop.ts';
import { median, report, round, timed } from './support/measure.ts';

const SCANS = Number(process.env.FIGURES_SCANS ?? 300_000);
const CODES = Number(process.env.FIGURES_CODES ?? 1_000_000);
const CUSTOMERS = 10_000;
const ROUNDS = 9;

const op = <Input>(shop: LoyaltyShop, input: Input) => ({ operationId: shop.env.newId(), input });

async function publish(shop: LoyaltyShop, name: string): Promise<string> {
  const { vouchers } = shop.caller;
  const campaign = campaignSchema.parse({ name, benefit: { kind: 'amount', amountMinor: 1_000 } });
  const { campaignId, revision } = await vouchers.saveDraft(op(shop, { campaignId: null, campaign, revision: 0 }));
  await vouchers.publish(op(shop, { campaignId, revision }));
  return campaignId;
}

test('the figures of a campaign are counted', async () => {
  for (const [codes, scannedCodes] of [
    [1, 1],
    [CODES, Math.ceil(CODES / 10)],
  ] as const) {
    const copy = copyOfShop(await loadedShop(CUSTOMERS));
    const first = openLoyaltyShop(copy);
    const campaignId = await publish(first, 'Flyer');
    await first.close();
    loadFigures(copy.databasePath, { campaignId, codes, scannedCodes, scans: SCANS, customers: CUSTOMERS });
    const shop = openLoyaltyShop(copy);
    await measure(shop, copy.databasePath, { campaignId, codes });
    await shop.close();
    copy.remove();
  }
}, 3_600_000);

/** The rows that the figures go through, counted and nothing else. */
function rawCounts(databasePath: string, campaignId: string): { readonly count: () => number; close(): void } {
  const raw = new Database(databasePath, { readonly: true });
  raw.pragma('cache_size = -65536');
  raw.pragma('mmap_size = 268435456');
  const counts = [
    'SELECT COUNT(*) FROM vouchers v JOIN qr_scan_logs s ON s.voucher_id = v.id WHERE v.campaign_id = ? AND v.scan_count > 0',
    'SELECT COUNT(*) FROM vouchers v JOIN voucher_impressions s ON s.voucher_id = v.id WHERE v.campaign_id = ? AND v.impressions > 0',
    'SELECT COUNT(*) FROM customer_vouchers WHERE campaign_id = ?',
    'SELECT COUNT(*) FROM voucher_redemptions WHERE campaign_id = ?',
    `SELECT COUNT(*) FROM redemption_attempts a CROSS JOIN vouchers v ON v.id = a.voucher_id
     WHERE a.merchant_id = (SELECT id FROM merchants) AND a.attempted_at_ms >= 0 AND a.successful = 0 AND v.campaign_id = ?`,
  ].map((statement) => raw.prepare(statement).pluck());
  return {
    count: () => counts.reduce((rows, statement) => rows + (statement.get(campaignId) as number), 0),
    close: () => void raw.close(),
  };
}

async function measure(
  shop: LoyaltyShop,
  databasePath: string,
  { campaignId, codes }: { readonly campaignId: string; readonly codes: number },
): Promise<void> {
  const raw = rawCounts(databasePath, campaignId);
  const merchantId = mustHave(shop.env.shop(), 'a shop').merchantId;
  const task = { merchantId, campaignId, voucherId: null, fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  const taken: { ms: number; cpuMs: number; rawMs: number; rawCpuMs: number }[] = [];
  let rows = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const base = await timed(async () => {
      rows = raw.count();
    });
    const ours = await timed(async () => {
      const { counts } = await shop.env.heavy.countFigures(task);
      must(counts.scans === SCANS, 'every scan is counted');
    });
    taken.push({ ...ours, rawMs: base.ms, rawCpuMs: base.cpuMs });
  }
  raw.close();
  const over = (pick: (one: (typeof taken)[number]) => number): number => median(taken.map(pick));
  const what = `the figures of a campaign with ${codes} ${codes === 1 ? 'code' : 'codes'} and ${SCANS} scans`;
  const ms = over((one) => one.ms);
  report({
    measure: `${what}, p50`,
    value: round(ms, 0),
    unit: 'ms',
    target: 'figures: < 1000',
    isMet: ms < 1000,
    note: `${rows} rows; the first time ${round(taken[0]?.ms ?? 0, 0)} ms, processor ${round(
      over((one) => one.cpuMs),
      0,
    )} ms`,
  });
  report({
    measure: `${what}, cpu`,
    value: round(
      over((one) => one.cpuMs / one.rawCpuMs),
      1,
    ),
    unit: 'x raw counts of the same rows',
    note: `raw ${round(
      over((one) => one.rawMs),
      0,
    )} ms`,
  });
}
