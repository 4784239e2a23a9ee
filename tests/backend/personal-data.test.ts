import { expect, test } from 'vitest';
import { createTillShop } from '../till/till-shop.ts';

/** Where personal data may stand, and why: every one of these is emptied by an erasure. */
const ALLOWED: Readonly<Record<string, string>> = {
  'customer_pii.full_name': 'the table of personal data',
  'customer_pii.phone_e164': 'the table of personal data',
  'customer_pii.phone_reversed': 'the table of personal data',
  'customer_pii.email': 'the table of personal data',
  'customer_pii.birthday': 'the table of personal data',
  'outbox.pii': 'beside the op, outside what is hashed',
  'customer_events.pii': 'beside the event',
  'audit_logs.pii': 'beside the row, outside what is hashed',
};

// proves S1-38
test('S1-38: name, phone, e-mail and birthday stand in the table of personal data and its erasable companions alone', async () => {
  const shop = await createTillShop();
  const cashier = shop.caller('cashier');
  const person = {
    name: 'Zoraida Quiñónez',
    phone: '+595981234987',
    email: 'zoraida@example.test',
    birthday: '1987-07-23',
  };
  const { customerId } = await cashier.customers.enrol(shop.op({ ...person, consentMarketing: true }));
  await shop.sell(shop.draft([shop.line(10_000)], { customerId, customerIdentifiedBy: 'search' }));
  await cashier.customers.search({ text: 'Zoraida', limit: 5 });
  const sought = ['zoraida', 'quiñónez', '981234987', '789432189', '1987-07-23'];
  const tables = shop.env.db.read
    .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'" as never)
    .map(({ name }) => name)
    // The index of words over the table of personal data, kept and emptied with it.
    .filter((name) => !name.startsWith('customer_search'));
  const found = new Set<string>();
  for (const table of tables) {
    for (const row of shop.env.db.read.all<Record<string, unknown>>(`SELECT * FROM ${table}` as never)) {
      for (const [column, value] of Object.entries(row)) {
        const text = String(value).toLowerCase();
        if (sought.some((word) => text.includes(word))) found.add(`${table}.${column}`);
      }
    }
  }
  expect([...found].filter((place) => ALLOWED[place] === undefined)).toEqual([]);
  expect(found).toContain('customer_pii.full_name');
  expect(found.size).toBeGreaterThan(4);
  shop.close();
});
