import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Programme } from '#shop/points/programme.ts';
import { createLoyaltyShop, type LoyaltyShop, programmeOf, SPEND_RULE } from './loyalty-shop.ts';

let shop: LoyaltyShop;
beforeEach(async () => {
  shop = await createLoyaltyShop();
});
afterEach(() => shop.close());

async function whatIf(programme: Programme) {
  const { points } = shop.caller('manager');
  const asked = { programId: shop.programId, programme, redeemedBasisPoints: 6_000, marginBasisPoints: 2_500 };
  const { runId } = await points.startWhatIf(shop.op(asked));
  await expect.poll(async () => (await points.whatIf({ runId })).state).toBe('done');
  return points.whatIf({ runId });
}

test('who would gain and lose is named; two records of one person are one customer, and who was erased has no name', async () => {
  await shop.publish();
  const customers = shop.caller('manager').customers;
  const enrol = async (name: string) => (await customers.enrol(shop.op({ name, consentMarketing: false }))).customerId;
  const [ana, leo, eva, old] = [await enrol('Ana'), await enrol('Leo'), await enrol('Eva'), await enrol('Ana R.')];
  await shop.sellTo(ana, [30_00]);
  await shop.sellTo(old, [12_00]);
  await shop.sellTo(leo, [5_00]);
  await shop.sellTo(eva, [20_00]);
  await customers.merge(shop.op({ fromCustomerId: old, intoCustomerId: ana }));
  await customers.erase(shop.op({ customerId: eva }));
  const { result, names } = await whatIf(
    programmeOf({ rules: [{ ...SPEND_RULE, points: 2, minimumSpendMinor: 10_00 }] }),
  );
  expect(result?.gained).toEqual([
    { customerId: ana, beforePoints: 42, points: 84 },
    { customerId: eva, beforePoints: 20, points: 40 },
  ]);
  expect(result?.lost).toEqual([{ customerId: leo, beforePoints: 5, points: 0 }]);
  expect(names).toEqual({ [ana]: 'Ana', [leo]: 'Leo' });
});
