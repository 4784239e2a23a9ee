import { afterEach, beforeEach, expect, test } from 'vitest';
import { creditSystemAccountOf, CREDIT_KINDS } from '#shop/credit/credit-entry.ts';
import { createValueShop, type ValueShop } from './value-rows.ts';

// What the tables of credit, passes and experiments hold by themselves, whoever writes into them.

let value: ValueShop;
beforeEach(async () => {
  value = await createValueShop();
});
afterEach(() => value.shop.close());

const balanceOf = (id: string) =>
  value.one('SELECT balance_minor FROM credit_accounts WHERE id = :id', { id }).balance_minor;
const unitsOf = (id: string) =>
  value.one('SELECT units_total, messages_used FROM customer_packages WHERE id = :id', { id });

test('L1 W1: an account’s balance is the sum of its entries, and never below zero', () => {
  const account = value.account();
  value.credit(account, 'top-up', 5000);
  value.credit(account, 'spend', -320);
  expect(balanceOf(account)).toBe(4680);
  expect(() => value.credit(account, 'spend', -4681)).toThrow('CHECK constraint failed: balance_minor >= 0');
  expect(value.one('SELECT COUNT(*) AS n FROM store_credit_transactions').n).toBe(2);
});

test('L5 L6: entries of credit do not change, and reversals name an entry of their account and never exceed it', () => {
  const account = value.account();
  const sold = value.credit(account, 'top-up', 5000);
  const spent = value.credit(account, 'spend', -300);
  expect(() => value.run('UPDATE store_credit_transactions SET amount_minor = 1')).toThrow('append-only');
  expect(() => value.run('DELETE FROM store_credit_transactions')).toThrow('append-only');
  const back = value.credit(account, 'return', 200, { reverses_id: spent });
  expect(() => value.credit(account, 'return', 101, { reverses_id: spent })).toThrow('cannot exceed');
  expect(() => value.credit(account, 'return', 1, { reverses_id: sold })).toThrow('same account');
  expect(() => value.credit(account, 'reverse', -1, { reverses_id: back })).toThrow('same account');
  expect(() => value.credit(account, 'return', 1)).toThrow('CHECK');
  const card = value.account({ kind: 'gift-card', customer_id: null, code: 'GIFT-1', code_key: 'GIFT1' });
  value.credit(card, 'top-up', 100);
  expect(() => value.credit(card, 'return', 1, { reverses_id: spent })).toThrow('same account');
  value.credit(account, 'reverse', -4900, { reverses_id: sold });
  expect(balanceOf(account)).toBe(0);
});

test('L2: each kind has its sign and its system account, as the rule says it', () => {
  const account = value.account();
  value.credit(account, 'top-up', 1000);
  for (const kind of CREDIT_KINDS) {
    const given = { system_account: kind === 'adjust' ? 'sold' : 'adjusted' };
    if (kind !== 'reverse') expect(() => value.credit(account, kind, 1, given), kind).toThrow(/CHECK|same account/);
    expect(creditSystemAccountOf(kind, 'top-up')).toMatch(/sold|granted|spent|refunded|expired|adjusted|moved/);
  }
  for (const kind of ['top-up', 'grant', 'refund'])
    expect(() => value.credit(account, kind, -1), kind).toThrow('CHECK');
  for (const kind of ['spend', 'expire']) expect(() => value.credit(account, kind, 1), kind).toThrow('CHECK');
});

test('W12: a customer has one account, a card one code, and a replaced card takes nothing more', () => {
  const account = value.account();
  expect(() => value.account()).toThrow('UNIQUE');
  expect(() => value.account({ customer_id: null })).toThrow('CHECK');
  const gift = { kind: 'gift-card', customer_id: null, code: 'GIFT-1', code_key: 'GIFT1' };
  const card = value.account(gift);
  expect(() => value.account(gift)).toThrow('UNIQUE');
  expect(() => value.account({ ...gift, code: null, code_key: null })).toThrow('CHECK');
  value.run("UPDATE credit_accounts SET status = 'replaced', replaced_by_id = :account WHERE id = :card", {
    account,
    card,
  });
  expect(() => value.credit(card, 'top-up', 1)).toThrow('a replaced card takes no credit');
  expect(() => value.run('DELETE FROM credit_accounts')).toThrow('kept');
});

test('S3-46 S3-47: units of a pass are what was given less what was used, and never below nothing', () => {
  const pass = value.pass({ ends_at_ms: 10 });
  value.use(pass, 'grant', 10);
  const used = value.use(pass, 'use', -3);
  expect(unitsOf(pass)).toEqual({ units_total: 10, messages_used: 3 });
  value.use(pass, 'return', 2, { reverses_id: used });
  expect(unitsOf(pass)).toEqual({ units_total: 10, messages_used: 1 });
  expect(() => value.use(pass, 'return', 2, { reverses_id: used })).toThrow('cannot exceed');
  expect(() => value.use(pass, 'use', -10)).toThrow('CHECK');
  value.use(pass, 'adjust', -2);
  expect(unitsOf(pass)).toEqual({ units_total: 8, messages_used: 1 });
  expect(() => value.use(pass, 'adjust', -8)).toThrow('CHECK');
  expect(() => value.run('UPDATE package_uses SET units = 1')).toThrow('do not change');
  expect(() => value.run('DELETE FROM package_uses')).toThrow('kept');
  expect(() => value.run("UPDATE customer_packages SET terms = '[]'")).toThrow('do not change');
});

test('W13: a tender of stored value names its account or pass, and no other tender does', () => {
  const account = value.account();
  const tender = (given: object) => () =>
    value.insert('transaction_tenders', {
      transaction_id: value.saleId,
      kind: 'credit',
      amount_minor: 10,
      status: 'approved',
      at_ms: 1,
      ...given,
    });
  expect(tender({})).toThrow('CHECK');
  expect(tender({ kind: 'cash', account_id: account })).toThrow('CHECK');
  expect(tender({ kind: 'package', pass_id: 'pass' })).toThrow('CHECK');
  tender({ account_id: account })();
  tender({ kind: 'package', pass_id: 'pass', uses: 1 })();
  expect(
    value.one("SELECT kind, amount_minor, received_minor FROM transaction_tenders WHERE kind = 'cash'"),
  ).toMatchObject({ kind: 'cash' });
});

test('C-47: a running experiment keeps its arms, a customer their first exposure, and no conversion comes before one', () => {
  const staff = value.one('SELECT id FROM staff_members').id ?? '';
  const definition = '{"variants":[]}';
  const id = value.insert('experiments', { name: 'x', definition, created_by_staff_id: staff, created_at_ms: 0 });
  const to = (more: string) => () => value.run(`UPDATE experiments SET ${more} WHERE id = :id`, { id });
  const { merchantId = '' } = value.shop.env.shop() ?? {};
  const about = { experiment: id, customer: value.customerId, merchant: merchantId };
  const expose = () =>
    value.run('INSERT INTO experiment_exposures VALUES (:experiment, :customer, :merchant, :variant, 7, 1)', {
      ...about,
      variant: 'A',
    });
  const convert = () =>
    value.run('INSERT INTO experiment_conversions VALUES (:experiment, :customer, :merchant, :sale, 2)', {
      ...about,
      sale: value.saleId,
    });
  expect(to("status = 'ended', started_at_ms = 1, ended_at_ms = 2")).toThrow('does not change');
  to("definition = '[]'")();
  to("status = 'running', started_at_ms = 1")();
  expect(to("definition = '{}'")).toThrow('does not change');
  expect(convert).toThrow('FOREIGN KEY');
  expose();
  expect(expose).toThrow('UNIQUE');
  expect(() => value.run("UPDATE experiment_exposures SET variant_id = 'B'")).toThrow('does not change');
  convert();
  to("status = 'ended', ended_at_ms = 3")();
  expect(to("status = 'running', ended_at_ms = NULL")).toThrow('does not change');
});
