import { afterEach, beforeEach, expect, test } from 'vitest';
import { mayBecome, VOUCHER_STATUSES } from '#shop/vouchers/life-cycle.ts';
import { createValueShop, type ValueShop } from './value-rows.ts';

// What the tables of vouchers hold by themselves, whoever writes into them.

let value: ValueShop;
beforeEach(async () => {
  value = await createValueShop();
});
afterEach(() => value.shop.close());

const usesOf = (id: string) => value.one('SELECT usage_count FROM vouchers WHERE id = :id', { id }).usage_count;
const totals = () => value.one('SELECT redemption_count, uses, cost_minor FROM campaign_totals');
const day = () => value.one('SELECT civil_date, uses, cost_minor FROM campaign_days');

test('V1: usage_count and the campaign’s sums are what stands of the redemptions, whole and in part', () => {
  const voucher = value.voucher({ usage_limit: 3 });
  const first = value.redeem(voucher, { uses: 2 });
  value.redeem(voucher);
  value.redeem(null);
  expect(usesOf(voucher)).toBe(3);
  expect(totals()).toEqual({ redemption_count: 3, uses: 4, cost_minor: 300 });
  expect(day()).toEqual({ civil_date: '2026-11-21', uses: 4, cost_minor: 300 });
  value.rollBack(first, { uses: 0, amount_minor: 40 });
  expect(totals()).toEqual({ redemption_count: 3, uses: 4, cost_minor: 260 });
  value.rollBack(first, { uses: 2, amount_minor: 60 });
  expect(usesOf(voucher)).toBe(1);
  expect(totals()).toEqual({ redemption_count: 2, uses: 2, cost_minor: 200 });
  expect(day()).toEqual({ civil_date: '2026-11-21', uses: 2, cost_minor: 200 });
});

test('V2: a use beyond the limit is not written, and neither is what hangs on it', () => {
  const voucher = value.voucher();
  value.redeem(voucher);
  expect(() => value.redeem(voucher)).toThrow('CHECK constraint failed: usage_count <= usage_limit');
  expect(() => value.redeem(value.voucher({ usage_limit: 2 }), { uses: 3 })).toThrow('CHECK');
  expect(totals()).toEqual({ redemption_count: 1, uses: 1, cost_minor: 100 });
  const everybody = value.voucher({ usage_limit: null });
  for (let use = 0; use < 5; use += 1) value.redeem(everybody);
  expect(usesOf(everybody)).toBe(5);
});

test('VC19: rollbacks never exceed their redemption', () => {
  const redemption = value.redeem(value.voucher({ usage_limit: 9 }), { uses: 2 });
  expect(() => value.rollBack(redemption, { uses: 3 })).toThrow('rollbacks cannot exceed');
  expect(() => value.rollBack(redemption, { amount_minor: 101 })).toThrow('rollbacks cannot exceed');
  value.rollBack(redemption, { uses: 1, amount_minor: 60 });
  expect(() => value.rollBack(redemption, { uses: 2, amount_minor: 0 })).toThrow('rollbacks cannot exceed');
  expect(() => value.rollBack(redemption, { uses: 0, amount_minor: 41 })).toThrow('rollbacks cannot exceed');
  value.rollBack(redemption, { uses: 1, amount_minor: 40 });
  expect(totals()).toEqual({ redemption_count: 0, uses: 0, cost_minor: 0 });
});

test('a voucher’s status moves as its life-cycle says and in no other way', () => {
  const setTo = (id: string, status: string) =>
    value.run(
      "UPDATE vouchers SET status = :status, revoked_at_ms = iif(:status = 'revoked', 1, NULL) WHERE id = :id",
      { id, status },
    );
  for (const from of VOUCHER_STATUSES) {
    for (const to of VOUCHER_STATUSES) {
      const id = value.voucher({ status: from, revoked_at_ms: from === 'revoked' ? 1 : null });
      if (from === to || mayBecome(from, to)) setTo(id, to);
      else expect(() => setTo(id, to), `${from} to ${to}`).toThrow('not allowed');
    }
  }
});

test('S0-1 S0-39 S0-56: each scan of a voucher counts once and is its first step; S0-2 S0-3: so do claims and impressions', () => {
  const voucher = value.voucher();
  const scan = () =>
    value.run(
      `INSERT INTO qr_scan_logs (id, merchant_id, shop_id, terminal_id, voucher_id, scan_source, code_kind, scan_result, code_hash, business_date, created_at_ms)
       SELECT :id, merchant_id, shop_id, id, :voucher, 'HID', 'code', 'voucher', 'hash', '2026-11-21', 1
       FROM (SELECT t.id, t.merchant_id, t.shop_id FROM terminals t LIMIT 1)`,
      { id: value.shop.newId(), voucher },
    );
  for (let read = 0; read < 3; read += 1) scan();
  const claim = { customer_id: value.customerId, voucher_id: voucher, campaign_id: value.campaignId, claimed_at_ms: 1 };
  value.insert('customer_vouchers', claim);
  value.insert('voucher_impressions', { voucher_id: voucher, kind: 'print', impressions: 24, at_ms: 1 });
  const seen = value.one('SELECT status, scan_count, claim_count, impressions FROM vouchers WHERE id = :voucher', {
    voucher,
  });
  expect(seen).toEqual({ status: 'scanned', scan_count: 3, claim_count: 1, impressions: 24 });
  expect(() => value.insert('customer_vouchers', claim)).toThrow('UNIQUE');
  value.run("UPDATE vouchers SET status = 'claimed' WHERE id = :voucher", { voucher });
  scan();
  expect(value.one('SELECT status FROM vouchers WHERE id = :voucher', { voucher }).status).toBe('claimed');
});

test('VC7 S3-112: a code stands once in a shop, and what the system gives has one key', () => {
  value.voucher({ code: 'BREK-10', code_key: 'BREK10' });
  expect(() => value.voucher({ code: 'brek10', code_key: 'BREK10' })).toThrow('UNIQUE');
  value.voucher({ issue_key: 'cause' });
  expect(() => value.voucher({ issue_key: 'cause' })).toThrow('UNIQUE');
});

test('S0-7 S0-19 V2: vouchers, claims, redemptions, rollbacks and attempts are kept, and do not change', () => {
  const voucher = value.voucher();
  const redemption = value.redeem(voucher);
  value.rollBack(redemption);
  value.insert('customer_vouchers', {
    customer_id: value.customerId,
    voucher_id: voucher,
    campaign_id: value.campaignId,
    claimed_at_ms: 1,
  });
  value.insert('voucher_impressions', { voucher_id: voucher, kind: 'print', impressions: 1, at_ms: 1 });
  for (const table of [
    'vouchers',
    'customer_vouchers',
    'voucher_redemptions',
    'voucher_rollbacks',
    'campaign_versions',
    'voucher_impressions',
  ]) {
    expect(() => value.run(`DELETE FROM ${table}`), table).toThrow('kept');
  }
  expect(() => value.run('UPDATE voucher_redemptions SET uses = 2')).toThrow('do not change');
  expect(() => value.run('UPDATE voucher_rollbacks SET uses = 0')).toThrow('do not change');
  expect(() => value.run("UPDATE vouchers SET code_key = 'OTHER'")).toThrow('does not change');
  expect(() => value.run("UPDATE campaign_versions SET definition = '[]'")).toThrow('does not change');
});

test('S0-31: an attempt is written first and becomes successful once, or keeps its reason', () => {
  const { shopId = '', terminalId = '' } = value.shop.env.shop() ?? {};
  const staffId = value.one('SELECT id FROM staff_members').id ?? '';
  const attempt = (given: object = {}) =>
    value.insert('redemption_attempts', {
      code_hash: 'hash',
      kind: 'redeem',
      business_id: shopId,
      terminal_id: terminalId,
      staff_id: staffId,
      attempted_at_ms: 1,
      ...given,
    });
  const id = attempt();
  value.run('UPDATE redemption_attempts SET successful = 1 WHERE id = :id', { id });
  expect(() => value.run('UPDATE redemption_attempts SET successful = 0 WHERE id = :id', { id })).toThrow(
    'do not change',
  );
  const failed = attempt({ failure_reason: 'voucher-unknown' });
  expect(() =>
    value.run('UPDATE redemption_attempts SET failure_reason = NULL WHERE id = :failed', { failed }),
  ).toThrow('do not change');
  expect(() => value.run('UPDATE redemption_attempts SET successful = 1 WHERE id = :failed', { failed })).toThrow(
    'do not change',
  );
  const open = attempt();
  expect(() => value.run("UPDATE redemption_attempts SET code_hash = 'other' WHERE id = :open", { open })).toThrow(
    'do not change',
  );
  expect(() => attempt({ successful: 1, failure_reason: 'voucher-used' })).toThrow('CHECK');
  expect(() => value.run('DELETE FROM redemption_attempts')).toThrow('kept');
});

test('an ended campaign stays ended, and a pause and an end say when', () => {
  const id = value.insert('campaigns', { name: 'x', status: 'live', created_at_ms: 0 });
  const to = (more: string) => () => value.run(`UPDATE campaigns SET ${more} WHERE id = :id`, { id });
  expect(to("status = 'paused'")).toThrow('CHECK');
  to("status = 'paused', paused_at_ms = 1")();
  expect(to("status = 'draft', paused_at_ms = NULL")).toThrow('not allowed');
  to("status = 'ended', paused_at_ms = NULL, ended_at_ms = 2, is_archived = 1")();
  expect(to("status = 'live', ended_at_ms = NULL, is_archived = 0")).toThrow('not allowed');
});
