import { expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.ts';
import { createTillShop } from './till-shop.ts';

const HOUR_MS = 3_600_000;
const STEP_MS = HOUR_MS / 2;

/** The instants at which clocks change, or would have by an old rule, and the offsets from UTC before and after (hours). */
const EDGES: readonly [string, number, number, number][] = [
  ['Europe/Berlin', Date.UTC(2026, 2, 29, 1), 1, 2],
  ['Europe/Berlin', Date.UTC(2026, 9, 25, 1), 2, 1],
  ['America/New_York', Date.UTC(2026, 2, 8, 7), -5, -4],
  ['America/New_York', Date.UTC(2026, 10, 1, 6), -4, -5],
  ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15), 11, 10.5],
  ['Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 30), 10.5, 11],
  ['Asia/Kathmandu', Date.UTC(2026, 2, 28, 18, 15), 5.75, 5.75],
  // Paraguay stopped changing its clocks in October 2024; an old zone database still does.
  ['America/Asuncion', Date.UTC(2026, 2, 22, 3), -3, -3],
  ['America/Asuncion', Date.UTC(2026, 9, 4, 4), -3, -3],
];

test.each(EDGES)(
  'F12: %s at %i: every sale stands in one day and one hour of the shop, and the days are the ledger',
  async (timeZone, edgeMs, before, after) => {
    const shop = await createTillShop({
      clock: createFakeClock(edgeMs - 14 * HOUR_MS),
      shop: { timeZone, dayStartsAtHour: 0 },
    });
    for (let sold = 0; sold < 56; sold += 1) {
      await shop.sell(shop.draft([shop.line(1_000 + sold)]));
      shop.clock.advance(STEP_MS);
    }
    const entries = shop.env.db.read.all<{ atMs: number; date: string; hour: number; minor: number }>(
      'SELECT at_ms AS atMs, business_date AS date, local_hour AS hour, amount_minor AS minor FROM sale_entries' as never,
    );
    expect(entries).toHaveLength(56);
    for (const { atMs, date, hour } of entries) {
      const local = new Date(atMs + (atMs < edgeMs ? before : after) * HOUR_MS).toISOString();
      expect({ date, hour }, new Date(atMs).toISOString()).toEqual({
        date: local.slice(0, 10),
        hour: Number(local.slice(11, 13)),
      });
    }
    const ledger = entries.reduce((sum, { minor }) => sum + minor, 0);
    expect(shop.number('SELECT SUM(total_sales_minor) FROM merchant_daily_analytics')).toBe(ledger);
    expect(shop.number('SELECT SUM(total_transactions) FROM merchant_daily_analytics')).toBe(56);
    expect(shop.number('SELECT SUM(sales_minor) FROM merchant_hourly_analytics')).toBe(ledger);
    expect(shop.env.db.read.all('SELECT DISTINCT time_zone AS zone FROM shops' as never)).toEqual([{ zone: timeZone }]);
    shop.close();
  },
);
