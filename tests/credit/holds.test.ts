import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from '../vouchers/voucher-shop.ts';

// What an open sale sets aside of credit and passes, through the router over a real database.

const shop = voucherShopForEach();

interface Asked {
  readonly saleId: string;
  readonly customerId?: string | null;
  readonly credit?: { accountId: string; amountMinor: number }[];
  readonly passes?: { passId: string; units: number }[];
}
const hold = ({ saleId, customerId = null, credit = [], passes = [] }: Asked) =>
  shop().caller('cashier').value.hold(shop().op({ saleId, customerId, credit, passes }));
const release = (saleId: string) => shop().caller('cashier').value.release(shop().op({ saleId }));
const card = async (amountMinor: number) =>
  (
    await shop()
      .caller('manager')
      .credit.giveCard(shop().op({ amountMinor, note: 'raffle' }))
  ).accountId;
const free = async (accountId: string) =>
  (await shop().caller('cashier').credit.position({ accountId })).availableMinor;
const pass = async (customerId: string, units: number) => {
  const manager = shop().caller('manager').passes;
  const { planId } = await manager.savePlan(shop().op({ name: 'Coffees', kind: 'package' as const, terms: { units } }));
  return (await manager.give(shop().op({ customerId, planId, note: 'prize' }))).passId;
};

test('S3-95 VC18: two open sales never hold more than there is; a lapsed hold is free for the next', async () => {
  const accountId = await card(1_000);
  const [first, second] = [shop().newId(), shop().newId()];
  const { endsAtMs } = await hold({ saleId: first, credit: [{ accountId, amountMinor: 700 }] });
  expect(endsAtMs - shop().clock.wallNowMs()).toBe(600_000);
  const taking = (amountMinor: number) => hold({ saleId: second, credit: [{ accountId, amountMinor }] });
  expect(await refusalOf(taking(301))).toMatchObject({
    reason: 'credit-short',
    facts: { neededMinor: 301, availableMinor: 300, heldMinor: 700 },
  });
  await taking(300);
  expect(await free(accountId)).toBe(0);
  // Asked again, the sale's own hold does not stand in its way and is replaced, not added to.
  await hold({ saleId: first, credit: [{ accountId, amountMinor: 500 }] });
  expect(await free(accountId)).toBe(200);
  shop().clock.advance(600_000);
  await taking(1_000);
  expect(await free(accountId)).toBe(0);
});

test('what is refused leaves the holds of the sale as they were; release lets go of them', async () => {
  const [accountId, frozen, saleId] = [await card(1_000), await card(50), shop().newId()];
  await shop()
    .caller('manager')
    .credit.freeze(shop().op({ accountId: frozen }));
  await hold({ saleId, credit: [{ accountId, amountMinor: 400 }] });
  const both = [
    { accountId, amountMinor: 100 },
    { accountId: frozen, amountMinor: 50 },
  ];
  expect(await refusalOf(hold({ saleId, credit: both }))).toMatchObject({ reason: 'credit-frozen' });
  expect(await free(accountId)).toBe(600);
  expect(await release(saleId)).toEqual({ released: true });
  expect(await release(saleId)).toEqual({ released: false });
  expect(await free(accountId)).toBe(1_000);
});

test('units of a pass are held for its own customer alone, up to what is left', async () => {
  const [customerId, other] = [shop().addCustomer('Ana'), shop().addCustomer('Bo')];
  const passId = await pass(customerId, 3);
  await hold({ saleId: shop().newId(), customerId, passes: [{ passId, units: 2 }] });
  const asking = (who: string, units: number) =>
    hold({ saleId: shop().newId(), customerId: who, passes: [{ passId, units }] });
  expect(await refusalOf(asking(customerId, 2))).toMatchObject({ reason: 'pass-short', facts: { needed: 2, have: 1 } });
  expect(await refusalOf(asking(other, 1))).toMatchObject({ reason: 'pass-of-another' });
  await asking(customerId, 1);
  expect((await shop().caller('cashier').passes.ofCustomer({ customerId }))[0]).toMatchObject({
    unitsLeft: 3,
    unitsFree: 0,
  });
});

test('credit of a customer is for their own sales, and a sale that is written can neither hold nor release', async () => {
  const [customerId, other] = [shop().addCustomer('Ana'), shop().addCustomer('Bo')];
  const given = { of: { customerId }, amountMinor: 500, reason: 'goodwill' as const, note: 'cold soup' };
  const { accountId } = await shop().caller('manager').credit.adjust(shop().op(given));
  const credit = [{ accountId, amountMinor: 1 }];
  expect(await refusalOf(hold({ saleId: shop().newId(), customerId: other, credit }))).toMatchObject({
    reason: 'not-found',
  });
  const { saleId } = await shop().sell(shop().draft([shop().line(1_000)]), undefined, shop().caller('cashier'));
  expect(await refusalOf(hold({ saleId, customerId, credit }))).toMatchObject({ reason: 'draft-changed-elsewhere' });
  expect(await refusalOf(release(saleId))).toMatchObject({ reason: 'draft-changed-elsewhere' });
});
