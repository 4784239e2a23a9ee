import { describe, expect, test } from 'vitest';
import { type Sql, sql } from '#backend/db/database.ts';
import { createTestBackend, type TestBackend } from '../support/test-backend.ts';

const NAME = 'Qxzwv Personalísima';
const PHONE = '981442107';
const EMAIL = 'qxzwv@example.com';

/** Where a text stands, as 'table.column', over every table of the database. */
function placesOf(shop: TestBackend, text: string): string[] {
  const columns = shop.env.db.read.all<{ name: string; column: string }>(sql`
    SELECT m.name, c.name AS "column"
    FROM sqlite_schema m
    CROSS JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'customer_search%' AND m.name NOT LIKE 'sqlite%'`);
  return columns
    .filter(({ name, column }) => {
      const statement = `SELECT COUNT(*) AS found FROM "${name}" WHERE instr(lower(CAST("${column}" AS TEXT)), lower(:text)) > 0`;
      return (shop.env.db.read.get<{ found: number }>(statement as Sql, { text })?.found ?? 0) > 0;
    })
    .map(({ name, column }) => `${name}.${column}`);
}

describe('personal data', () => {
  test('a customer’s name, phone and e-mail stand in one table and in erasable columns, nowhere else', async () => {
    const shop = await createTestBackend();
    const { customers, scanning } = shop.caller('cashier');
    const { customerId, code } = await customers.enrol(
      shop.op({ name: NAME, phone: `0${PHONE}`, email: EMAIL, consentMarketing: true }),
    );
    await customers.update(shop.op({ customerId, note: 'about qxzwv', callName: 'Qxzwv' }));
    await scanning.submit(
      shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
    );
    const isErasable = (place: string): boolean => place.startsWith('customer_pii.') || place.endsWith('.pii');
    for (const text of ['Qxzwv', PHONE, EMAIL]) {
      const places = placesOf(shop, text);
      expect(places).toContain('audit_logs.pii');
      expect(places.filter((place) => !isErasable(place))).toEqual([]);
    }
    shop.close();
  });

  test('a name that is erased leaves nothing of itself in the search index', async () => {
    const shop = await createTestBackend();
    const { customers } = shop.caller('cashier');
    for (let number = 0; number < 50; number += 1)
      await customers.enrol(shop.op({ name: `Ana ${number}`, consentMarketing: false }));
    const { customerId } = await customers.enrol(shop.op({ name: NAME, consentMarketing: false }));
    for (let number = 0; number < 50; number += 1)
      await customers.enrol(shop.op({ name: `Eva ${number}`, consentMarketing: false }));
    const number = (statement: Sql) => shop.env.db.read.get<{ found: number }>(statement)?.found ?? 0;
    const indexed = sql`SELECT COUNT(*) AS found FROM customer_search_data WHERE instr(block, CAST('xzw' AS BLOB)) > 0 OR instr(block, CAST('qxz' AS BLOB)) > 0`;
    expect(number(indexed)).toBeGreaterThan(0);
    await customers.update(shop.op({ customerId, name: 'Ana' }));
    expect(number(indexed)).toBe(0);
    shop.close();
  });
});
