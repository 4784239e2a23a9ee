import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';

// What of vouchers, credit and passes goes along when two records of a person become one, and comes back.

const DAY = 86_400_000;
const state: { shop: VoucherShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createVoucherShop();
});
afterEach(() => state.shop?.close());

function given() {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const manager = () => shop.caller('manager');
  const rows = <T>(statement: string, customerId: string) =>
    shop.env.db.read.all<T>(statement as never, { customerId } as never);
  return {
    ...{ shop, manager },
    merge: (fromCustomerId: string, intoCustomerId: string) =>
      manager().customers.merge(shop.op({ fromCustomerId, intoCustomerId })),
    undo: (mergeId: string) => manager().customers.undoMerge(shop.op({ mergeId })),
    voucher: async (genericCode: string) => {
      await shop.publish({ name: genericCode, genericCode, limits: { usesPerCode: null } });
      const asked = { code: genericCode, customerId: null, saleId: null };
      return (await shop.caller('cashier').vouchers.check(shop.op(asked))).voucherId;
    },
    claim: (voucherId: string, customerId: string) =>
      shop.caller('cashier').vouchers.claim(shop.op({ voucherId, customerId, saleId: null })),
    claimsOf: (customerId: string) =>
      rows<{ voucherId: string; status: string; reason: string | null; atMs: number }>(
        `SELECT voucher_id AS voucherId, status, void_reason AS reason, claimed_at_ms AS atMs FROM customer_vouchers
         WHERE customer_id = :customerId ORDER BY wallet_order`,
        customerId,
      ),
    topUp: (customerId: string, amountMinor: number, days: number | null) =>
      manager().credit.adjust(
        shop.op({ of: { customerId }, amountMinor, days, reason: 'goodwill' as const, note: 'x' }),
      ),
    creditOf: async (customerId: string) => {
      const statement = "SELECT id FROM credit_accounts WHERE customer_id = :customerId AND kind = 'credit'";
      const [account] = rows<{ id: string }>(statement, customerId);
      if (account === undefined) return { balanceMinor: 0, lots: [] };
      const { balanceMinor, lots } = await manager().credit.position({ accountId: account.id });
      return { balanceMinor, lots: lots.map(({ remainingMinor, expiresAtMs }) => [remainingMinor, expiresAtMs]) };
    },
    pass: async (customerId: string) => {
      const planId = (
        await manager().passes.savePlan(
          shop.op({ name: 'Ten', kind: 'package' as const, terms: { units: 10, days: 60 } }),
        )
      ).planId;
      return manager().passes.give(shop.op({ customerId, planId, note: 'prize' }));
    },
    passesOf: async (customerId: string) =>
      (await manager().passes.ofCustomer({ customerId })).map(({ passId, unitsFree }) => [passId, unitsFree]),
  };
}

test('C-48: of a voucher that both claimed the earlier claim stays, the other is void with the reason MERGED, and undo separates them', async () => {
  const { shop, voucher, claim, claimsOf, merge, undo } = given();
  for (const earlier of ['from', 'into'] as const) {
    const [from, into] = [shop.addCustomer(), shop.addCustomer()];
    const both = await voucher(`BOTH${earlier === 'from' ? 1 : 2}`);
    const own = await voucher(`OWN${earlier === 'from' ? 1 : 2}`);
    await claim(both, earlier === 'from' ? from : into);
    const firstAtMs = claimsOf(earlier === 'from' ? from : into)[0]?.atMs;
    shop.clock.advance(4 * DAY);
    await claim(both, earlier === 'from' ? into : from);
    await claim(own, from);
    const before = [claimsOf(from), claimsOf(into)];
    const { mergeId } = await merge(from, into);
    expect(claimsOf(into)).toMatchObject([
      { voucherId: both, status: 'CLAIMED', atMs: firstAtMs },
      { voucherId: own, status: 'CLAIMED' },
    ]);
    expect(claimsOf(from)).toMatchObject([{ voucherId: both, status: 'VOIDED', reason: 'MERGED' }]);
    await undo(mergeId);
    expect([claimsOf(from), claimsOf(into)]).toEqual(before);
  }
});

test('C-48: a voucher that one of them used counts as used for both together', async () => {
  const { shop, voucher, claim, claimsOf, merge, undo } = given();
  const [from, into] = [shop.addCustomer(), shop.addCustomer()];
  const both = await voucher('BOTH1');
  await claim(both, from);
  shop.clock.advance(DAY);
  await claim(both, into);
  shop.env.db.write((tx) =>
    tx.run("UPDATE customer_vouchers SET status = 'REDEEMED' WHERE customer_id = :into" as never, { into }),
  );
  const { mergeId } = await merge(from, into);
  expect(claimsOf(into)).toMatchObject([{ status: 'REDEEMED' }]);
  expect(claimsOf(from)).toMatchObject([{ status: 'VOIDED', reason: 'MERGED' }]);
  await undo(mergeId);
  expect([claimsOf(from), claimsOf(into)]).toMatchObject([[{ status: 'CLAIMED' }], [{ status: 'REDEEMED' }]]);
});

test('C-48 L1 L3: credit goes along lot by lot with its ends, passes with what is left of them, and all of it comes back', async () => {
  const { shop, manager, topUp, creditOf, pass, passesOf, merge, undo } = given();
  const [from, into] = [shop.addCustomer(), shop.addCustomer()];
  await topUp(from, 2_000, 30);
  await topUp(from, 500, null);
  await topUp(into, 100, 90);
  const { passId } = await pass(from);
  const before = [await creditOf(from), await creditOf(into)];
  const asked = { fromCustomerId: from, intoCustomerId: into };
  expect(await manager().customers.previewMerge(asked)).toMatchObject({
    value: { claims: 0, joinedClaims: 0, creditMinor: 2_500, creditAfterMinor: 2_600, giftCards: 0, passes: 1 },
  });
  const { mergeId } = await merge(from, into);
  const lots = [...(before[0]?.lots ?? []), ...(before[1]?.lots ?? [])];
  const inOrder = lots.sort((a, b) => (a[1] ?? Number.MAX_SAFE_INTEGER) - (b[1] ?? Number.MAX_SAFE_INTEGER));
  expect(await creditOf(into)).toEqual({ balanceMinor: 2_600, lots: inOrder });
  expect(await creditOf(from)).toEqual({ balanceMinor: 0, lots: [] });
  expect(await passesOf(into)).toEqual([[passId, 10]]);
  shop.clock.advance(29 * DAY);
  await undo(mergeId);
  expect([await creditOf(from), await creditOf(into)]).toEqual(before);
  expect([await passesOf(from), await passesOf(into)]).toEqual([[[passId, 10]], []]);
  expect(shop.number("SELECT SUM(amount_minor) AS n FROM store_credit_transactions WHERE kind = 'transfer'")).toBe(0);
});

test('C-48: credit of an account that was frozen stays frozen, and undo opens the other again', async () => {
  const { shop, manager, topUp, creditOf, merge, undo } = given();
  const [from, into] = [shop.addCustomer(), shop.addCustomer()];
  const { accountId } = await topUp(from, 2_000, null);
  await topUp(into, 1_000, null);
  await manager().credit.freeze(shop.op({ accountId }));
  const { mergeId } = await merge(from, into);
  expect(await manager().credit.position({ customerId: into })).toMatchObject({
    balanceMinor: 3_000,
    status: 'frozen',
  });
  await undo(mergeId);
  expect(await manager().credit.position({ customerId: into })).toMatchObject({
    balanceMinor: 1_000,
    status: 'active',
  });
  expect(await manager().credit.position({ customerId: from })).toMatchObject({ status: 'frozen' });
  expect((await creditOf(from)).balanceMinor).toBe(2_000);
});

test('C-48: a merge cannot be undone once credit that came with it is used, and says how much; merges undone in turn give each its own', async () => {
  const { shop, manager, topUp, creditOf, merge, undo } = given();
  const [a, b, c] = [shop.addCustomer(), shop.addCustomer(), shop.addCustomer()];
  await topUp(a, 700, 30);
  await topUp(b, 200, 60);
  await topUp(c, 50, 90);
  const first = await merge(a, b);
  const second = await merge(b, c);
  const take = { of: { customerId: c }, amountMinor: -300, days: null, reason: 'correction' as const, note: 'x' };
  await manager().credit.adjust(shop.op(take));
  expect(await refusalOf(undo(second.mergeId))).toMatchObject({
    reason: 'merge-credit-spent',
    facts: { amountMinor: 300 },
  });
  await topUp(c, 300, 30);
  expect(await refusalOf(undo(second.mergeId))).toMatchObject({ reason: 'merge-credit-spent' });
  const [d, e, f] = [shop.addCustomer(), shop.addCustomer(), shop.addCustomer()];
  await topUp(d, 700, 30);
  await topUp(e, 200, 60);
  const before = [await creditOf(d), await creditOf(e)];
  const merges = [await merge(d, e), await merge(e, f)];
  for (const { mergeId } of merges.reverse()) await undo(mergeId);
  expect([await creditOf(d), await creditOf(e)]).toEqual(before);
  expect((await creditOf(f)).balanceMinor).toBe(0);
  expect(first.mergeId).not.toBe(second.mergeId);
});
