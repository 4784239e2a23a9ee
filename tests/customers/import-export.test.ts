import { describe, expect, test } from 'vitest';
import { sql } from '#backend/db/database.ts';
import { createTestBackend, refusalOf } from '../support/test-backend.ts';

const FILE = [
  'Nombre;Teléfono;Correo;Cumpleaños;Nota;Consentimiento',
  'Ana Ruiz;0981 442 107;ana@x.py;31/5/1990;Sin azúcar;sí',
  '"Pérez; Juan";0971111222;;;;no',
  ';;;;solo nota;',
  'Mala;12;no-mail;31/31/1990;;',
  'Ana otra vez;+595981442107;;;;',
].join('\r\n');

describe('customers as CSV', () => {
  // proves S1-62
  test('a preview says what each row would do and writes nothing', async () => {
    const shop = await createTestBackend();
    const { rows, counts, columns } = await shop
      .caller('manager')
      .customers.previewImport({ csvText: `\ufeff${FILE}` });
    expect(columns).toEqual(['name', 'phone', 'email', 'birthday', 'note', 'consent']);
    expect(counts).toEqual({ create: 2, update: 0, skip: 0, error: 3 });
    expect(rows.map((row) => [row.line, row.action, row.errors.map((error) => error.code)])).toEqual([
      [2, 'create', []],
      [3, 'create', []],
      [4, 'error', ['name-required']],
      [5, 'error', ['phone-unreadable', 'email-unreadable', 'date-unreadable']],
      [6, 'error', ['duplicate']],
    ]);
    expect(rows[0]?.values).toMatchObject({ phone: '+595981442107', birthday: '1990-05-31', consentMarketing: true });
    expect(await shop.caller('manager').customers.search({ text: '', limit: 50 })).toEqual([]);
    shop.close();
  });

  test('rows are written once, whatever is retried; the second time they bring nothing new', async () => {
    const shop = await createTestBackend();
    const { customers } = shop.caller('manager');
    const { rows } = await customers.previewImport({ csvText: FILE });
    const good = rows.filter((row) => row.action === 'create');
    const importId = shop.newId();
    const page = { importId, fromLine: 2, rows: good };
    const first = shop.op(page);
    expect(await customers.importRows(first)).toEqual({ created: 2, updated: 0, skipped: 0, errors: [] });
    expect(await customers.importRows(first)).toEqual({ created: 2, updated: 0, skipped: 0, errors: [] });
    expect(await customers.importRows(shop.op(page))).toEqual({ created: 0, updated: 0, skipped: 2, errors: [] });
    const again = await customers.previewImport({ csvText: FILE });
    expect(again.counts).toMatchObject({ create: 0, skip: 3 - 1 });
    expect(await customers.search({ text: '', limit: 50 })).toHaveLength(2);
    const [ana] = await customers.search({ text: 'ana ruiz', limit: 5 });
    const timeline = await customers.timeline({ customerId: ana?.customerId ?? '', filter: 'all', limit: 5 });
    expect(timeline.groups).toMatchObject([{ action: { type: 'customer.created' }, source: 'Import' }]);
    shop.close();
  });

  test('a row that names a known phone updates that customer with its filled cells', async () => {
    const shop = await createTestBackend();
    const { customers } = shop.caller('manager');
    const { customerId } = await customers.enrol(
      shop.op({ name: 'Ana', phone: '0981 442 107', email: 'a@b.py', consentMarketing: true }),
    );
    const { rows } = await customers.previewImport({ csvText: 'phone,name,email\n0981442107,Ana Ruiz,\n' });
    expect(rows[0]?.action).toBe('update');
    expect(await customers.importRows(shop.op({ importId: shop.newId(), fromLine: 2, rows }))).toMatchObject({
      updated: 1,
    });
    expect(await customers.get({ customerId })).toMatchObject({
      fullName: 'Ana Ruiz',
      email: 'a@b.py',
      consentMarketing: true,
    });
    shop.close();
  });

  test('an import of 500 rows fits into one op, and personal data stays out of its body', async () => {
    const shop = await createTestBackend();
    const { customers } = shop.caller('manager');
    const lines = Array.from({ length: 500 }, (_, index) => `Persona Única ${index},${981_000_000 + index}`);
    const { rows } = await customers.previewImport({ csvText: `name,phone\n${lines.join('\n')}` });
    const result = await customers.importRows(shop.op({ importId: shop.newId(), fromLine: 2, rows }));
    expect(result).toMatchObject({ created: 500, errors: [] });
    const op = shop.env.db.read.get<{ body: string; pii: string }>(
      sql`SELECT body, pii FROM outbox WHERE type = 'customers.importRows'`,
    );
    expect(op?.body).not.toContain('Única');
    expect(op?.pii).toContain('Única');
    shop.close();
  });

  test('the export is safe in a spreadsheet and is read again by the import', async () => {
    const shop = await createTestBackend();
    const { customers } = shop.caller('manager');
    await customers.enrol(shop.op({ name: '=HYPERLINK("http://x")', phone: '0981 442 107', consentMarketing: false }));
    const { csvText } = await customers.exportCsv(shop.op({}));
    const [, line] = csvText.split('\r\n');
    expect(line?.startsWith(`"'=HYPERLINK(""http://x"")"`)).toBe(true);
    const { counts, rows } = await customers.previewImport({ csvText });
    expect(rows[0]?.values.phone).toBe('+595981442107');
    expect(counts.error).toBe(0);
    shop.close();
  });

  test('what is no table is refused, and cashiers neither import nor export', async () => {
    const shop = await createTestBackend();
    const manager = shop.caller('manager');
    for (const csvText of ['', 'a,b\n1,2', '\u0000\u0001', '"open']) {
      expect(await refusalOf(manager.customers.previewImport({ csvText })), csvText).toMatchObject({
        reason: 'import-unreadable',
      });
    }
    const cashier = shop.caller('cashier');
    expect(await refusalOf(cashier.customers.exportCsv(shop.op({})))).toMatchObject({ reason: 'not-permitted' });
    expect(await refusalOf(cashier.customers.previewImport({ csvText: FILE }))).toMatchObject({
      reason: 'not-permitted',
    });
    shop.close();
  });
});
