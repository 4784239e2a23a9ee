import { afterEach, beforeEach, expect, test } from 'vitest';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { asking, createValueShop, type ValueShop } from './value-shop.ts';

// Claims on a code for everybody go with the sale that gave them, through the router over a real database.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());

interface Claim {
  readonly status: string;
  readonly reason: string | null;
  readonly saleId: string | null;
}

/** A shop whose sales give NEXT10, good at the next one, once for each customer. */
async function given(limits: object = { perCustomer: 1 }) {
  const { shop } = state;
  if (shop === null) throw new Error('no shop');
  const manager = shop.caller('manager');
  const campaign = { use: 'next-sale' as const, validity: { claimDays: 30 }, limits };
  const voucherId = await shop.generic('NEXT10', { ...campaign, distribution: { kind: 'after-sale' } });
  const rows = (customerId: string) =>
    shop.env.db.read.all<Claim>(
      `SELECT status, void_reason AS reason, claimed_sale_id AS saleId FROM customer_vouchers
       WHERE customer_id = :customerId` as never,
      { customerId },
    );
  const lineIds = new Map<string, readonly string[]>();
  const asked = (saleId: string, only?: number) => ({
    saleId,
    lines: (lineIds.get(saleId) ?? []).slice(0, only).map((lineId) => ({ lineId, quantityThousandths: 1000 })),
  });
  return {
    ...{ shop, manager, voucherId, rows, asked },
    /** Sells two things of one price. */
    buy: async (customerId: string, more: object = {}, totalMinor = 4_000, priceMinor = 2_000) => {
      shop.clock.advance(60_000);
      const draft = shop.draft([shop.line(priceMinor), shop.line(priceMinor)], { customerId, ...more });
      const sold = await shop.pay(draft, [shop.cash(totalMinor)], totalMinor);
      lineIds.set(
        sold.saleId,
        draft.lines.map(({ lineId }) => lineId),
      );
      return sold;
    },
    preview: (saleId: string, only?: number) =>
      manager.till.previewRefund({ ...asked(saleId, only), tenderKind: 'cash' as const }),
    refund: (saleId: string, only?: number) => {
      shop.clock.advance(60_000);
      return manager.till.refund(shop.op({ ...asked(saleId, only), tenderKind: 'cash' as const, reason: '' }));
    },
    claim: (customerId: string) => shop.cashier.vouchers.claim(shop.op({ voucherId, customerId, saleId: null })),
    isReplayed: () => expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop)),
  };
}

const OPEN = { status: 'CLAIMED', reason: null };
const GONE = { status: 'VOIDED', reason: 'GIVEN_BACK' };

test('C-52: the claim goes when the sale is given back whole, not before; the next sale gives it again and it is used', async () => {
  const { shop, buy, rows, preview, refund, asked, voucherId, isReplayed, manager } = await given();
  const customerId = shop.addCustomer();
  const first = await buy(customerId);
  expect((await preview(first.saleId, 1)).value.revokedVouchers).toBe(0);
  await refund(first.saleId, 1);
  expect(rows(customerId)).toMatchObject([OPEN]);
  const rest = { saleId: first.saleId, lines: asked(first.saleId).lines.slice(1), tenderKind: 'cash' as const };
  expect((await manager.till.previewRefund(rest)).value.revokedVouchers).toBe(1);
  await manager.till.refund(shop.op({ ...rest, reason: '' }));
  expect(rows(customerId)).toMatchObject([GONE]);
  expect(await shop.cashier.vouchers.wallet({ customerId })).toEqual({ now: [], notYet: [], used: [], expired: [] });
  const next = shop.draft([shop.line(4_000)], { customerId, ...asking(voucherId) });
  expect((await shop.look(next)).priced.totalMinor).toBe(4_000);
  const second = await buy(customerId);
  expect(second.value.issued).toMatchObject([{ code: 'NEXT10' }]);
  expect(rows(customerId)).toMatchObject([{ ...OPEN, saleId: second.saleId }]);
  expect((await shop.cashier.vouchers.wallet({ customerId })).now).toMatchObject([{ voucherId }]);
  const using = await buy(customerId, asking(voucherId), 3_600);
  expect(rows(customerId)).toMatchObject([{ status: 'REDEEMED', reason: null }]);
  // What was used stays used, as a voucher of the sale's own does; it is not given again.
  expect((await preview(second.saleId)).value.revokedVouchers).toBe(0);
  await refund(second.saleId);
  expect(rows(customerId)).toMatchObject([{ status: 'REDEEMED', reason: null }]);
  expect((await buy(customerId)).value.issued).toEqual([]);
  // The sale that used it comes back after the one that gave it: nothing is left to use.
  expect((await preview(using.saleId)).value.vouchers).toMatchObject([{ uses: 1, becomes: 'VOIDED' }]);
  await refund(using.saleId);
  expect(rows(customerId)).toMatchObject([GONE]);
  const again = shop.draft([shop.line(4_000)], { customerId, ...asking(voucherId) });
  expect((await shop.look(again)).priced.totalMinor).toBe(4_000);
  expect(shop.number('SELECT claim_count AS n FROM vouchers WHERE id = :voucherId', { voucherId })).toBe(1);
  isReplayed();
});

test('C-52: of two sales that bear the code the claim goes with the last that is given back, in either order', async () => {
  const { shop, manager, buy, rows, preview, refund, isReplayed } = await given();
  const other = await buy(shop.addCustomer());
  for (const isTurned of [false, true]) {
    const customerId = shop.addCustomer();
    const sold = [await buy(customerId), await buy(customerId)].map(({ saleId }) => saleId);
    const [early = '', late = ''] = isTurned ? sold.reverse() : sold;
    expect((await preview(early)).value.revokedVouchers).toBe(0);
    await refund(early);
    await refund(late, 1);
    expect(rows(customerId)).toMatchObject([OPEN]);
    const third = await buy(customerId);
    await refund(third.saleId);
    expect(rows(customerId)).toMatchObject([OPEN]);
  }
  const customerId = shop.addCustomer();
  const [first, second] = [await buy(customerId), await buy(customerId)];
  await refund(first.saleId);
  expect(rows(customerId)).toMatchObject([OPEN]);
  await manager.till.cancelSale(shop.op({ saleId: second.saleId, reason: '' }));
  expect(rows(customerId)).toMatchObject([GONE]);
  expect((await preview(other.saleId)).value.revokedVouchers).toBe(1);
  isReplayed();
});

test('C-36 C-52: a voucher of its own that a sale gave is void once that sale and the one that used it came back, in either order', async () => {
  for (const isGiverFirst of [true, false]) {
    const { shop, buy, preview, refund, isReplayed } = await given();
    await shop.publish({
      ...{ name: 'Own', use: 'next-sale', distribution: { kind: 'after-sale', minimumMinor: 3_900 } },
      benefit: { kind: 'percent', rateBasisPoints: 1_000 },
    });
    const customerId = shop.addCustomer();
    const giver = await buy(customerId);
    const own = shop.env.db.read.get<{ id: string; status: string }>(
      `SELECT id, status FROM vouchers WHERE issued_sale_id = :saleId` as never,
      { saleId: giver.saleId } as never,
    );
    const voucherId = own?.id ?? '';
    const using = await buy(customerId, asking(voucherId), 3_600);
    const [first, last] = isGiverFirst ? [giver, using] : [using, giver];
    await refund(first.saleId);
    expect(ownState(shop, voucherId)).toEqual(isGiverFirst ? ['redeemed', 'REDEEMED'] : ['claimed', 'CLAIMED']);
    if (isGiverFirst) expect((await preview(using.saleId)).value.vouchers).toMatchObject([{ becomes: 'VOIDED' }]);
    await refund(last.saleId);
    expect(ownState(shop, voucherId)).toEqual(['revoked', 'VOIDED']);
    isReplayed();
    if (isGiverFirst) {
      await shop.close();
      state.shop = await createValueShop();
    }
  }
});

test('C-36 C-52: of a voucher of several uses the rest goes with the sale that gave it, what was used stays used', async () => {
  const { shop, buy, preview, refund, isReplayed } = await given();
  await shop.publish({
    ...{ name: 'Three', use: 'next-sale', distribution: { kind: 'after-sale', minimumMinor: 3_900 } },
    limits: { usesPerCode: 3 },
  });
  const customerId = shop.addCustomer();
  const giver = await buy(customerId);
  const code = giver.value.issued.find(({ code }) => code !== 'NEXT10')?.code ?? '';
  const voucherId = String(
    shop.env.db.read.get<{ id: string }>('SELECT id FROM vouchers WHERE code = :code' as never, { code })?.id,
  );
  const [one, two] = [
    await buy(customerId, asking(voucherId), 1_800, 1_000),
    await buy(customerId, asking(voucherId), 1_800, 1_000),
  ];
  expect(ownState(shop, voucherId)).toEqual(['claimed', 'CLAIMED']);
  const { value } = await preview(giver.saleId);
  expect(value.partlyUsed).toEqual([{ code, name: 'Three', usedUses: 2 }]);
  expect((await preview(giver.saleId, 1)).value.partlyUsed).toEqual([]);
  await refund(giver.saleId);
  expect(ownState(shop, voucherId)).toEqual(['revoked', 'REDEEMED']);
  const next = shop.draft([shop.line(2_000)], { customerId, ...asking(voucherId) });
  expect((await shop.look(next)).priced.totalMinor).toBe(2_000);
  for (const [at, { saleId }] of [one, two].entries()) {
    expect((await preview(saleId)).value.vouchers).toMatchObject([{ uses: 1, becomes: 'VOIDED', endsAtMs: null }]);
    await refund(saleId);
    expect(ownState(shop, voucherId)).toEqual(['revoked', at === 0 ? 'REDEEMED' : 'VOIDED']);
  }
  expect(shop.number('SELECT usage_count AS n FROM vouchers WHERE id = :voucherId', { voucherId })).toBe(0);
  isReplayed();
});

function ownState({ env }: ValueShop, voucherId: string): readonly (string | undefined)[] {
  const row = env.db.read.get<{ voucher: string; claim: string }>(
    `SELECT v.status AS voucher, q.status AS claim FROM vouchers v
     JOIN customer_vouchers q ON q.voucher_id = v.id WHERE v.id = :voucherId` as never,
    { voucherId } as never,
  );
  return [row?.voucher, row?.claim];
}

test('what a customer claimed by hand stays whatever sale is given back, and what was given back can be claimed by hand', async () => {
  const { shop, buy, rows, refund, claim, isReplayed } = await given();
  const byHand = shop.addCustomer();
  await claim(byHand);
  const first = await buy(byHand);
  await refund(first.saleId);
  expect(rows(byHand)).toMatchObject([OPEN]);
  const customerId = shop.addCustomer();
  const second = await buy(customerId);
  expect(await refusalOf(claim(customerId))).toMatchObject({ reason: 'voucher-already-claimed' });
  await refund(second.saleId);
  await claim(customerId);
  expect(rows(customerId)).toMatchObject([{ ...OPEN, saleId: null }]);
  expect(await refusalOf(claim(customerId))).toMatchObject({ reason: 'voucher-already-claimed' });
  isReplayed();
});

test('C-48: after a merge the claim goes with the last sale of either record, and undoing the merge gives none back without a sale', async () => {
  const { shop, manager, buy, rows, refund, isReplayed } = await given();
  // Too little for points, which would keep a merge from being undone.
  const buyCheap = (customerId: string) => buy(customerId, {}, 40, 20);
  const merge = (fromCustomerId: string, intoCustomerId: string) =>
    manager.customers.merge(shop.op({ fromCustomerId, intoCustomerId }));
  const [from, into] = [shop.addCustomer(), shop.addCustomer()];
  const [a, b] = [await buyCheap(from), await buyCheap(into)];
  const { mergeId } = await merge(from, into);
  await refund(a.saleId);
  expect(rows(into)).toMatchObject([OPEN]);
  await refund(b.saleId);
  expect(rows(into)).toMatchObject([GONE]);
  await manager.customers.undoMerge(shop.op({ mergeId }));
  expect([...rows(from), ...rows(into)]).toMatchObject([GONE, GONE]);
  // One stands: its record has the claim again, the other has not.
  const [c, d] = [await buyCheap(from), await buyCheap(into)];
  const again = await merge(from, into);
  await refund(c.saleId);
  expect(rows(into)).toMatchObject([OPEN]);
  await manager.customers.undoMerge(shop.op({ mergeId: again.mergeId }));
  expect([...rows(from), ...rows(into)]).toMatchObject([GONE, { ...OPEN, saleId: d.saleId }]);
  // A claim that went along alone comes home, and goes where its sale went meanwhile.
  const [e, other] = [shop.addCustomer(), shop.addCustomer()];
  const sold = await buyCheap(e);
  const moved = await merge(e, other);
  expect(rows(other)).toMatchObject([OPEN]);
  const sameCode = await buyCheap(other);
  await refund(sold.saleId);
  expect(rows(other)).toMatchObject([OPEN]);
  await manager.customers.undoMerge(shop.op({ mergeId: moved.mergeId }));
  expect([rows(e), rows(other)]).toMatchObject([[GONE], []]);
  await refund(sameCode.saleId);
  isReplayed();
});

test('T9: goods given back in a ticket take their claim out of it, and what is bought in it gives it anew', async () => {
  const { shop, buy, rows, asked, voucherId, isReplayed } = await given();
  const { cashier } = shop;
  const customerId = shop.addCustomer();
  const sold = await buy(customerId);
  const exchange = { ...asked(sold.saleId), reason: 'too small' };
  const draft = shop.draft([shop.line(5_000)], { customerId, exchange, ...asking(voucherId) });
  const { priced, dueMinor } = await cashier.till.preview({ draft });
  expect([priced.totalMinor, dueMinor]).toEqual([5_000, 1_000]);
  const approval = { permission: 'sale.refund' as const, pin: '739164', reason: 'too small' };
  const { overrideId } = await cashier.staff.grantOverride(shop.op(approval));
  const paid = { draft, tenders: [shop.cash(1_000)], expectedTotalMinor: 5_000, overrideIds: [overrideId] };
  const again = await cashier.till.completeSale(shop.op(paid));
  expect(rows(customerId)).toMatchObject([{ ...OPEN, saleId: again.saleId }]);
  isReplayed();
});
