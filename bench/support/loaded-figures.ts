import Database from 'better-sqlite3';
import { loadedVoucherCode } from './loaded-codes.ts';
import { loadedId, setAside } from './loaded-history.ts';
import { seeded } from './measure.ts';

const DAY_MS = 86_400_000;
const STARTS_AT_MS = Date.UTC(2026, 7, 1);
const SOURCES = ['CAMERA', 'GALLERY', 'LINK', 'SHARE', 'HID', 'MANUAL', 'RECEIPT'];
const REASONS = ['voucher-expired', 'voucher-used', 'voucher-minimum-not-met'];

/** How much happened with the codes of a campaign; a third as many claims as scans, half of them used, one use in ten given back. */
export interface LoadedFigures {
  readonly campaignId: string;
  readonly codes: number;
  /** How many of the codes were ever scanned: 1 is a code for everybody. */
  readonly scannedCodes: number;
  readonly scans: number;
  readonly customers: number;
}

/** Puts the codes of a campaign and what happened with them in 100 days straight into the tables, for speed. */
export function loadFigures(databasePath: string, loaded: LoadedFigures): void {
  const db = new Database(databasePath);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -524288');
  const putTriggers = setAside(db, "type = 'trigger'");
  const putIndexes = setAside(db, "type = 'index' AND sql IS NOT NULL AND tbl_name <> 'vouchers'");
  db.transaction(() => fill(db, loaded))();
  putIndexes();
  putTriggers();
  db.exec('ANALYZE');
  db.pragma('journal_mode = WAL');
  db.close();
}

function fill(db: Database.Database, { campaignId, codes, scannedCodes, scans, customers }: LoadedFigures): void {
  const shop = db
    .prepare(
      `SELECT t.merchant_id AS merchantId, t.shop_id AS shopId, t.terminal_id AS terminalId,
         (SELECT id FROM staff_members LIMIT 1) AS staffId,
         (SELECT id FROM campaign_versions WHERE campaign_id = ?) AS versionId
       FROM terminal_state t`,
    )
    .get(campaignId) as Record<'merchantId' | 'shopId' | 'terminalId' | 'staffId' | 'versionId', string>;
  const insertOf = (table: string, names: string): Database.Statement =>
    db.prepare(
      `INSERT INTO ${table} (${names}) VALUES (${names
        .split(',')
        .map(() => '?')
        .join()})`,
    );
  const random = seeded(5);
  const pick = (most: number): number => Math.floor(random() * most);
  const { merchantId, shopId, terminalId, staffId, versionId } = shop;
  const kind = `figures-${codes}`;
  const voucher = insertOf(
    'vouchers',
    'id,merchant_id,campaign_id,code,code_key,type,value,status,created_at_ms,scan_count,claim_count,usage_count,impressions',
  );
  for (let number = 0; number < codes; number += 1) {
    const code = codes === 1 ? 'FIGURES' : loadedVoucherCode(number, codes);
    const wasScanned = number < scannedCodes ? 1 : 0;
    const id = loadedId(kind, number);
    voucher.run(
      id,
      merchantId,
      campaignId,
      code,
      code.replaceAll('-', ''),
      'percent',
      1000,
      'published',
      0,
      wasScanned,
      0,
      0,
      wasScanned,
    );
  }
  const scan = insertOf(
    'qr_scan_logs',
    'id,merchant_id,shop_id,terminal_id,customer_id,voucher_id,scan_type,scan_source,code_kind,scan_result,code_hash,business_date,created_at_ms',
  );
  const claim = insertOf(
    'customer_vouchers',
    'id,merchant_id,customer_id,voucher_id,campaign_id,status,claimed_at_ms,expires_at_ms',
  );
  const use = insertOf(
    'voucher_redemptions',
    'id,merchant_id,campaign_id,campaign_version_id,voucher_id,customer_id,transaction_id,redemption_type,uses,discount_amount_minor,shop_id,terminal_id,staff_id,civil_date,business_date,used_at_ms,trusted_at_ms,group_id',
  );
  const back = insertOf('voucher_rollbacks', 'id,merchant_id,redemption_id,uses,amount_minor,reason,at_ms,group_id');
  const attempt = insertOf(
    'redemption_attempts',
    'id,merchant_id,voucher_id,code_hash,kind,business_id,terminal_id,staff_id,attempted_at_ms,failure_reason',
  );
  const shown = insertOf('voucher_impressions', 'id,merchant_id,voucher_id,kind,impressions,at_ms');
  const claimed = new Set<string>();
  for (let number = 0; number < scans; number += 1) {
    const voucherId = loadedId(kind, pick(scannedCodes));
    const customerId = number % 10 === 0 ? null : loadedId('customer', 1 + pick(customers));
    const atMs = STARTS_AT_MS + Math.floor((number / scans) * 100 * DAY_MS);
    const date = new Date(atMs).toISOString().slice(0, 10);
    const [id, source] = [loadedId(`${kind}-scan`, number), SOURCES[pick(7)]];
    const type = number % 3 === 0 ? 'CUSTOMER' : 'BUSINESS';
    scan.run(
      id,
      merchantId,
      shopId,
      terminalId,
      customerId,
      voucherId,
      type,
      source,
      'voucher',
      'voucher',
      'h',
      date,
      atMs,
    );
    if (number % 6 === 0) shown.run(loadedId(`${kind}-shown`, number), merchantId, voucherId, 'print', 1, atMs);
    if (number % 8 === 0) {
      const reason = REASONS[pick(3)];
      attempt.run(
        loadedId(`${kind}-try`, number),
        merchantId,
        voucherId,
        'h',
        'check',
        shopId,
        terminalId,
        staffId,
        atMs,
        reason,
      );
    }
    const pair = `${customerId} ${voucherId}`;
    if (number % 3 !== 1 || customerId === null || claimed.has(pair)) continue;
    claimed.add(pair);
    const isUsed = number % 2 === 0;
    const status = isUsed ? 'REDEEMED' : 'CLAIMED';
    claim.run(loadedId(`${kind}-claim`, number), merchantId, customerId, voucherId, campaignId, status, atMs + 1, null);
    if (!isUsed) continue;
    const redemptionId = loadedId(`${kind}-use`, number);
    const usedMs = atMs + pick(20 * DAY_MS);
    const row = [redemptionId, merchantId, campaignId, versionId, voucherId, customerId, loadedId('sale', number)];
    use.run(...row, 'percent', 1, 500, shopId, terminalId, staffId, date, date, usedMs, usedMs, 'g');
    if (number % 20 === 0)
      back.run(loadedId(`${kind}-back`, number), merchantId, redemptionId, 1, 500, 'refund', usedMs, 'g');
  }
}
