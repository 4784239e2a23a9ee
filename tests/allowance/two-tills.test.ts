import { afterAll, beforeAll, expect, test } from 'vitest';
import { itemAt, mustHave } from '#shop/must.ts';
import { refusalOf } from '../support/test-backend.ts';
import { type CopiedShop, type CopiedTill, createCopiedShop, type Subject } from './copied-tills.ts';

// The bound of V4 is reached, and not passed: tills that hold the same code and the same credit, and nothing that joins them.

const state: { shop: CopiedShop | null } = { shop: null };
beforeAll(async () => {
  state.shop = await createCopiedShop();
});
afterAll(() => state.shop?.base.close());
const shopOf = (): CopiedShop => mustHave(state.shop, 'the shop');

const NO_BOUND = { creditPerAccountMinor: null, creditPerDayMinor: null, usesPerCode: null };
const allow = (till: CopiedTill, allowance: Partial<Record<keyof typeof NO_BOUND, number>>) =>
  till.as('manager').settings.update(shopOf().base.op({ changes: { allowance: { ...NO_BOUND, ...allowance } } }));
const use = (till: CopiedTill, { id: voucherId }: Subject) => {
  const { base } = shopOf();
  const draft = base.draft([base.line(1_000)], { vouchers: [{ voucherId, choice: null }] });
  return till.as('cashier').till.completeSale(base.op({ draft, tenders: [base.cash(900)], expectedTotalMinor: 900 }));
};
const spend = (till: CopiedTill, { id: accountId, customerId }: Subject, amountMinor: number) => {
  const { base } = shopOf();
  const draft = base.draft([base.line(amountMinor)], { customerId });
  const tenders = [{ tenderId: base.newId(), kind: 'credit' as const, amountMinor, accountId }];
  return till.as('cashier').till.completeSale(base.op({ draft, tenders, expectedTotalMinor: amountMinor }));
};

test('V4: a code for one use at three tills that may each let it be used once is used three times, two too many', async () => {
  const { tills, close } = shopOf().tills(3);
  const code = itemAt(shopOf().subjects, 0);
  expect(code).toMatchObject({ kind: 'code', remaining: 1 });
  for (const till of tills) await allow(till, { usesPerCode: 1 });
  for (const till of tills) {
    await use(till, code);
    expect(await refusalOf(use(till, code))).toMatchObject({ reason: 'voucher-used' });
  }
  const given = tills.reduce((sum, till) => sum + till.given(code), 0);
  expect(given - code.remaining).toBe(tills.length - 1);
  close();
});

test('V4: shared out among the tills (escrow) a code is never used once too often, whoever comes first', async () => {
  const { tills, close } = shopOf().tills(3);
  const code = itemAt(shopOf().subjects, 1);
  expect(code).toMatchObject({ kind: 'code', remaining: 3 });
  for (const [at, till] of tills.entries()) await allow(till, { usesPerCode: [2, 0, 1][at] ?? 0 });
  const given: number[] = [];
  for (const till of tills) {
    for (let tries = 0; tries < 3; tries += 1) await refusalOf(use(till, code));
    expect(await refusalOf(use(till, code))).toMatchObject({ reason: 'voucher-till-allowance' });
    given.push(till.given(code));
  }
  expect(given).toEqual([2, 0, 1]);
  close();
});

test('V4 W9: credit of 50.00 at two tills that may each give out 30.00: 10.00 too much, just what the bound says', async () => {
  const { tills, close } = shopOf().tills(2);
  const credit = itemAt(shopOf().subjects, 3);
  expect(credit).toMatchObject({ kind: 'credit', remaining: 5_000 });
  for (const till of tills) {
    await allow(till, { creditPerAccountMinor: 3_000 });
    await spend(till, credit, 3_000);
    till.restart();
    expect(await refusalOf(spend(till, credit, 1))).toMatchObject({ reason: 'credit-day-allowance' });
  }
  const given = tills.reduce((sum, till) => sum + till.given(credit), 0);
  expect(given - credit.remaining).toBe(2 * 3_000 - credit.remaining);
  close();
});
