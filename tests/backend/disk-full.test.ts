import { expect, test } from 'vitest';
import { DiskFaultError } from '#backend/db/disk-fault.ts';
import { sha256Hex } from '#backend/sha256.ts';
import { sha256Hex as sha256HexOfTheRules } from '#shop/audit/hash-chain.ts';
import { createTillShop } from '../till/till-shop.ts';

test('F4: on a full disk a sale is refused whole, reading goes on, and the next sale after space returns works', async () => {
  const shop = await createTillShop({ inFile: true });
  const { db } = shop.env;
  const draft = shop.draft([shop.line(12_000)]);
  const count = () =>
    shop.number(
      'SELECT (SELECT COUNT(*) FROM transactions) + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM operations)',
    );
  const before = count();
  const pages = Number(db.pragma('page_count'));
  let wasFull = 0;
  // The limit stands for the disk: SQLite answers both with SQLITE_FULL. It moves up a page at a time until the sale fits.
  for (let limit = pages; limit < pages + 60; limit += 1) {
    db.pragma(`max_page_count = ${limit}`);
    const error = await shop.sell(draft).then(
      () => null,
      (cause: { cause?: unknown }) => cause.cause,
    );
    if (error === null) break;
    expect(error).toBeInstanceOf(DiskFaultError);
    expect(error).toMatchObject({ fault: 'disk-full' });
    expect(count()).toBe(before);
    expect(await shop.caller('cashier').till.sales({ limit: 10 })).toMatchObject({ sales: [] });
    wasFull += 1;
  }
  expect(wasFull).toBeGreaterThan(0);
  db.pragma('max_page_count = 1000000');
  expect(shop.number('SELECT COUNT(*) FROM transactions')).toBe(1);
  await shop.sell(shop.draft([shop.line(9_000)]));
  expect(db.pragma('integrity_check')).toBe('ok');
  shop.close();
});

test('the hash of the runtime and the hash of the rules are the same', () => {
  for (const text of ['', 'a', 'ñandú ☕ 𝄞', 'x'.repeat(70_000), '\ud800'])
    expect(sha256Hex(text)).toBe(sha256HexOfTheRules(text));
});
