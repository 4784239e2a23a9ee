import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { sql } from '#backend/db/database.ts';
import { createTestBackend, refusalOf, type TestBackend } from '../support/test-backend.ts';

const ALL_SCANS = sql`
  SELECT id, staff_id AS staffId, customer_id AS customerId, product_id AS productId, scan_type AS scanType,
    scan_source AS source, code_kind AS kind, scan_result AS result, code_hash AS hash, risk, device_info AS deviceInfo,
    metadata, ip_address AS ip, user_agent AS userAgent, suppressed_count AS suppressed, created_at_ms AS atMs
  FROM qr_scan_logs
  ORDER BY created_at_ms, id`;

interface ScanRow {
  readonly staffId: string | null;
  readonly customerId: string | null;
  readonly scanType: string;
  readonly source: string;
  readonly kind: string;
  readonly result: string;
  readonly hash: string;
  readonly risk: string;
  readonly deviceInfo: string;
  readonly metadata: string;
  readonly ip: string | null;
  readonly userAgent: string;
  readonly suppressed: number;
  readonly atMs: number;
}

const scansOf = (shop: TestBackend): ScanRow[] => shop.env.db.read.all<ScanRow>(ALL_SCANS);

async function submit(shop: TestBackend, text: string, more: object = {}, role: 'cashier' | 'auditor' = 'cashier') {
  const input = { text, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs(), ...more };
  return shop.caller(role).scanning.submit(shop.op(input));
}

async function enrolled(shop: TestBackend, name = 'Ana Ruiz') {
  return shop.caller('cashier').customers.enrol(shop.op({ name, consentMarketing: false }));
}

function codeNumber(number: number): string {
  const body = String(number).padStart(10, '0');
  return body + checkCharacterOf(body);
}

describe('scans', () => {
  test('S1-18, S1-35, S1-46: a scan of a customer finds them and is logged with source, actor and result', async () => {
    const shop = await createTestBackend();
    const { customerId, code } = await enrolled(shop);
    const answer = await submit(shop, code);
    expect(answer.outcome).toEqual({
      kind: 'customer',
      customerId,
      displayName: 'Ana Ruiz',
      balance: 0,
      status: 'active',
    });
    const [row] = scansOf(shop);
    expect(row).toMatchObject({
      customerId,
      staffId: shop.staffId('cashier'),
      source: 'HID',
      result: 'customer',
      kind: 'code',
    });
    // proves S0-9, S0-11, S0-13, S0-14, S0-15, S0-16 for the console
    expect(row).toMatchObject({
      scanType: 'BUSINESS',
      ip: null,
      userAgent: 'Regulars/0.0.0-test',
      atMs: shop.clock.wallNowMs(),
    });
    expect(JSON.parse(row?.deviceInfo ?? '')).toMatchObject({ appVersion: '0.0.0-test' });
    const timeline = await shop.caller('cashier').customers.timeline({ customerId, filter: 'scans', limit: 10 });
    expect(timeline.groups.map((group) => group.action.type)).toEqual(['customer.scanned']);
    shop.close();
  });

  test('unknown and mistyped codes and unknown text are logged too, each with its reason', async () => {
    const shop = await createTestBackend();
    const good = codeNumber(7);
    const wrong = good.slice(0, -1) + (good.at(-1) === 'A' ? 'B' : 'A');
    expect((await submit(shop, good)).outcome).toMatchObject({ kind: 'unknown', reason: 'not-known' });
    expect((await submit(shop, wrong)).outcome).toMatchObject({ kind: 'unknown', reason: 'check-character' });
    expect((await submit(shop, '  ')).outcome).toMatchObject({ kind: 'unknown', reason: 'empty' });
    expect((await submit(shop, 'x'.repeat(5000))).outcome).toMatchObject({ kind: 'unknown', reason: 'too-long' });
    expect((await submit(shop, 'https://example.com/x')).outcome).toMatchObject({
      kind: 'unknown',
      reason: 'not-known',
    });
    const results = scansOf(shop).map((row) => row.result);
    expect(results.sort()).toEqual(['check-character', 'empty', 'not-known', 'not-known', 'too-long']);
    shop.close();
  });

  test('the log and the stored answer never hold a customer’s code or name', async () => {
    const shop = await createTestBackend();
    const { code } = await enrolled(shop, 'Zacarías Único');
    await submit(shop, code);
    const kept = JSON.stringify([
      scansOf(shop),
      shop.env.db.read.all(sql`SELECT outcome FROM operations WHERE action = 'scanning.submit'`),
      shop.env.db.read.all(sql`SELECT body FROM outbox WHERE type = 'scanning.submit'`),
    ]);
    expect(kept).not.toContain(code);
    expect(kept).not.toContain('Único');
    shop.close();
  });

  test('C-44: read again after 800 ms is suppressed and counted; after 3 s it acts', async () => {
    const shop = await createTestBackend();
    const { code } = await enrolled(shop);
    expect((await submit(shop, code)).outcome.kind).toBe('customer');
    shop.clock.advance(800);
    expect((await submit(shop, code)).outcome).toEqual({ kind: 'repeat', ofKind: 'customer' });
    shop.clock.advance(3000);
    expect((await submit(shop, code)).outcome.kind).toBe('customer');
    expect(scansOf(shop).map((row) => row.suppressed)).toEqual([1, 0]);
    shop.close();
  });

  test('C-44: the 11th different customer or voucher code within 60 s is HIGH; products never count', async () => {
    const shop = await createTestBackend();
    const risks: string[] = [];
    for (let number = 1; number <= 11; number += 1) {
      shop.clock.advance(2000);
      risks.push((await submit(shop, codeNumber(number))).risk);
    }
    expect(risks).toEqual([...new Array(10).fill('LOW'), 'HIGH']);
    expect((await submit(shop, '7891234567895')).risk).toBe('LOW');
    shop.clock.advance(61_000);
    expect((await submit(shop, codeNumber(1))).risk).toBe('LOW');
    shop.close();
  });

  test('the same operation again gives the first answer and logs nothing, also for a repeat', async () => {
    const shop = await createTestBackend();
    const { code } = await enrolled(shop);
    const input = { text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
    const [first, second] = [shop.op(input), shop.op(input)];
    const { scanning } = shop.caller('cashier');
    const answers = [
      await scanning.submit(first),
      await scanning.submit(first),
      await scanning.submit(second),
      await scanning.submit(second),
    ];
    expect(answers.map((answer) => answer.outcome.kind)).toEqual(['customer', 'customer', 'repeat', 'repeat']);
    expect(answers[1]).toEqual(answers[0]);
    expect(scansOf(shop)).toHaveLength(1);
    shop.close();
  });

  test('a product is found by any spelling of its barcode and by SKU; an archived one is not', async () => {
    const shop = await createTestBackend();
    const manager = shop.caller('manager');
    const { taxRates } = await manager.catalogue.list();
    const taxRateId = taxRates[0]?.taxRateId ?? '';
    const product = {
      name: 'Juice',
      sku: 'JU-1',
      barcodes: ['036000291452'],
      categoryId: null,
      priceMinor: 9000,
      taxRateId,
      icon: 'citrus',
      soldByWeight: false,
    };
    const { productId } = await manager.catalogue.saveProduct(shop.op(product));
    for (const text of ['036000291452', '0036000291452', ']E00036000291452', ']C10100036000291452', 'JU-1']) {
      expect((await submit(shop, text)).outcome, text).toEqual({ kind: 'product', productId });
    }
    await manager.catalogue.archiveProduct(shop.op({ productId }));
    expect((await submit(shop, '036000291452')).outcome.kind).toBe('unknown');
    shop.close();
  });

  test('S0-8: while nobody is signed in only a staff badge is recognised, and the scan is logged without an actor', async () => {
    const shop = await createTestBackend();
    const { code } = await enrolled(shop);
    const stranger = shop.stranger();
    const input = { source: 'HID' as const, screen: 'sign-in' as const, atMs: shop.clock.wallNowMs() };
    const customer = await stranger.scanning.submit(shop.op({ ...input, text: code }));
    expect(customer.outcome).toMatchObject({ kind: 'unknown', reason: 'not-known' });
    const badge = await stranger.scanning.submit(shop.op({ ...input, text: `SB-${codeNumber(5)}` }));
    expect(badge.outcome).toEqual({ kind: 'staff-badge' });
    expect(scansOf(shop).map((row) => [row.staffId, row.customerId])).toEqual([
      [null, null],
      [null, null],
    ]);
    shop.close();
  });

  test('a scan that is not the shop’s own leaves its kind, its length and its last three characters in the log', async () => {
    const shop = await createTestBackend();
    await submit(shop, 'DNI 4512877 Perez Juan');
    await submit(shop, 'https://example.com/u/juan.perez');
    await submit(shop, 'ab');
    const kept = scansOf(shop).map(({ kind, metadata }) => {
      const { shownText, length } = JSON.parse(metadata) as { shownText: string; length: number };
      return [kind, shownText, length];
    });
    expect(kept).toEqual([
      ['text', '…uan', 22],
      ['link', '…rez', 32],
      ['text', '…', 2],
    ]);
    shop.close();
  });

  test('S0-8: while nobody is signed in repeats are dropped, and at most 20 scans a minute are written', async () => {
    const shop = await createTestBackend();
    const stranger = shop.stranger();
    const read = (text: string) =>
      stranger.scanning.submit(
        shop.op({ text, source: 'HID' as const, screen: 'sign-in' as const, atMs: shop.clock.wallNowMs() }),
      );
    const audited = () =>
      shop.env.db.read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'scanning.submit'`)
        ?.n;
    expect((await read('card')).outcome.kind).toBe('unknown');
    expect((await read('card')).outcome).toEqual({ kind: 'repeat', ofKind: 'unknown' });
    for (let number = 1; number < 40; number += 1) await read(`card ${number}`);
    expect([scansOf(shop).length, audited()]).toEqual([20, 20]);
    expect(await read(`SB-${codeNumber(5)}`)).toMatchObject({ scanId: null, outcome: { kind: 'staff-badge' } });
    shop.clock.advance(60_000);
    await read('card');
    expect([scansOf(shop).length, audited()]).toEqual([21, 21]);
    shop.close();
  });

  test('who may not scan is refused', async () => {
    const shop = await createTestBackend();
    expect(await refusalOf(submit(shop, 'x', {}, 'auditor'))).toMatchObject({ reason: 'not-permitted' });
    shop.close();
  });

  test('F34: a hostile scan is data: it is answered, logged, and changes nothing else', async () => {
    const shop = await createTestBackend();
    const tables = () => shop.env.db.read.all(sql`SELECT name, sql FROM sqlite_schema ORDER BY name`);
    const before = tables();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.constantFrom("'; DROP TABLE customers; --", '<script>', 'javascript:alert(1)', '\u0000', '\ud800'),
        ),
        async (text) => {
          shop.clock.advance(5000);
          const answer = await submit(shop, text);
          return ['unknown', 'voucher-unsupported', 'staff-badge'].includes(answer.outcome.kind);
        },
      ),
      { numRuns: 60 },
    );
    expect(tables()).toEqual(before);
    shop.close();
  });
});
