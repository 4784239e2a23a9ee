import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { creditAccountOf } from '#backend/value/credit-account.ts';
import { mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Limits, budgets and balances, whoever asks how often and in whatever order.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');

const LIMIT = 7;

test('V2: of a thousand sales at once with a code of seven uses exactly seven have it', async () => {
  const shop = shopOf();
  const voucherId = await shop.generic('SEVEN', {
    benefit: { kind: 'amount', amountMinor: 300 },
    limits: { usesPerCode: LIMIT },
  });
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, () => {
      const draft = shop.draft([shop.line(1_000)], asking(voucherId));
      const input = { draft, tenders: [shop.cash(700)], expectedTotalMinor: 700 };
      return shop.cashier.till.completeSale(shop.op(input)).then(
        () => 'sold',
        () => 'refused',
      );
    }),
  );
  expect(answers.filter((answer) => answer === 'sold')).toHaveLength(LIMIT);
  expect(shop.number('SELECT COUNT(*) AS n FROM transactions')).toBe(LIMIT);
  expect(shop.number('SELECT usage_count AS n FROM vouchers')).toBe(LIMIT);
  expect(shop.number('SELECT SUM(uses) AS n FROM voucher_redemptions')).toBe(LIMIT);
  expect(shop.number('SELECT COUNT(*) AS n FROM redemption_attempts WHERE successful = 1')).toBe(LIMIT);
  expect(
    shop.number("SELECT COUNT(*) AS n FROM redemption_attempts WHERE failure_reason = 'voucher-limit-reached'"),
  ).toBe(1_000 - LIMIT);
});

interface World {
  readonly shop: ValueShop;
  readonly customers: readonly string[];
  readonly accounts: readonly string[];
  readonly vouchers: readonly string[];
  readonly passes: readonly string[];
  readonly pending: SaleDraft[];
}

async function worldOf(): Promise<World> {
  const shop = shopOf();
  const customers = [shop.addCustomer('Ana'), shop.addCustomer('Beto')];
  const accounts: string[] = [];
  const passes: string[] = [];
  const manager = shop.caller('manager');
  const plan = { name: 'Coffees', kind: 'units' as const, terms: { units: 4 } };
  const { planId } = await manager.passes.savePlan(shop.op(plan));
  for (const customerId of customers) {
    accounts.push(await shop.credit(customerId, 1_500));
    passes.push((await manager.passes.give(shop.op({ customerId, planId, note: 'a prize' }))).passId);
  }
  const percent = { kind: 'percent', rateBasisPoints: 2_500 } as const;
  const vouchers = [
    await shop.generic('BUDGET', { benefit: percent, limits: { budgetMinor: 900 } }),
    await shop.generic('TOTAL', { benefit: { kind: 'amount', amountMinor: 150 }, limits: { total: 3 } }),
    await shop.generic('EACH', { benefit: { kind: 'amount', amountMinor: 90 }, limits: { perCustomer: 2 } }),
    await shop.generic('DAILY', { benefit: { kind: 'product', units: 1 }, limits: { perDay: 2, usesPerSale: null } }),
  ];
  await shop.promotion({
    name: 'Auto',
    benefit: { kind: 'amount', amountMinor: 20 },
    limits: { total: 6, budgetMinor: 110 },
  });
  return { shop, customers, accounts, vouchers, passes, pending: [] };
}

const steps = fc.record({
  who: fc.nat(1),
  what: fc.constantFrom('pay', 'pay', 'begin', 'fail', 'complete', 'give-up'),
  vouchers: fc.subarray([0, 1, 2, 3]),
  creditMinor: fc.nat(900),
  units: fc.nat(2),
  pieces: fc.integer({ min: 1, max: 3 }),
});
type Step = typeof steps extends fc.Arbitrary<infer Each> ? Each : never;

/** What was answered, or null for what was refused: never anything but a refusal with its reason (S3-84). */
async function tried<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  const answered = await asked.then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  if ('answer' in answered) return answered.answer;
  const refused = await refusalOf(Promise.reject(answered.error));
  expect(refused?.reason).toMatch(/^(voucher|credit|pass|tender|price|sale|points)-/);
  return null;
}

/** One thing that somebody does at the till; what is refused is refused. */
async function walk(world: World, step: Step): Promise<void> {
  const { shop, pending } = world;
  const { till } = shop.cashier;
  const accountId = world.accounts[step.who] ?? '';
  const taken = step.creditMinor === 0 ? [] : [shop.byCredit(accountId, step.creditMinor)];
  const old = pending[0];
  if (step.what === 'pay' || step.what === 'begin') {
    const line = shop.line(470, { quantityThousandths: step.pieces * 1000 });
    const passId = world.passes[step.who] ?? '';
    const draft = shop.draft([line, shop.line(333)], {
      customerId: world.customers[step.who] ?? null,
      ...asking(...step.vouchers.map((at) => world.vouchers[at] ?? '')),
      ...(step.units === 0 ? {} : { passUses: [{ passId, lineId: line.lineId, units: step.units }] }),
    });
    const { dueMinor, priced } = await shop.look(draft);
    const restMinor = dueMinor - step.creditMinor;
    if (step.what === 'pay') {
      await refusalOf(shop.pay(draft, [...taken, shop.cash(Math.max(0, restMinor))], priced.totalMinor)).catch(
        () => null,
      );
    } else if (restMinor > 0) {
      const tender = { kind: 'card' as const, amountMinor: restMinor };
      const begun = await tried(till.beginPayment(shop.op({ draft, tender, taken })));
      if (begun !== null) pending.push(draft);
    }
  } else if (old !== undefined && step.what === 'fail') {
    const waiting = (await till.drafts()).find(({ saleId }) => saleId === old.saleId)?.pendingTenders[0];
    if (waiting === undefined) return;
    await till.failTender(shop.op({ saleId: old.saleId, tenderId: waiting.tenderId, reason: '' }));
  } else if (old !== undefined && step.what === 'complete') {
    const { dueMinor, priced } = await shop.look(old);
    const paid = await tried(shop.pay(old, [shop.cash(dueMinor)], priced.totalMinor));
    if (paid !== null) pending.shift();
  } else if (old !== undefined) {
    await till.giveUpPayment(shop.op({ saleId: old.saleId }));
    pending.shift();
  }
}

/** What holds after every step: no limit, budget or balance is exceeded, and every sum is the sum of its rows. */
async function expectSound({ shop, accounts }: World): Promise<void> {
  for (const accountId of accounts) {
    const { position } = creditAccountOf(
      { db: shop.env.db.read, moment: { trustedAtMs: shop.clock.wallNowMs() } as never },
      {
        accountId,
        status: 'active',
      },
    );
    expect(position.balanceMinor).toBe(shop.balance(accountId));
    expect((await shop.cashier.credit.position({ accountId })).balanceMinor).toBe(position.balanceMinor);
  }
  const none = (statement: string) => expect(shop.env.db.read.all(statement as never)).toEqual([]);
  none(`SELECT v.code FROM vouchers v WHERE v.usage_count <> COALESCE((
    SELECT SUM(r.uses) FROM voucher_redemptions r WHERE r.voucher_id = v.id), 0)`);
  none(`SELECT t.campaign_id FROM campaign_totals t
    JOIN campaign_versions v ON v.campaign_id = t.campaign_id
    WHERE t.uses > json_extract(v.definition, '$.limits.total')
      OR t.cost_minor > json_extract(v.definition, '$.limits.budgetMinor')
      OR (t.uses, t.cost_minor) IS NOT (
        SELECT SUM(r.uses), SUM(r.discount_amount_minor) FROM voucher_redemptions r WHERE r.campaign_id = t.campaign_id)`);
  none(`SELECT d.campaign_id FROM campaign_days d JOIN campaign_versions v ON v.campaign_id = d.campaign_id
    WHERE d.uses > json_extract(v.definition, '$.limits.perDay')`);
  none(`SELECT r.customer_id FROM voucher_redemptions r JOIN campaign_versions v ON v.id = r.campaign_version_id
    GROUP BY r.campaign_id, r.customer_id HAVING SUM(r.uses) > json_extract(v.definition, '$.limits.perCustomer')`);
  none(`SELECT a.id FROM credit_accounts a WHERE a.balance_minor <> COALESCE((
    SELECT SUM(e.amount_minor) FROM store_credit_transactions e WHERE e.account_id = a.id), 0)`);
  none(`SELECT p.id FROM customer_packages p WHERE p.units_total - p.messages_used <> COALESCE((
    SELECT SUM(u.units) FROM package_uses u WHERE u.package_id = p.id), 0)`);
  none(`SELECT t.id FROM transactions t WHERE t.status = 'completed' AND t.stored_value_minor <> (
    SELECT COALESCE(SUM(x.amount_minor), 0) FROM transaction_tenders x
    WHERE x.transaction_id = t.id AND x.kind IN ('credit', 'gift-card', 'package'))`);
  none(`SELECT t.id FROM transactions t WHERE t.status = 'completed' AND t.total_minor + t.cash_rounding_minor <> (
    SELECT SUM(x.amount_minor) FROM transaction_tenders x WHERE x.transaction_id = t.id AND x.status = 'approved')`);
  none(`SELECT r.id FROM voucher_redemptions r WHERE r.discount_amount_minor <> (
    SELECT SUM(d.amount_minor) FROM transaction_discounts d WHERE d.transaction_id = r.transaction_id
      AND d.source_id = COALESCE(r.voucher_id, r.campaign_id))`);
  none(`SELECT x.id FROM transaction_tenders x WHERE x.kind IN ('credit', 'gift-card') AND x.amount_minor <> (
    SELECT -SUM(e.amount_minor) FROM store_credit_transactions e WHERE e.tender_id = x.id)`);
  none(`SELECT h.sale_id FROM value_holds h JOIN transactions t ON t.id = h.sale_id WHERE t.status <> 'pending'`);
}

test('V1 V2 V3 L1 S3-83 S3-84: whatever is sold, begun, declined, retried and given up, no limit, budget or balance is exceeded', async () => {
  const seen = { redeemed: 0, spent: 0, used: 0, declined: 0, completed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 25 }), async (history) => {
      state.shop?.close();
      state.shop = await createValueShop();
      const world = await worldOf();
      for (const step of history) await walk(world, step);
      await expectSound(world);
      const { number } = world.shop;
      seen.redeemed += number('SELECT COUNT(*) AS n FROM voucher_redemptions');
      seen.spent += number("SELECT COUNT(*) AS n FROM store_credit_transactions WHERE kind = 'spend'");
      seen.used += number("SELECT COUNT(*) AS n FROM package_uses WHERE kind = 'use'");
      seen.declined += number("SELECT COUNT(*) AS n FROM transaction_tenders WHERE status = 'declined'");
      seen.completed += number("SELECT COUNT(*) AS n FROM transactions WHERE status = 'completed'");
    }),
    { numRuns: 12, endOnFailure: true },
  );
  for (const [what, count] of Object.entries(seen)) expect([what, count > 0]).toEqual([what, true]);
});

test('V5 V6: what has ended or was withdrawn is not redeemed, also not when the sale was rung up before', async () => {
  const shop = shopOf();
  const customerId = shop.addCustomer();
  const benefit = { kind: 'amount', amountMinor: 300 } as const;
  const ending = await shop.generic('ENDING', { benefit, validity: { endsOn: '2026-03-03' } });
  const own = await shop.give(customerId, { benefit });
  const draft = shop.draft([shop.line(1_000)], { customerId, ...asking(ending, own) });
  expect((await shop.look(draft)).priced.totalMinor).toBe(400);
  await shop.caller('manager').vouchers.revoke(shop.op({ voucherId: own }));
  shop.clock.advance(3 * 86_400_000);
  const { vouchers, priced } = await shop.look(draft);
  expect(vouchers.map(({ refusal }) => refusal?.reason)).toEqual(['voucher-expired', 'voucher-revoked']);
  const refused = await refusalOf(shop.pay(draft, [shop.cash(400)], 400));
  expect(['voucher-expired', 'voucher-revoked']).toContain(refused?.reason);
  await shop.pay(draft, [shop.cash(1_000)], priced.totalMinor);
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(0);
});
