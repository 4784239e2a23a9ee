import { describe, expect, test } from 'vitest';
import { sql } from '#backend/db/database.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';
import { refusalOf } from '../support/test-backend.ts';

const byScan = { customerIdentifiedBy: 'scan', customerIdentifiedAtMs: 1 } as const;

async function sellTo(shop: TillShop, customerId: string, amountMinor: number) {
  const line = shop.line(amountMinor);
  const draft = shop.draft([line], { customerId, ...byScan });
  await shop.sell(draft);
  return { saleId: draft.saleId, lineId: line.lineId };
}

describe('a customer’s history', () => {
  test('S4-1, S4-12, S4-14, S4-62: a sale is one group: what the customer did, and what the system answered', async () => {
    const shop = await createTillShop();
    const cashier = shop.caller('cashier');
    const { customerId } = await cashier.customers.enrol(shop.op({ name: 'Ana', consentMarketing: false }));
    await sellTo(shop, customerId, 90_000);
    const { groups } = await cashier.customers.timeline({ customerId, filter: 'all', limit: 10 });
    expect(groups.map((group) => group.action.type)).toEqual(['customer.order.created', 'customer.created']);
    expect(groups[0]?.effects).toMatchObject([
      { type: 'customer.rewarded.loyalty_points', data: { points: 90, balance: 90 } },
    ]);
    expect(groups[0]).toMatchObject({ staffName: 'Marta Benítez', source: 'Till' });
    shop.close();
  });

  test('S4-18, S4-41: pages by keyset hold every group once, newest first, also when sales go on meanwhile', async () => {
    const shop = await createTillShop();
    const { customers } = shop.caller('manager');
    const customerId = shop.addCustomer('Ana');
    for (let sale = 0; sale < 7; sale += 1) await sellTo(shop, customerId, 10_000 + sale);
    const seen: { groupId: string; atMs: number }[] = [];
    let cursor: string | undefined;
    do {
      const page: Awaited<ReturnType<typeof customers.timeline>> = await customers.timeline({
        customerId,
        filter: 'all',
        limit: 2,
        cursor,
      });
      seen.push(...page.groups);
      cursor = page.nextCursor ?? undefined;
      if (seen.length === 2) await sellTo(shop, customerId, 99_000);
    } while (cursor !== undefined);
    expect(new Set(seen.map((group) => group.groupId)).size).toBe(7);
    expect(seen.map((group) => group.atMs)).toEqual(seen.map((group) => group.atMs).sort((a, b) => b - a));
    shop.close();
  });

  test('S4-42, S4-44, S4-45: types, category and time combine; a filter that fits nothing finds nothing', async () => {
    const shop = await createTillShop();
    const { customers, scanning } = shop.caller('manager');
    const { customerId, code } = await customers.enrol(shop.op({ name: 'Ana', consentMarketing: false }));
    await sellTo(shop, customerId, 50_000);
    const betweenMs = shop.clock.wallNowMs() + 1;
    shop.clock.advance(60_000);
    await scanning.submit(
      shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
    );
    await sellTo(shop, customerId, 60_000);
    const types = async (more: object) =>
      (await customers.timeline({ customerId, filter: 'all', limit: 50, ...more })).groups.map(
        (group) => group.action.type,
      );
    expect(await types({ filter: 'scans' })).toEqual(['customer.scanned']);
    expect(await types({ filter: 'sales', fromMs: betweenMs })).toEqual(['customer.order.created']);
    expect(await types({ types: ['customer.scanned', 'customer.created'] })).toEqual([
      'customer.scanned',
      'customer.created',
    ]);
    expect(await types({ types: ['customer.scanned', 'customer.created'], toMs: betweenMs })).toEqual([
      'customer.created',
    ]);
    expect(await types({ category: 'EFFECT', filter: 'points', fromMs: betweenMs })).toEqual([
      'customer.order.created',
    ]);
    expect(await types({ category: 'EFFECT', types: ['customer.scanned'] })).toEqual([]);
    expect(await types({ filter: 'sales', types: ['customer.scanned'] })).toEqual([]);
    // proves S4-43
    expect(await types({ campaignId: shop.newId() })).toEqual([]);
    shop.close();
  });

  test('S4-17: events are never changed', async () => {
    const shop = await createTillShop();
    await shop.caller('cashier').customers.enrol(shop.op({ name: 'Ana', consentMarketing: false }));
    const change = () => shop.env.db.write((tx) => tx.run(sql`UPDATE customer_events SET event_type = 'other'`));
    expect(change).toThrow('events do not change');
    shop.close();
  });

  test('every entry stands behind the balance, and the running balance ends in it', async () => {
    const shop = await createTillShop();
    const manager = shop.caller('manager');
    const customerId = shop.addCustomer('Ana');
    const sale = await sellTo(shop, customerId, 100_000);
    await sellTo(shop, customerId, 30_000);
    await manager.till.refund(
      shop.op({
        saleId: sale.saleId,
        lines: [{ lineId: sale.lineId, quantityThousandths: 500 }],
        tenderKind: 'cash' as const,
        reason: 'x',
      }),
    );
    await manager.points.award(shop.op({ customerId, reason: 'goodwill' as const, points: 7, note: 'waited' }));
    const { balance, entries, sums } = await manager.customers.explainBalance({ customerId });
    expect(balance).toBe(100 + 30 - 50 + 7);
    expect(entries[0]?.runningBalance).toBe(balance);
    expect(entries.reduce((sum, entry) => sum + entry.points, 0)).toBe(balance);
    expect(sums).toEqual({ earned: 130, redeemed: 0, expired: 0, adjusted: 7, reversed: -50 });
    const page = await manager.customers.get({ customerId });
    expect(page).toMatchObject({
      balance,
      stats: { salesCount: 2, visits: 1, spentMinor: 80_000, averageSaleMinor: 40_000 },
    });
    expect(page.lots.reduce((sum, lot) => sum + lot.remaining, 0)).toBe(balance);
    expect(page.visitsPerWeek.at(-1)).toBe(1);
    shop.close();
  });

  test('search lists those with the most sales first, across the levels of the index', async () => {
    const shop = await createTillShop();
    const cashier = shop.caller('cashier');
    const ids: string[] = [];
    for (const sales of [0, 9, 3, 8]) {
      const { customerId } = await cashier.customers.enrol(shop.op({ name: `Rosa ${sales}`, consentMarketing: false }));
      for (let sale = 0; sale < sales; sale += 1) await sellTo(shop, customerId, 1_000);
      ids.push(customerId);
    }
    const names = async (text: string, limit: number) =>
      (await cashier.customers.search({ text, limit })).map((row) => row.displayName);
    expect(await names('rosa', 10)).toEqual(['Rosa 9', 'Rosa 8', 'Rosa 3', 'Rosa 0']);
    expect(await names('ros', 1)).toEqual(['Rosa 9']);
    // A customer whose level has changed can still be renamed and is then found under the new name alone.
    await cashier.customers.update(shop.op({ customerId: ids[1] ?? '', name: 'Elsa' }));
    expect(await names('elsa', 10)).toEqual(['Elsa']);
    expect(await names('rosa', 10)).toEqual(['Rosa 8', 'Rosa 3', 'Rosa 0']);
    expect(await refusalOf(cashier.customers.get({ customerId: shop.newId() }))).toMatchObject({ reason: 'not-found' });
    shop.close();
  });
});
