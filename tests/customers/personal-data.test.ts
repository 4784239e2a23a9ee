import { describe, expect, test } from 'vitest';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import { type Sql, sql } from '#backend/db/database.ts';
import { createKeyedHash } from '#backend/keyed-hash.ts';
import { canonicalJson, sha256Hex } from '#shop/audit/hash-chain.ts';
import { createTestBackend, MANAGER_PIN, refusalOf, type TestBackend } from '../support/test-backend.ts';
import { createTillShop } from '../till/till-shop.ts';

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

  test('what is typed freely about somebody stands in erasable places alone, and is read where it is shown', async () => {
    const shop = await createTillShop();
    const manager = shop.caller('manager');
    const { customerId } = await manager.customers.enrol(shop.op({ name: NAME, consentMarketing: false }));
    await manager.customers.update(shop.op({ customerId, tags: ['Qxzwvtag'] }));
    await manager.till.openShift(shop.op({ floatMinor: 0 }));
    const sale = shop.draft([shop.line(500, { note: 'Qxzwvline' })], {
      customerId,
      label: 'Qxzwvlabel',
      note: 'Qxzwvnote',
    });
    const held = { ...sale, saleId: shop.newId(), lines: [shop.line(300, { note: 'Qxzwvheld' })] };
    await manager.till.saveDraft(shop.op({ draft: held, revision: 0, isHeld: true }));
    const { saleId } = await shop.sell(sale);
    const refund = { saleId, lines: [{ lineId: sale.lines[0]?.lineId ?? '', quantityThousandths: 1000 }] };
    await manager.till.refund(shop.op({ ...refund, tenderKind: 'cash' as const, reason: 'Qxzwvrefund' }));
    const other = await shop.sell(shop.draft([shop.line(200)], { customerId }));
    await manager.till.cancelSale(shop.op({ saleId: other.saleId, reason: 'Qxzwvcancel' }));
    const grant = { permission: 'sale.refund' as const, pin: MANAGER_PIN, reason: 'Qxzwvoverride' };
    await shop.caller('cashier').staff.grantOverride(shop.op(grant));
    await manager.till.closeShift(shop.op({ countedMinor: 0, note: 'Qxzwvshift' }));
    const pending = shop.draft([shop.line(900)], { customerId, note: 'Qxzwvbefore' });
    const { tenderId } = await manager.till.beginPayment(
      shop.op({ draft: pending, tender: { kind: 'card' as const, amountMinor: 900 } }),
    );
    await manager.till.failTender(shop.op({ saleId: pending.saleId, tenderId, reason: 'Qxzwvdeclined' }));
    await manager.points.award(
      shop.op({ customerId, reason: 'purchase' as const, amountMinor: 5000, note: 'Qxzwvaward' }),
    );
    await manager.scanning.submit(
      shop.op({ text: 'Qxzwvscan', source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
    );
    const isErasable = (place: string): boolean =>
      place.startsWith('customer_pii.') ||
      place.endsWith('.pii') ||
      place === 'remarks.text' ||
      place === 'sale_drafts.draft';
    expect(placesOf(shop, 'Qxzwv').filter((place) => !isErasable(place))).toEqual([]);
    for (const text of [
      'tag',
      'line',
      'note',
      'refund',
      'cancel',
      'override',
      'shift',
      'declined',
      'award',
      'held',
      'label',
    ])
      expect(placesOf(shop, `Qxzwv${text}`), text).not.toEqual([]);
    expect(placesOf(shop, 'Qxzwvscan')).toEqual([]);
    expect(await manager.till.sale({ saleId })).toMatchObject({ note: 'Qxzwvnote', lines: [{ note: 'Qxzwvline' }] });
    expect((await manager.customers.get({ customerId })).tags).toEqual(['Qxzwvtag']);
    expect(verifyAuditChain(shop.env.db.read).brokenAtSeq).toBeNull();
    shop.close();
  });

  test('the name of an open amount, of a segment and of its rule, and a note on consent are told in erasable places alone', async () => {
    const shop = await createTillShop();
    const manager = shop.caller('manager');
    const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
    const sale = shop.draft([shop.line(500, { name: 'Qxzwvdress' })], { customerId });
    const { saleId } = await shop.sell(sale);
    const refund = { saleId, lines: [{ lineId: sale.lines[0]?.lineId ?? '', quantityThousandths: 1000 }] };
    const { refundId } = await manager.till.refund(shop.op({ ...refund, tenderKind: 'cash' as const, reason: 'torn' }));
    const segmentId = shop.newId();
    const rule = { field: 'tags', fieldId: null, operator: 'is', value: 'Qxzwvrule' } as const;
    await manager.segments.save(shop.op({ segmentId, version: 0, name: 'Qxzwvfriends', rule }));
    await manager.customers.update(shop.op({ customerId, tags: ['Qxzwvrule'] }));
    await manager.segments.save(shop.op({ segmentId, version: 1, name: 'Qxzwvfamily', rule }));
    const timeline = () => manager.customers.timeline({ customerId, filter: 'all', limit: 20 });
    const told = (await timeline()).groups.flatMap(({ effects }) => effects.map(({ data }) => data.segmentName));
    expect(told).toContain('Qxzwvfamily');
    await manager.segments.drop(shop.op({ segmentId }));
    const consent = { customerId, isGiven: true, channel: 'paper' as const, note: 'Qxzwvconsent' };
    await manager.customers.setConsent(shop.op(consent));
    const erasable = [
      'open_line_names.name',
      'segments.name',
      'segments.rule',
      'consent_notes.text',
      'customer_pii.tags',
    ];
    const hashed = placesOf(shop, 'Qxzwv').filter((place) => !erasable.includes(place) && !place.endsWith('.pii'));
    expect(hashed).toEqual([]);
    for (const text of ['dress', 'friends', 'family', 'rule', 'consent'])
      expect(placesOf(shop, `Qxzwv${text}`), text).toContain('outbox.pii');
    expect((await manager.till.sale({ saleId })).lines).toMatchObject([{ name: 'Qxzwvdress' }]);
    expect((await manager.till.receipt({ refundId })).lines).toMatchObject([{ name: 'Qxzwvdress' }]);
    await manager.customers.erase(shop.op({ customerId }));
    for (const text of ['dress', 'consent']) expect(placesOf(shop, `Qxzwv${text}`), text).toEqual([]);
    expect((await manager.till.sale({ saleId })).lines).toMatchObject([{ name: '', grossMinor: 500 }]);
    expect(verifyAuditChain(shop.env.db.read).brokenAtSeq).toBeNull();
    shop.close();
  });

  test('the remarks of a customer’s sales are found by the customer and can be erased; the books stay', async () => {
    const shop = await createTillShop();
    const customerId = shop.addCustomer();
    const sale = shop.draft([shop.line(500, { note: 'of the line' })], { customerId, note: 'of the sale' });
    const { saleId } = await shop.sell(sale);
    const remarks = () => shop.number('SELECT COUNT(*) AS n FROM remarks');
    expect(remarks()).toBe(2);
    shop.env.db.write((db) =>
      db.run(
        sql`DELETE FROM remarks WHERE transaction_id IN (SELECT id FROM transactions WHERE customer_id = :customerId)`,
        { customerId },
      ),
    );
    expect(remarks()).toBe(0);
    expect(await shop.caller('manager').till.sale({ saleId })).toMatchObject({ note: '', lines: [{ note: '' }] });
    shop.close();
  });

  test('an operation’s input cannot be guessed back from its hash without the secret of the device', async () => {
    const shop = await createTestBackend();
    const input = { name: NAME, consentMarketing: false };
    const request = shop.op(input);
    const { customerId } = await shop.caller('cashier').customers.enrol(request);
    expect(await shop.caller('cashier').customers.enrol(request)).toMatchObject({ customerId });
    const other = { ...request, input: { ...input, name: 'Ana' } };
    expect(await refusalOf(shop.caller('cashier').customers.enrol(other))).toMatchObject({
      reason: 'operation-id-reused',
    });
    const hash = shop.env.db.read.get<{ hash: string }>(
      sql`SELECT request_hash AS hash FROM operations WHERE action = 'customers.enrol'`,
    )?.hash;
    const text = `customers.enrol\n${canonicalJson(input)}`;
    expect(hash).toBe(shop.env.requestHash(text));
    expect(hash).not.toBe(sha256Hex(text));
    expect(createKeyedHash(new Uint8Array(32), 'request')(text)).not.toBe(
      createKeyedHash(new Uint8Array(32).fill(1), 'request')(text),
    );
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
