import Database from 'better-sqlite3';
import { CODE_ALPHABET, checkCharacterOf } from '#shop/ids/code.ts';
import { loadedId } from './loaded-history.ts';

const DIGITS = 10;
const ROOM = 32 ** DIGITS;

/** The code with a number among so many: they rise with it and lie evenly, so that every look-up walks the whole tree. */
export function loadedVoucherCode(number: number, count: number): string {
  let rest = Math.floor((ROOM / count) * number);
  let body = '';
  for (let digit = 0; digit < DIGITS; digit += 1) {
    body = CODE_ALPHABET.charAt(rest % 32) + body;
    rest = Math.floor(rest / 32);
  }
  const key = body + checkCharacterOf(body);
  return `${key.slice(0, 4)}-${key.slice(4, 8)}-${key.slice(8)}`;
}

/** Puts so many codes of a campaign straight into the table: rows in the order of both trees, for speed. */
export function loadCodes(databasePath: string, campaignId: string, count: number): void {
  const db = new Database(databasePath);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('cache_size = -524288');
  const { merchantId, staffId } = db
    .prepare('SELECT merchant_id AS merchantId, (SELECT id FROM staff_members LIMIT 1) AS staffId FROM terminal_state')
    .get() as { merchantId: string; staffId: string };
  const batchId = loadedId('batch', 1);
  db.prepare(
    `INSERT INTO voucher_batches (id, merchant_id, campaign_id, kind, pattern, wanted, made, status, created_by_staff_id, created_at_ms, ended_at_ms)
     VALUES (?, ?, ?, 'made', '####-####-###', 1000000, 1000000, 'done', ?, 0, 0)`,
  ).run(batchId, merchantId, campaignId, staffId);
  const insert = db.prepare(
    `INSERT INTO vouchers (id, merchant_id, campaign_id, batch_id, code, code_key, type, value, usage_limit, status, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, 'percent', 1000, 1, 'published', 0)`,
  );
  db.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const code = loadedVoucherCode(number, count);
      insert.run(loadedId('voucher', number), merchantId, campaignId, batchId, code, code.replaceAll('-', ''));
    }
  })();
  db.pragma('journal_mode = WAL');
  db.exec('ANALYZE');
  db.close();
}
