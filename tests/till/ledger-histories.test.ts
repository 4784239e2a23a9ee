import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { amountOff, createTillShop, percent, type TillShop } from './till-shop.ts';

// Random days at a till: sales, awards, refunds, voids, undos, retries and a clock that moves on. After every command the
// ledger's laws hold. fast-check prints the seed of a failing history; it is repeated with `seed` and `path`.

type Step =
  | { kind: 'sell'; customer: number; prices: number[]; quantity: number; discount: number; card: boolean }
  | { kind: 'award'; customer: number; amountMinor: number }
  | { kind: 'adjust'; customer: number; points: number }
  | { kind: 'refund'; pick: number; line: number; quantity: number }
  | { kind: 'void'; pick: number }
  | { kind: 'undo'; pick: number }
  | { kind: 'retry' }
  | { kind: 'programme'; points: number; perMinor: number }
  | { kind: 'wait'; hours: number };

const customer = fc.nat(2);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      customer: fc.nat(3),
      prices: fc.array(fc.integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 4 }),
      quantity: fc.constantFrom(1000, 2000, 3000, 1250, 333),
      discount: fc.integer({ min: -40_000, max: 10_000 }),
      card: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('award' as const), customer, amountMinor: fc.integer({ min: 1, max: 200_000 }) }),
  fc.record({ kind: fc.constant('adjust' as const), customer, points: fc.integer({ min: -50, max: 50 }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      pick: fc.nat(),
      line: fc.nat(),
      quantity: fc.constantFrom(1000, 2000, 250, 333),
    }),
  },
  fc.record({ kind: fc.constant('void' as const), pick: fc.nat() }),
  fc.record({ kind: fc.constant('undo' as const), pick: fc.nat() }),
  fc.constant({ kind: 'retry' as const }),
  fc.record({
    kind: fc.constant('programme' as const),
    points: fc.integer({ min: 1, max: 5 }),
    perMinor: fc.constantFrom(100, 1000, 7),
  }),
  fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 0, max: 30 }) }),
);

/** Calls a command and keeps its answer, so that the same operation can be asked again. */
async function run(world: World, call: () => Promise<unknown>): Promise<unknown> {
  const refused = { value: null as unknown };
  const outcome = await call().catch(async (error: unknown) => {
    refused.value = await refusalOf(Promise.reject(error));
    if (refused.value === null) throw error;
    return null;
  });
  world.last = { call, answer: JSON.stringify(outcome ?? refused.value) };
  return outcome;
}

interface World {
  readonly shop: TillShop;
  readonly customers: string[];
  readonly sales: { saleId: string; lineIds: string[] }[];
  readonly entries: string[];
  last: { call: () => Promise<unknown>; answer: string } | null;
  /** The ledger and the sale entries as they stood: they only ever grow. */
  history: { entries: string; count: number };
}

async function take(world: World, step: Step): Promise<void> {
  const { shop } = world;
  const { till, points } = shop.caller('manager');
  shop.clock.advance(1000);
  if (step.kind === 'wait') shop.clock.advance(step.hours * 3_600_000);
  else if (step.kind === 'sell') await sell(world, step);
  else if (step.kind === 'award') {
    const op = shop.op({
      customerId: world.customers[step.customer] ?? '',
      reason: 'purchase' as const,
      amountMinor: step.amountMinor,
    });
    const given = (await run(world, () => points.award(op))) as { entryId: string } | null;
    if (given !== null) world.entries.push(given.entryId);
  } else if (step.kind === 'adjust') {
    const op = shop.op({
      customerId: world.customers[step.customer] ?? '',
      reason: 'correction' as const,
      points: step.points,
      note: 'why',
    });
    const given = (await run(world, () => points.award(op))) as { entryId: string } | null;
    if (given !== null) world.entries.push(given.entryId);
  } else if (step.kind === 'refund') {
    const sale = world.sales[step.pick % Math.max(1, world.sales.length)];
    if (sale === undefined) return;
    const lines = [{ lineId: sale.lineIds[step.line % sale.lineIds.length] ?? '', quantityThousandths: step.quantity }];
    const input = { saleId: sale.saleId, lines, tenderKind: 'cash' as const };
    const preview = await till.previewRefund(input).catch(() => null);
    const op = shop.op({ ...input, reason: '' });
    const done = (await run(world, () => till.refund(op))) as { amountMinor: number; pointsReversed: number } | null;
    expect(done === null).toBe(preview === null);
    if (done !== null)
      expect([done.amountMinor, done.pointsReversed]).toEqual([preview?.amountMinor, preview?.pointsReversed]);
  } else if (step.kind === 'void') {
    const sale = world.sales[step.pick % Math.max(1, world.sales.length)];
    const op = shop.op({ saleId: sale?.saleId ?? shop.newId(), reason: '' });
    await run(world, () => till.cancelSale(op));
  } else if (step.kind === 'undo') {
    const op = shop.op({ entryId: world.entries[step.pick % Math.max(1, world.entries.length)] ?? shop.newId() });
    await run(world, () => points.undo(op));
  } else if (step.kind === 'programme') {
    const op = shop.op({
      name: 'P',
      points: step.points,
      perMinor: step.perMinor,
      minimumSpendMinor: 0,
      expiryMonths: null,
    });
    await run(world, () => points.publishProgramme(op));
  } else if (world.last !== null) {
    const { call, answer } = world.last;
    await run(world, call);
    expect(world.last.answer).toBe(answer);
  }
}

async function sell(world: World, step: Extract<Step, { kind: 'sell' }>): Promise<void> {
  const { shop } = world;
  const { till } = shop.caller('manager');
  const lines = step.prices.map((price, at) =>
    shop.line(price, {
      quantityThousandths: at === 0 ? step.quantity : 1000,
      discount: at === 1 && step.discount > 0 ? amountOff(step.discount) : null,
    }),
  );
  const discount =
    step.discount < 0 ? amountOff(-step.discount) : step.discount % 3 === 0 ? percent(step.discount) : null;
  const draft = shop.draft(lines, { customerId: world.customers[step.customer] ?? null, discount });
  const preview = await till.preview({ draft });
  const { totalMinor } = preview.priced;
  const tenders: TenderDraft[] =
    step.card && totalMinor > 0 ? [shop.card(totalMinor)] : [shop.cash(totalMinor, preview.cashDueMinor)];
  const op = shop.op({ draft, tenders, expectedTotalMinor: totalMinor });
  const sold = (await run(world, () => till.completeSale(op))) as {
    pointsEarned: number;
    newBalance: number | null;
  } | null;
  expect(sold).not.toBeNull();
  if (sold === null) return;
  expect(sold.pointsEarned).toBe(preview.points?.points ?? 0);
  if (preview.points !== null) expect(sold.newBalance).toBe(preview.points.balanceAfter);
  world.sales.push({ saleId: draft.saleId, lineIds: lines.map((line) => line.lineId) });
}

const rows = (shop: TillShop, statement: string): Record<string, number | string>[] =>
  shop.env.db.read.all(statement as never);

/** What must hold after every command, computed from the rows alone. */
function checkLaws(world: World): void {
  const { shop } = world;
  // L1: each balance is the sum of its entries.
  const wrong = rows(
    shop,
    `
    SELECT a.id FROM customer_loyalty_accounts a
    WHERE a.current_points <> (SELECT COALESCE(SUM(e.points), 0) FROM points_transactions e WHERE e.account_id = a.id)`,
  );
  expect(wrong).toEqual([]);
  // L2, L3: the customers' side and the system accounts' side of all entries are equal and opposite.
  const sides = rows(
    shop,
    `
    SELECT COALESCE(SUM(current_points - (earned_points - redeemed_points - expired_points + adjusted_points)), 0) AS apart,
      COALESCE(SUM(current_points), 0) - COALESCE((SELECT SUM(points) FROM points_transactions), 0) AS open
    FROM customer_loyalty_accounts`,
  )[0];
  expect(sides).toEqual({ apart: 0, open: 0 });
  // L6: reversals name one original of the same account and never exceed it; nothing reverses a reversal.
  const reversals = rows(
    shop,
    `
    SELECT r.id FROM points_transactions r JOIN points_transactions o ON o.id = r.reverses_id
    WHERE o.reverses_id IS NOT NULL OR o.account_id <> r.account_id
      OR o.points + (SELECT SUM(x.points) FROM points_transactions x WHERE x.reverses_id = o.id) < 0`,
  );
  expect(reversals).toEqual([]);
  // L9: whole numbers within limits.
  expect(
    shop.number(
      "SELECT COUNT(*) AS n FROM points_transactions WHERE typeof(points) <> 'integer' OR abs(points) > 1000000000000",
    ),
  ).toBe(0);
  expect(
    shop.number('SELECT COUNT(*) AS n FROM transactions WHERE refunded_minor > amount_minor OR amount_minor < 0'),
  ).toBe(0);
  // L11: the days sum to the whole, for money and for points, and each entry lies in one day.
  const days = rows(
    shop,
    `
    SELECT COALESCE(SUM(total_sales_minor), 0) - (SELECT COALESCE(SUM(amount_minor), 0) FROM sale_entries) AS money,
      COALESCE(SUM(points_issued + points_adjusted - points_redeemed - points_expired), 0)
        - (SELECT COALESCE(SUM(points), 0) FROM points_transactions) AS points
    FROM merchant_daily_analytics`,
  )[0];
  expect(days).toEqual({ money: 0, points: 0 });
  // What stands of each sale is what its entries say.
  const sales = rows(
    shop,
    `
    SELECT t.id FROM transactions t
    WHERE (CASE WHEN t.status = 'completed' THEN t.amount_minor - t.refunded_minor ELSE 0 END)
      <> (SELECT COALESCE(SUM(e.amount_minor), 0) FROM sale_entries e WHERE e.transaction_id = t.id)`,
  );
  expect(sales).toEqual([]);
  // A2: every command has exactly one audit row, and what it did travels in exactly one op.
  const audited = rows(
    shop,
    `SELECT o.id FROM operations o
     WHERE (SELECT COUNT(*) FROM audit_logs a WHERE a.operation_id = o.id) <> 1
       OR (SELECT COUNT(*) FROM outbox x WHERE x.id = o.id) <> (json_extract(o.outcome, '$.kind') = 'done')`,
  );
  expect(audited).toEqual([]);
  // L5: what was written stays as it was.
  const before = world.history;
  const kept = rows(
    shop,
    `SELECT group_concat(id || points || kind) AS all_of FROM (SELECT id, points, kind FROM points_transactions ORDER BY seq LIMIT ${before.count})`,
  );
  expect(kept[0]?.all_of ?? null).toBe(before.count === 0 ? null : before.entries);
  const count = shop.number('SELECT COUNT(*) AS n FROM points_transactions');
  const all = rows(
    shop,
    'SELECT group_concat(id || points || kind) AS all_of FROM (SELECT id, points, kind FROM points_transactions ORDER BY seq)',
  );
  world.history = { count, entries: String(all[0]?.all_of ?? '') };
}

test('L1 L2 L3 L5 L6 L9 L11 A2: hold after every command of random histories, and previews equal commits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 10, maxLength: 30 }), async (steps) => {
      const shop = await createTillShop();
      const customers = ['Ana', 'Bruno', 'Carla'].map((name) => shop.addCustomer(name));
      const world: World = { shop, customers, sales: [], entries: [], last: null, history: { count: 0, entries: '' } };
      try {
        for (const step of steps) {
          await take(world, step);
          checkLaws(world);
        }
      } finally {
        shop.close();
      }
    }),
    { numRuns: 50, verbose: 1 },
  );
}, 60_000);
