import { expect, test } from 'vitest';
import { verifyAuditChain } from '#backend/audit/audit-store.ts';
import { createTillShop } from '../till/till-shop.ts';
import { refusalOf } from '../support/test-backend.ts';

test('S2-13 S2-15 S2-52: ten parallel submissions with one key, from two windows, sell once and all get the same answer', async () => {
  const shop = await createTillShop({ inFile: true });
  const draft = shop.draft([shop.line(12_000)]);
  const command = shop.op({ draft, tenders: [shop.cash(12_000, 12_000)], expectedTotalMinor: 12_000 });
  const windows = [shop.caller('manager'), shop.caller('cashier')];
  const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => windows[n % 2]?.till.completeSale(command)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(shop.number('SELECT COUNT(*) FROM transactions')).toBe(1);
  expect(shop.number("SELECT COUNT(*) FROM outbox WHERE type = 'till.completeSale'")).toBe(1);
  shop.close();
});

test('an operation id with another input is refused, changes nothing and is in the audit log', async () => {
  const shop = await createTillShop();
  const draft = shop.draft([shop.line(12_000)]);
  const command = shop.op({ draft, tenders: [shop.cash(12_000, 12_000)], expectedTotalMinor: 12_000 });
  await shop.caller('cashier').till.completeSale(command);
  const other = { ...command, input: { ...command.input, draft: { ...draft, note: 'another' } } };
  expect(await refusalOf(shop.caller('cashier').till.completeSale(other))).toMatchObject({
    reason: 'operation-id-reused',
  });
  expect(shop.number('SELECT COUNT(*) FROM transactions')).toBe(1);
  expect(shop.number("SELECT COUNT(*) FROM audit_logs WHERE reason = 'operation-id-reused'")).toBe(1);
  shop.close();
});

// proves S1-52
test('A1 A2 A5: every command has one audit row, denied ones too, and the chain shows any change', async () => {
  const shop = await createTillShop();
  await shop.sell(shop.draft([shop.line(12_000)]));
  expect(
    await refusalOf(
      shop
        .caller('cashier')
        .staff.update(shop.op({ staffId: shop.managerId, name: 'M', roles: ['manager'], isActive: true })),
    ),
  ).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'staff.edit' },
  });
  const { db } = shop.env;
  expect(shop.number("SELECT COUNT(*) FROM audit_logs WHERE action = 'staff.update' AND outcome = 'denied'")).toBe(1);
  expect(shop.number('SELECT COUNT(*) - MAX(seq) FROM audit_logs')).toBe(0);
  expect(verifyAuditChain(db.read).brokenAtSeq).toBeNull();
  expect(() => db.write((tx) => tx.run("UPDATE audit_logs SET reason = 'x' WHERE seq = 2" as never))).toThrow(
    'does not change',
  );
  db.write((tx) => {
    tx.run('DROP TRIGGER audit_logs_frozen' as never);
    tx.run("UPDATE audit_logs SET new_values = '{}' WHERE seq = 2" as never);
  });
  expect(verifyAuditChain(db.read).brokenAtSeq).toBe(2);
  shop.close();
});

// proves S1-50, S2-26
test('a use-case that breaks in the middle leaves nothing behind', async () => {
  const shop = await createTillShop();
  const before = shop.number(
    'SELECT (SELECT COUNT(*) FROM transactions) + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM audit_logs)',
  );
  shop.env.db.write((tx) =>
    tx.run("CREATE TRIGGER broken BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'planted'); END" as never),
  );
  const draft = shop.draft([shop.line(12_000)]);
  await expect(
    shop
      .caller('cashier')
      .till.completeSale(shop.op({ draft, tenders: [shop.cash(12_000, 12_000)], expectedTotalMinor: 12_000 })),
  ).rejects.toThrow();
  shop.env.db.write((tx) => tx.run('DROP TRIGGER broken' as never));
  expect(
    shop.number(
      'SELECT (SELECT COUNT(*) FROM transactions) + (SELECT COUNT(*) FROM outbox) + (SELECT COUNT(*) FROM audit_logs)',
    ),
  ).toBe(before);
  expect(shop.number('SELECT last_receipt_counter FROM terminal_state')).toBe(0);
  await shop.sell(draft);
  shop.close();
});
