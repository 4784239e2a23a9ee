import { describe, expect, test } from 'vitest';
import { createTestBackend, refusalOf } from '../support/test-backend.ts';

describe('enrolling and finding customers', () => {
  test('S1-5: an enrolled customer is found by code, phone ending, e-mail, and name without accents', async () => {
    const shop = await createTestBackend();
    const cashier = shop.caller('cashier');
    const ana = await cashier.customers.enrol(
      shop.op({ name: 'Ana  González-Ñandú', phone: '0981 442 107', email: 'Ana@Example.com', consentMarketing: true }),
    );
    await cashier.customers.enrol(shop.op({ name: 'Bruno Díaz', consentMarketing: false }));
    const find = async (text: string) =>
      (await cashier.customers.search({ text, limit: 20 })).map((row) => [row.displayName, row.matchedBy]);
    const expected = 'Ana González-Ñandú';
    expect(await find(ana.code.toLowerCase())).toEqual([[expected, 'code']]);
    expect(await find('0981442107')).toEqual([[expected, 'phone']]);
    expect(await find('107')).toEqual([[expected, 'phone']]);
    expect(await find('ana 442107')).toEqual([[expected, 'phone']]);
    expect(await find('ana@ex')).toEqual([[expected, 'email']]);
    expect(await find('gonz')).toEqual([[expected, 'name']]);
    expect(await find('nandu ana')).toEqual([[expected, 'name']]);
    expect(await find('onzal')).toEqual([[expected, 'name']]);
    for (const slip of ['gonsalez', 'gozalez', 'gonzzalez', 'ognzalez', 'ana gonsalez']) {
      expect(await find(slip), slip).toEqual([[expected, 'name']]);
    }
    expect(await find('zzzzz')).toEqual([]);
    expect(await find('')).toHaveLength(2);
    shop.close();
  });

  test('duplicates are refused and name who holds the value', async () => {
    const shop = await createTestBackend();
    const cashier = shop.caller('cashier');
    const ana = await cashier.customers.enrol(
      shop.op({ name: 'Ana', phone: '0981 442 107', email: 'a@b.py', consentMarketing: false }),
    );
    const again = (more: object) =>
      refusalOf(cashier.customers.enrol(shop.op({ name: 'Eva', consentMarketing: false, ...more })));
    expect(await again({ phone: '+595 981 442107' })).toEqual({
      reason: 'phone-taken',
      facts: { customerId: ana.customerId },
    });
    expect(await again({ email: 'A@B.py ' })).toEqual({ reason: 'email-taken', facts: { customerId: ana.customerId } });
    expect(await again({ cardCode: ana.code })).toEqual({
      reason: 'code-taken',
      facts: { customerId: ana.customerId },
    });
    expect(await again({ phone: '12' })).toEqual({ reason: 'phone-unreadable', facts: {} });
    expect(await again({ name: '' })).toEqual({ reason: 'name-required', facts: {} });
    shop.close();
  });

  test('an update checks the version, and search follows the new name', async () => {
    const shop = await createTestBackend();
    const cashier = shop.caller('cashier');
    const { customerId } = await cashier.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
    await cashier.customers.update(shop.op({ customerId, version: 1, name: 'Ana Paredes', phone: '0971 111 222' }));
    const stale = cashier.customers.update(shop.op({ customerId, version: 1, name: 'Other' }));
    expect(await refusalOf(stale)).toEqual({ reason: 'changed-elsewhere', facts: { version: 2 } });
    expect(await cashier.customers.search({ text: 'ruiz', limit: 5 })).toEqual([]);
    expect(await cashier.customers.search({ text: 'pared', limit: 5 })).toHaveLength(1);
    const page = await cashier.customers.get({ customerId });
    expect(page).toMatchObject({ fullName: 'Ana Paredes', phone: '+595971111222', version: 2, balance: 0, lots: [] });
    expect(page.visitsPerWeek).toHaveLength(26);
    shop.close();
  });

  test('typed text never becomes search syntax', async () => {
    const shop = await createTestBackend();
    const cashier = shop.caller('cashier');
    await cashier.customers.enrol(shop.op({ name: 'Ana "la Grande" Ruiz', consentMarketing: false }));
    for (const text of [
      '"',
      '" OR "',
      'NEAR(a b)',
      'name:ana',
      'ana*',
      "'; --",
      '\u0000',
      '%',
      '^ana',
      'ana AND',
      '{',
      '-',
      "'",
      '“',
      'a'.repeat(200),
    ]) {
      await expect(cashier.customers.search({ text, limit: 5 })).resolves.toBeInstanceOf(Array);
    }
    expect(await cashier.customers.search({ text: '"la', limit: 5 })).toHaveLength(1);
    shop.close();
  });

  test('a blank card becomes its owner’s, and a slip in its code is caught before any look-up', async () => {
    const shop = await createTestBackend();
    const cashier = shop.caller('cashier');
    const { code } = await cashier.customers.enrol(shop.op({ name: 'A', consentMarketing: false }));
    const last = code.at(-1) === '0' ? '1' : '0';
    await expect(
      cashier.customers.enrol(shop.op({ name: 'B', cardCode: code.slice(0, -1) + last, consentMarketing: false })),
    ).rejects.toThrow();
    const card = await cashier.customers.enrol(
      shop.op({ name: '', cardCode: '0000-0000-000', consentMarketing: false }),
    );
    expect(card.code).toBe('00000000000');
    shop.close();
  });
});
