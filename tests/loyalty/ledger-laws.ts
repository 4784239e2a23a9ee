import { expect } from 'vitest';
import { type EntryRow, selectEntries } from '#backend/points/entries-store.ts';
import { selectProgrammeVersion } from '#backend/points/programmes-store.ts';
import { pricedAsFrozen, soldItemsOf } from '#backend/till/sale-lines.ts';
import { selectItems, selectSale } from '#backend/till/sales-store.ts';
import { mulDiv } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { amountSaleOf, computeEarning } from '#shop/points/earning.ts';
import { earningContextSchema } from '#shop/points/earning-context.ts';
import { computeEventEarning } from '#shop/points/event-earning.ts';
import { foldLots } from '#shop/points/lots.ts';
import type { NegativeBalance } from '#shop/points/programme.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { SPENT_ONCE } from '../till/spent-once-laws.ts';
import type { LoyaltyShop } from './loyalty-shop.ts';

// L1 to L11 of the ledger, computed from the rows alone.

/** Rows of a statement. */
export const rows = <Row = Record<string, number | string | null>>(shop: LoyaltyShop, statement: string): Row[] =>
  shop.env.db.read.all<Row>(statement as never);

/** A shop with its customers, and its ledger as it stood after the last command. */
export interface LawfulWorld {
  readonly shop: LoyaltyShop;
  /** Those who stand for themselves, and null for nobody. */
  readonly customers: readonly (string | null)[];
  /** What becomes of balances below zero, in every version of the main programme. */
  readonly policy: NegativeBalance;
  history: string[];
  /** The entries of the main programme by account. */
  ledgers: ReadonlyMap<string, readonly EntryRow[]>;
}

/** What a command was, as far as the laws ask: joining and parting records moves what is owed along with what is had. */
export interface Taken {
  readonly movesOwed: boolean;
  /** Money that it handed back less what it kept for points, in minor units; 0 where none was handed back. */
  readonly handedBackMinor: number;
}

/** Checks every law of the ledger after a command, from the rows alone. */
export async function checkLaws(world: LawfulWorld, taken: Taken): Promise<void> {
  const { shop } = world;
  // L1, L2, L3: every balance is the sum of its entries, the account's those of the main programme, and both sides agree.
  expect(
    rows(
      shop,
      `SELECT b.account_id FROM programme_balances b
       WHERE (b.current_points, b.earned_points, b.redeemed_points, b.expired_points, b.adjusted_points) <> (
         SELECT SUM(e.points), SUM(iif(e.system_account = 'issued', e.points, 0)), -SUM(iif(e.system_account = 'redeemed', e.points, 0)),
           -SUM(iif(e.system_account = 'expired', e.points, 0)), SUM(iif(e.system_account = 'adjusted', e.points, 0))
         FROM points_transactions e WHERE e.account_id = b.account_id AND e.program_id = b.program_id)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT a.id FROM customer_loyalty_accounts a
       WHERE a.current_points <> (SELECT COALESCE(SUM(e.points), 0) FROM points_transactions e
         JOIN loyalty_programs p ON p.id = e.program_id AND p.is_main = 1 WHERE e.account_id = a.id)`,
    ),
  ).toEqual([]);
  checkFloor(world, taken);
  // L5: what was written stays, in its order.
  const entries = rows<{ row: string }>(
    shop,
    'SELECT id || points || kind || program_id AS row FROM points_transactions ORDER BY seq',
  ).map(({ row }) => row);
  expect(entries.slice(0, world.history.length)).toEqual(world.history);
  world.history = entries;
  // L6: a reversal has one original of its account and programme and never exceeds it.
  expect(
    rows(
      shop,
      `SELECT r.id FROM points_transactions r JOIN points_transactions o ON o.id = r.reverses_id
       WHERE o.reverses_id IS NOT NULL OR o.account_id <> r.account_id OR o.program_id <> r.program_id
         OR sign(o.points + (SELECT SUM(x.points) FROM points_transactions x WHERE x.reverses_id = o.id)) = -sign(o.points)`,
    ),
  ).toEqual([]);
  // L11: the days sum to the whole.
  expect(
    rows(
      shop,
      `SELECT COALESCE(SUM(total_sales_minor), 0) - (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries) AS money,
         COALESCE(SUM(points_issued + points_adjusted - points_redeemed - points_expired), 0)
           - (SELECT COALESCE(SUM(points), 0) FROM points_transactions) AS points
       FROM merchant_daily_analytics`,
    ),
  ).toEqual([{ money: 0, points: 0 }]);
  checkSales(shop);
  checkEarnings(shop);
  await checkPositions(world);
}

/** What a sale takes off stands on its lines and with its offers; no refund hands back more than was paid. */
function checkSales(shop: LoyaltyShop): void {
  for (const [law, statement] of Object.entries(SPENT_ONCE)) expect(rows(shop, statement), law).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT i.id FROM transaction_items i
       WHERE i.offer_discount_minor + i.points_discount_minor <> COALESCE(
         (SELECT SUM(d.amount_minor) FROM transaction_discounts d WHERE d.transaction_item_id = i.id), 0)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT t.id FROM transactions t WHERE t.status = 'completed' AND t.kind = 'SALE' AND (
         t.total_minor <> (SELECT SUM(i.payable_minor) FROM transaction_items i WHERE i.transaction_id = t.id)
         OR t.amount_minor <> (SELECT COALESCE(SUM(x.amount_minor), 0) FROM transaction_tenders x WHERE x.transaction_id = t.id AND x.status = 'approved')
         OR t.refunded_minor > t.amount_minor)`,
    ),
  ).toEqual([]);
  expect(
    rows(
      shop,
      `SELECT r.id FROM refunds r WHERE r.amount_minor <> r.deducted_minor
         + (SELECT COALESCE(SUM(x.amount_minor), 0) FROM refund_tenders x WHERE x.refund_id = r.id)`,
    ),
  ).toEqual([]);
}

/** L8: an earning is what its own version makes of its sale, as it was frozen. */
function checkEarnings(shop: LoyaltyShop): void {
  checkEvents(shop);
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const db = shop.env.db.read;
  const earned = rows<{ saleId: string; versionId: string; context: string; points: number }>(
    shop,
    `SELECT transaction_id AS saleId, programme_version_id AS versionId, context, points FROM points_transactions
     WHERE kind = 'earn' AND transaction_id IS NOT NULL ORDER BY seq DESC LIMIT 3`,
  );
  for (const { saleId, versionId, context, points } of earned) {
    const sale = mustHave(selectSale(db, merchantId, saleId), 'the sale');
    const version = mustHave(selectProgrammeVersion(db, merchantId, versionId), 'the version');
    const items = selectItems(db, saleId);
    const earningSale =
      sale.kind === 'AWARD'
        ? amountSaleOf(sale.totalMinor)
        : earningSaleOf(soldItemsOf(items), pricedAsFrozen(sale, items), sale.taxMode);
    expect(computeEarning(earningSale, version, earningContextSchema.parse(JSON.parse(context))).points).toBe(points);
  }
}

/** Lots are never below zero and sum to what is shown; a tier that has not lapsed stands as it was written (L10, C-15). */
async function checkPositions({ shop, customers }: LawfulWorld): Promise<void> {
  for (const customerId of customers) {
    if (customerId === null) continue;
    const shown = await shop.position(customerId);
    expect(shown.lots.every((lot) => lot.remaining > 0 && lot.remaining <= lot.points)).toBe(true);
    expect(shown.lots.reduce((sum, lot) => sum + lot.remaining, 0) - shown.owedPoints).toBe(shown.balance);
    const account = rows<{ id: string; tier: string | null; keeps: number | null }>(
      shop,
      `SELECT a.id, t.tier_id AS tier, t.keeps_until_ms AS keeps FROM customer_loyalty_accounts a
       LEFT JOIN customer_tiers t ON t.account_id = a.id WHERE a.customer_id = '${customerId}'`,
    )[0];
    if (account === undefined) continue;
    const entries = selectEntries(shop.env.db.read, account.id).filter(({ programId }) => programId === shop.programId);
    const folded = foldLots(entries, shop.clock.wallNowMs());
    expect([shown.balance, shown.spendablePoints]).toEqual([folded.balance, folded.spendablePoints]);
  }
}

/** The entries of the main programme by account, in the order in which they were booked. */
export function ledgersOf(shop: LoyaltyShop): ReadonlyMap<string, readonly EntryRow[]> {
  const ids = rows<{ id: string }>(shop, 'SELECT id FROM customer_loyalty_accounts').map(({ id }) => id);
  const ofMain = ({ programId }: EntryRow) => programId === shop.programId;
  return new Map(ids.map((id) => [id, selectEntries(shop.env.db.read, id).filter(ofMain)]));
}

/**
 * L4: no command takes a balance below zero, or further below, than the programme's policy lets it. Where it lets it go there at
 * all, only points that are taken back do so; where money is kept instead, only when too little was handed back to buy a
 * point. Balances are those of people: what joining records moves is not taken from anybody.
 */
function checkFloor(world: LawfulWorld, { movesOwed, handedBackMinor }: Taken): void {
  const { shop, policy } = world;
  const nowMs = shop.clock.wallNowMs();
  const after = ledgersOf(shop);
  const before = world.ledgers;
  world.ledgers = after;
  const changes = [...after].map(([account, entries]) => {
    const was = foldLots(before.get(account) ?? [], nowMs).balance;
    const added = entries.slice((before.get(account) ?? []).length);
    return { was, is: foldLots(entries, nowMs).balance, added };
  });
  if (movesOwed) {
    const sum = (of: 'was' | 'is') => changes.reduce((total, change) => total + change[of], 0);
    expect(sum('is')).toBe(sum('was'));
    return;
  }
  for (const { was, is, added } of changes) {
    if (is >= Math.min(0, was)) continue;
    expect(policy).not.toBe('FLOOR_AT_ZERO');
    expect(added.map(({ kind }) => kind)).toContain(
      added.some(({ kind }) => kind === 'merge') ? 'merge' : 'reverse_earn',
    );
    // One point is worth 2 minor units (50 for 1.00).
    if (policy === 'DEDUCT_CASH') expect(mulDiv(handedBackMinor, 50, 100, 'floor')).toBe(0);
  }
}

/** L8 of what came without a sale: what the version makes of the event in the world that was kept with it. */
function checkEvents(shop: LoyaltyShop): void {
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const given = rows<{ versionId: string; event: string; context: string; points: number; spendMinor: number | null }>(
    shop,
    `SELECT e.programme_version_id AS versionId, a.event, a.context, e.points, iif(a.sale_id IS NULL, NULL, (
         SELECT CASE t.kind WHEN 'AWARD' THEN t.total_minor ELSE COALESCE(SUM(i.payable_minor), 0) END
         FROM transactions t LEFT JOIN transaction_items i ON i.transaction_id = t.id AND i.is_stored_value = 0
         WHERE t.id = a.sale_id)) AS spendMinor
     FROM points_transactions e JOIN event_awards a ON a.entry_id = e.id
     WHERE e.kind = 'earn' ORDER BY e.seq DESC LIMIT 3`,
  );
  for (const { versionId, event, context, points, spendMinor } of given) {
    const version = mustHave(selectProgrammeVersion(shop.env.db.read, merchantId, versionId), 'the version');
    const frozen = earningContextSchema.parse(JSON.parse(context));
    expect(computeEventEarning(event, version, frozen, spendMinor).points).toBe(points);
  }
  // Nothing is earned without a sale or an event, and nothing for an event by a version that has no rule for it.
  const unexplained =
    "SELECT id FROM points_transactions WHERE kind = 'earn' AND transaction_id IS NULL AND programme_version_id IS NULL";
  expect(rows(shop, unexplained)).toEqual([]);
}
