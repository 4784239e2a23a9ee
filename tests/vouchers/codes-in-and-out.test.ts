import { expect, test } from 'vitest';
import { makeWaitingCodes } from '#backend/vouchers/make-codes.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from './voucher-shop.ts';

// proves VC7, AD7, PR7, SC11

async function shopWithCodes(count: number): Promise<VoucherShop & { campaignId: string; batchId: string }> {
  const shop = await createVoucherShop();
  const { campaignId } = await shop.publish();
  const { batchId } = await shop.caller('manager').codes.startBatch(shop.op({ campaignId, count }));
  await makeWaitingCodes(shop.env);
  return { ...shop, campaignId, batchId };
}

async function fileOf(shop: VoucherShop, campaignId: string, batchId: string | null = null) {
  const { codes } = shop.caller('manager');
  const parts: string[] = [];
  let after: { batchId: string | null; voucherId: string } | null = null;
  do {
    const part: Awaited<ReturnType<typeof codes.export>> = await codes.export(shop.op({ campaignId, batchId, after }));
    parts.push(part.csvText);
    after = part.next;
  } while (after !== null);
  return parts.join('');
}

const codesOf = (shop: VoucherShop, campaignId: string): string[] =>
  shop.env.db.read
    .all<{ code: string }>('SELECT code FROM vouchers WHERE campaign_id = :campaignId' as never, { campaignId })
    .map(({ code }) => code)
    .toSorted();

test('AD7: what is exported can be imported into another shop, each code once, and is noted', async () => {
  const from = await shopWithCodes(10_700);
  const csvText = await fileOf(from, from.campaignId);
  const lines = csvText.trimEnd().split('\r\n');
  expect(lines[0]).toBe('\ufeffcode,status,gives,value,uses,used,ends_on,made_on');
  expect(lines).toHaveLength(10_701);
  expect(from.number("SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'codes.export'")).toBe(3);

  const to = await createVoucherShop();
  const { campaignId } = await to.publish();
  const { codes } = to.caller('manager');
  const { rows, counts } = await codes.previewImport({ campaignId, csvText });
  expect(counts).toEqual({ good: 10_700, 'bad-code': 0, duplicate: 0, known: 0, taken: 0 });
  const importId = to.newId();
  for (let at = 0; at < rows.length; at += 500) {
    const page = rows.slice(at, at + 500).map(({ line, code }) => ({ line, code }));
    expect((await codes.importPage(to.op({ campaignId, importId, rows: page }))).problems).toEqual([]);
  }
  expect(codesOf(to, campaignId)).toEqual(codesOf(from, from.campaignId));
  const { batches } = await codes.batches({ campaignId });
  expect(batches).toMatchObject([{ batchId: importId, kind: 'imported', made: 10_700, status: 'done' }]);
  from.close();
  to.close();
});

test('AD7: the file says what each code gives and until when today, not what it gave when it was made', async () => {
  const shop = await shopWithCodes(2);
  const { campaignId } = shop;
  const campaign = shop.campaign({
    benefit: { kind: 'percent', rateBasisPoints: 1500 },
    validity: { endsOn: '2099-12-31' },
  });
  const { vouchers } = shop.caller('manager');
  await vouchers.saveDraft(shop.op({ campaignId, campaign, revision: 0 }));
  await vouchers.publish(shop.op({ campaignId, revision: 1 }));
  const lines = (await fileOf(shop, campaignId)).trimEnd().split('\r\n').slice(1);
  expect(lines.map((line) => line.split(',').slice(1, 7).join())).toEqual(
    Array(2).fill('published,percent,1500,1,0,2099-12-31'),
  );
  shop.close();
});

test('AD7: a file is looked at first, and each row that cannot come in says why', async () => {
  const shop = await shopWithCodes(1);
  const { codes } = shop.caller('manager');
  const known = codesOf(shop, shop.campaignId)[0] ?? '';
  await shop.publish({ name: 'All', genericCode: 'GIFT-10' });
  const { campaignId } = shop;
  const csvText = `Código;Nota\r\nnew-code-1;a\r\n${known.toLowerCase()};b\r\ngift 10;c\r\nNEW CODE 1;d\r\nx!;e\r\n;f\r\n'-OLD-77;g\r\n`;
  const preview = await codes.previewImport({ campaignId, csvText });
  expect(preview.rows).toEqual([
    { line: 2, code: 'NEW-CODE-1', problem: null },
    { line: 3, code: known, problem: 'known' },
    { line: 4, code: 'GIFT 10', problem: 'taken' },
    { line: 5, code: 'NEW CODE 1', problem: 'duplicate' },
    { line: 6, code: 'X!', problem: 'bad-code' },
    { line: 7, code: '', problem: 'bad-code' },
    { line: 8, code: '-OLD-77', problem: null },
  ]);
  expect(shop.number('SELECT COUNT(*) AS n FROM vouchers')).toBe(2);
  // What was looked at may be old by then: each row is decided anew.
  const rows = preview.rows.map(({ line, code }) => ({ line, code }));
  const input = shop.op({ campaignId, importId: shop.newId(), rows });
  const first = await codes.importPage(input);
  expect(first).toEqual({
    made: 2,
    problems: [
      { line: 3, problem: 'known' },
      { line: 4, problem: 'taken' },
      { line: 5, problem: 'duplicate' },
      { line: 6, problem: 'bad-code' },
      { line: 7, problem: 'bad-code' },
    ],
  });
  expect(await codes.importPage(input)).toEqual(first);
  expect(codesOf(shop, campaignId)).toEqual(['-OLD-77', known, 'NEW-CODE-1'].toSorted());
  expect(await refusalOf(codes.previewImport({ campaignId, csvText: 'name\r\nAna' }))).toMatchObject({
    reason: 'import-unreadable',
  });
  // A cell that a spreadsheet would run is guarded on its way out, and read again without the guard.
  expect(await fileOf(shop, campaignId)).toContain("\r\n'-OLD-77,published,percent,1000,1,0,,");
  shop.close();
});

test('W4 VC7: a code that a gift card has goes to no voucher, and none of a voucher to a card: what is scanned is one thing', async () => {
  const shop = await shopWithCodes(1);
  const manager = shop.caller('manager');
  const { campaignId } = shop;
  const { code } = await manager.credit.giveCard(shop.op({ amountMinor: 1_000, days: null, note: 'a raffle' }));
  const rows = [{ line: 2, code: code.toLowerCase() }];
  const page = shop.op({ campaignId, importId: shop.newId(), rows });
  expect(await manager.codes.importPage(page)).toEqual({ made: 0, problems: [{ line: 2, problem: 'taken' }] });
  expect(await refusalOf(shop.publish({ name: 'All', genericCode: code }))).toMatchObject({
    reason: 'voucher-code-taken',
  });
  const [own = ''] = codesOf(shop, campaignId);
  const sells = { kind: 'gift-card', code: own.toLowerCase() } as const;
  const sale = shop.sell(shop.draft([shop.line(1_000, { sells })]), [shop.cash(1_000)]);
  expect(await refusalOf(sale)).toMatchObject({ reason: 'voucher-code-taken' });
  expect(shop.number('SELECT COUNT(*) AS n FROM credit_accounts')).toBe(1);
  shop.close();
});

test('VC8: a code for everybody is no number or barcode of an item: scanned, it would be the item', async () => {
  const shop = await createVoucherShop();
  const manager = shop.caller('manager');
  const item = { categoryId: null, priceMinor: 8_000, taxRateId: shop.taxRateId, icon: 'coffee', soldByWeight: false };
  const sku = 'MEDIA1';
  const barcodes = ['7840058006004'];
  await manager.catalogue.saveProduct(shop.op({ ...item, name: 'Medialuna', sku, barcodes }));
  for (const genericCode of [sku, 'media1', ...barcodes]) {
    expect(await refusalOf(shop.publish({ genericCode }))).toEqual({
      reason: 'voucher-code-taken',
      facts: { code: genericCode },
    });
  }
  expect(await refusalOf(shop.publish({ genericCode: 'MEDIA2' }))).toBeNull();
  shop.close();
});

test('AD7: only who edits vouchers takes codes out, and only those of the campaign that is named', async () => {
  const shop = await shopWithCodes(3);
  const other = await shop.publish({ name: 'Other' });
  const input = { campaignId: shop.campaignId, batchId: null, after: null };
  expect(await refusalOf(shop.caller('cashier').codes.export(shop.op(input)))).toMatchObject({
    reason: 'not-permitted',
  });
  const { codes } = shop.caller('manager');
  const foreign = { ...input, campaignId: other.campaignId, batchId: shop.batchId };
  expect(await refusalOf(codes.export(shop.op(foreign)))).toMatchObject({ reason: 'not-found' });
  const afterForeign = { ...input, campaignId: other.campaignId, after: { batchId: shop.batchId, voucherId: '' } };
  expect(await refusalOf(codes.export(shop.op(afterForeign)))).toMatchObject({ reason: 'not-found' });
  shop.close();
});

test('PR7, SC11: a sheet holds the codes in their order, and each counts as printed once', async () => {
  const shop = await shopWithCodes(300);
  const { codes } = shop.caller('manager');
  const { batchId } = shop;
  const first = await codes.printSheet(shop.op({ of: 'batch', batchId, from: 1, count: 240 }));
  const second = await codes.printSheet(shop.op({ of: 'batch', batchId, from: 241, count: 240 }));
  expect([first.codes.length, second.codes.length]).toEqual([240, 60]);
  const printed = [...first.codes, ...second.codes].map(({ code }) => code);
  expect(printed.toSorted()).toEqual(codesOf(shop, shop.campaignId));
  expect(shop.number('SELECT MIN(impressions) + MAX(impressions) AS n FROM vouchers')).toBe(2);
  const beyond = shop.op({ of: 'batch' as const, batchId, from: 301, count: 1 });
  expect(await refusalOf(codes.printSheet(beyond))).toMatchObject({ reason: 'not-found' });

  await shop.publish({ name: 'All', genericCode: 'GIFT-10' });
  const voucher = shop.env.db.read.get<{ id: string }>("SELECT id FROM vouchers WHERE code = 'GIFT-10'" as never);
  const voucherId = voucher?.id ?? '';
  const input = shop.op({ of: 'voucher' as const, voucherId, copies: 24 });
  const labels = await codes.printSheet(input);
  await codes.printSheet(input);
  expect(labels.codes).toEqual(Array.from({ length: 24 }, () => ({ voucherId, code: 'GIFT-10' })));
  expect(shop.number("SELECT impressions AS n FROM vouchers WHERE code = 'GIFT-10'")).toBe(24);
  expect(codeKeyOf(first.codes[0]?.code ?? '')).not.toBeNull();
  shop.close();
});
