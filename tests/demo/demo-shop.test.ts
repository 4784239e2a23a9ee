import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import { sql } from '#backend/db/database.ts';
import { makeDemoShop } from '#backend/demo/make-demo.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createEmptyBackend } from '../support/test-backend.ts';

const NOW_MS = Date.UTC(2026, 10, 20, 18, 30);

describe('the sample shop', () => {
  const clock = createFakeClock(NOW_MS);
  const backend = createEmptyBackend({ clock });
  const read = <Row>(statement: Parameters<typeof backend.env.db.read.get>[0]) =>
    backend.env.db.read.get<Row>(statement);

  beforeAll(async () => {
    await makeDemoShop(backend.env, { language: 'en', seed: 7, nowMs: NOW_MS });
  }, 60_000);
  afterAll(() => backend.close());

  // proves S1-58
  test('S1-58: it holds 40 products, 600 customers and 90 days of sales that went through the engine', () => {
    const counts = read<Record<string, number>>(sql`
      SELECT (SELECT COUNT(*) FROM products) AS products, (SELECT COUNT(*) FROM customers) AS customers,
        (SELECT COUNT(DISTINCT business_date) FROM transactions WHERE status = 'completed') AS days,
        (SELECT COUNT(*) FROM transactions WHERE status = 'completed') AS sales,
        (SELECT COUNT(*) FROM refunds) AS refunds,
        (SELECT COUNT(*) FROM transactions WHERE kind = 'AWARD') AS awards,
        (SELECT COUNT(*) FROM staff_members) AS staff`);
    expect(counts).toMatchObject({ products: 40, customers: 600, days: 90, staff: 5 });
    expect(counts?.sales).toBeGreaterThan(3500);
    expect(counts?.refunds).toBeGreaterThan(10);
    expect(counts?.awards).toBeGreaterThan(10);
  });

  test('VC27: its campaigns stand as on the Vouchers page, and were scanned, claimed and redeemed at the till', () => {
    const counts = read<Record<string, number>>(sql`
      SELECT (SELECT COUNT(*) FROM campaigns) AS campaigns, (SELECT COUNT(*) FROM campaigns WHERE status = 'paused') AS paused,
        (SELECT COUNT(*) FROM voucher_scans) AS scans, (SELECT COUNT(*) FROM customer_vouchers) AS claims,
        (SELECT COUNT(*) FROM voucher_redemptions WHERE transaction_id IS NOT NULL) AS atTheTill,
        (SELECT COUNT(*) FROM credit_accounts WHERE kind = 'gift-card') AS cards,
        (SELECT COUNT(*) FROM credit_accounts WHERE kind = 'credit' AND balance_minor > 0) AS credit,
        (SELECT COUNT(*) FROM customer_packages) AS passes`);
    expect(counts).toMatchObject({ campaigns: 8, paused: 1, cards: 1, credit: 6, passes: 6 });
    expect(counts?.atTheTill).toBeGreaterThan(50);
    expect(counts?.claims).toBeGreaterThan(counts?.atTheTill ?? 0);
    expect(counts?.scans).toBeGreaterThan(counts?.claims ?? 0);
  });

  test('S3-57: who stands at the till made no voucher, so each can be redeemed there, but for one from the manager', () => {
    const made = read<Record<string, number>>(sql`
      SELECT SUM(s.name = 'Rosa Lapacho') AS byOwner, SUM(s.name = 'Diego Acosta') AS byManager, COUNT(*) AS vouchers
      FROM vouchers v JOIN staff_members s ON s.id = COALESCE(v.issued_by_staff_id, v.created_by_staff_id)`);
    expect(made?.byManager).toBe(1);
    expect(made?.byOwner).toBe((made?.vouchers ?? 0) - 1);
    expect(
      read<{ gifts: number }>(sql`
        SELECT COUNT(*) AS gifts FROM vouchers v JOIN staff_members s ON s.id = v.issued_by_staff_id
        WHERE s.name = 'Diego Acosta' AND v.usage_count = 0`)?.gifts,
    ).toBe(1);
  });

  test('T10 PT8: rewards were used, there are customers of every tier, and each tier is what the ladder says', () => {
    const counts = read<Record<string, number>>(sql`
      SELECT (SELECT COUNT(*) FROM points_transactions WHERE kind = 'redeem') AS redeemed,
        (SELECT COUNT(*) FROM transaction_discounts WHERE source = 'points') AS shares,
        (SELECT COUNT(*) FROM customer_tiers WHERE tier_id = 'silver') AS silver,
        (SELECT COUNT(*) FROM customer_tiers WHERE tier_id = 'gold') AS gold,
        (SELECT COUNT(*) FROM customers WHERE total_spent_minor >= 1800000) AS bigSpenders`);
    expect(counts?.redeemed).toBeGreaterThan(30);
    expect(counts?.shares).toBeGreaterThanOrEqual(counts?.redeemed ?? 0);
    expect(counts?.silver).toBeGreaterThan(10);
    expect(counts?.gold).toBe(counts?.bigSpenders);
    expect(counts?.gold).toBeGreaterThan(0);
  });

  test('L1 L3 L11: balances, customer totals and days equal the rows they sum', () => {
    const broken = read<Record<string, number>>(sql`
      SELECT
        (SELECT COUNT(*) FROM customer_loyalty_accounts a
         WHERE a.current_points <> (SELECT COALESCE(SUM(points), 0) FROM points_transactions e WHERE e.account_id = a.id)) AS balances,
        (SELECT COUNT(*) FROM customers c
         WHERE c.total_spent_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries e WHERE e.customer_id = c.id)) AS totals,
        (SELECT COUNT(*) FROM merchant_daily_analytics d
         WHERE d.total_sales_minor <> (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries e WHERE e.business_date = d.business_date)) AS days,
        (SELECT SUM(total_sales_minor) FROM merchant_daily_analytics)
          - (SELECT SUM(amount_minor - refunded_minor) FROM transactions WHERE status = 'completed') AS difference`);
    expect(broken).toEqual({ balances: 0, totals: 0, days: 0, difference: 0 });
  });

  test('A1 A5: its audit chain is whole and every command has one op and one answer, but for a draft', () => {
    expect(verifyAuditChain(backend.env.db.read).brokenAtSeq).toBeNull();
    const counts = read<{ ops: number; answers: number; lastSeq: number }>(sql`
      SELECT (SELECT COUNT(*) FROM outbox) AS ops, (
          SELECT COUNT(*) FROM operations WHERE action <> 'points.saveProgrammeDraft') AS answers,
        (SELECT last_op_seq FROM terminal_state) AS lastSeq`);
    expect(counts?.ops).toBe(counts?.answers);
    expect(counts?.lastSeq).toBe(counts?.ops);
  });

  test('nothing of it lies in the future', () => {
    const latest = read<{ atMs: number }>(sql`SELECT MAX(completed_at_ms) AS atMs FROM transactions`);
    expect(latest?.atMs).toBeLessThanOrEqual(NOW_MS);
  });
});
