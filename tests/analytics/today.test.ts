import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectDailySeries } from '#backend/analytics/days-store.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

type Step =
  | { readonly kind: 'sale'; readonly customer: number; readonly amount: number }
  | { readonly kind: 'award'; readonly customer: number; readonly amount: number }
  | { readonly kind: 'refund'; readonly of: number }
  | { readonly kind: 'cancel'; readonly of: number }
  | { readonly kind: 'wait'; readonly hours: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('sale' as const),
        customer: fc.integer({ min: -1, max: 2 }),
        amount: fc.integer({ min: 1, max: 90 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('award' as const),
        customer: fc.integer({ min: 0, max: 2 }),
        amount: fc.integer({ min: 1, max: 90 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('refund' as const), of: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), of: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 14 }) }) },
  ),
  { minLength: 6, maxLength: 14 },
);

/** Does what a day brings; what the shop refuses (refunded twice, cancelled too late) simply does not happen. */
async function live(shop: TillShop, day: readonly Step[]): Promise<void> {
  const manager = shop.caller('manager');
  const customers = ['Ana', 'Bruno', 'Celia'].map((name) => shop.addCustomer(name));
  const sales: { saleId: string; lineId: string }[] = [];
  const refused = () => undefined;
  for (const step of day) {
    shop.clock.advance(60_000);
    if (step.kind === 'wait') shop.clock.advance(step.hours * 3_600_000);
    else if (step.kind === 'sale') {
      const line = shop.line(step.amount * 1_000);
      const customerId = customers[step.customer] ?? null;
      const draft = shop.draft(
        [line],
        customerId === null ? {} : { customerId, customerIdentifiedBy: 'search', customerIdentifiedAtMs: 1 },
      );
      await shop.sell(draft);
      sales.push({ saleId: draft.saleId, lineId: line.lineId });
    } else if (step.kind === 'award') {
      const customerId = customers[step.customer] ?? '';
      await manager.points.award(
        shop.op({ customerId, reason: 'purchase' as const, amountMinor: step.amount * 1_000 }),
      );
    } else {
      const sale = sales[step.of % Math.max(1, sales.length)];
      if (sale === undefined) continue;
      const { saleId, lineId } = sale;
      const lines = [{ lineId, quantityThousandths: 500 }];
      if (step.kind === 'cancel') await manager.till.cancelSale(shop.op({ saleId, reason: 'mistake' })).catch(refused);
      else
        await manager.till
          .refund(shop.op({ saleId, lines, tenderKind: 'cash' as const, reason: 'returned' }))
          .catch(refused);
    }
  }
}

async function everyRow(
  shop: TillShop,
  measure: Parameters<ReturnType<TillShop['caller']>['analytics']['explain']>[0]['measure'],
  hour?: number,
) {
  const { analytics } = shop.caller('manager');
  const rows: { id: string; amount: number }[] = [];
  let cursor: number | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof analytics.explain>> = await analytics.explain({
      measure,
      cursor,
      limit: 3,
      ...(hour === undefined ? {} : { hour }),
    });
    rows.push(...page.rows);
    if (page.nextCursor === null)
      return { rows, sum: rows.reduce((sum, row) => sum + row.amount, 0), told: page.sumOfRows, value: page.value };
    cursor = page.nextCursor;
  }
}

describe('today', () => {
  test('S1-53: every number of the day is the sum of its rows, page by page, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (day) => {
        const shop = await createTillShop();
        await live(shop, day);
        const today = await shop.caller('manager').analytics.today();
        const expected = {
          sales: today.salesMinor,
          count: today.salesCount,
          customersNew: today.customersNew,
          customersReturning: today.customersReturning,
          pointsIssued: today.pointsIssued,
          pointsRedeemed: today.pointsRedeemed,
        };
        for (const measure of [
          'sales',
          'count',
          'customersNew',
          'customersReturning',
          'pointsIssued',
          'pointsRedeemed',
        ] as const) {
          const { sum, told } = await everyRow(shop, measure);
          expect([measure, sum, told]).toEqual([measure, expected[measure], expected[measure]]);
        }
        for (const { hour, salesMinor, salesCount } of today.byHour) {
          expect((await everyRow(shop, 'sales', hour)).sum).toBe(salesMinor);
          expect((await everyRow(shop, 'count', hour)).sum).toBe(salesCount);
        }
        expect(today.byHour.reduce((sum, row) => sum + row.salesMinor, 0)).toBe(today.salesMinor);
        expect((await everyRow(shop, 'average')).value).toBe(today.averageMinor);
        shop.close();
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('S1-49, S1-54: a sale moves the numbers at once, is announced, and stands first among the last ten with its name', async () => {
    const shop = await createTillShop();
    const abort = new AbortController();
    const announced = shop.env.feed.follow(abort.signal).next();
    const customerId = shop.addCustomer('Ana Ruiz');
    for (let number = 1; number <= 11; number += 1) {
      await shop.sell(
        shop.draft([shop.line(number * 1_000)], {
          customerId,
          customerIdentifiedBy: 'search',
          customerIdentifiedAtMs: 1,
        }),
      );
    }
    expect((await announced).value?.topics).toContain('sales');
    abort.abort();
    const today = await shop.caller('cashier').analytics.today();
    expect(today).toMatchObject({
      salesMinor: 66_000,
      salesCount: 11,
      customersNew: 1,
      customersReturning: 0,
      averageMinor: 6_000,
    });
    expect(today.lastSales).toHaveLength(10);
    expect(today.lastSales[0]).toMatchObject({ customerName: 'Ana Ruiz', totalMinor: 11_000, kind: 'sale' });
    shop.close();
  });

  test('S1-56: the figures of the last thirty days come from the day table', async () => {
    const shop = await createTillShop();
    for (let day = 0; day < 3; day += 1) {
      await shop.sell(shop.draft([shop.line((day + 1) * 1_000)]));
      shop.clock.advance(86_400_000);
    }
    const { merchantId } = shop.env.shop() ?? { merchantId: '' };
    const series = selectDailySeries(shop.env.db.read, { merchantId, from: '2000-01-01', to: '2100-01-01' });
    expect(series.map((row) => row.salesMinor)).toEqual([1_000, 2_000, 3_000]);
    shop.close();
  });
});
