import type { SaleDraft, SaleLineDraft, TenderDraft } from '#shop/till/sale.ts';
import type { TestBackendOptions, TestCaller } from '../support/test-backend.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';
import { DOLLAR_SHOP } from './till-shop.ts';

type Published = Parameters<VoucherShop['publish']>[0];

/** A shop that sells with vouchers, credit and passes; the cashier at its till made none of them. */
export interface ValueShop extends VoucherShop {
  readonly cashier: TestCaller;
  /** Publishes a campaign with one code for everybody, and returns its voucher. */
  generic(code: string, given?: Published): Promise<string>;
  /** Publishes an automatic promotion. */
  promotion(given: Published): Promise<string>;
  /** Gives a customer a voucher of a campaign of their own codes. */
  give(customerId: string, given?: Published): Promise<string>;
  /** Gives a customer credit, and returns its account. */
  credit(customerId: string, amountMinor: number): Promise<string>;
  pay(
    draft: SaleDraft,
    tenders: readonly TenderDraft[],
    totalMinor: number,
  ): ReturnType<TestCaller['till']['completeSale']>;
  /** What the till shows of a draft, in the words of the tables: total, and what each offer took off. */
  look(draft: SaleDraft): ReturnType<TestCaller['till']['preview']>;
  byCredit(accountId: string, amountMinor: number, kind?: 'credit' | 'gift-card'): TenderDraft;
  balance(accountId: string): number;
  /** A plan of a pass with so many units. */
  plan(units?: number): Promise<string>;
  /** A product of the catalogue, as a line of so many pieces. */
  product(name: string, priceMinor: number, more?: object): Promise<(pieces?: number) => SaleLineDraft>;
}

const ANY = { usesPerCode: null } as const;

/** Opens such a shop; in dollars unless it is said where. */
export async function createValueShop(where: TestBackendOptions['shop'] = DOLLAR_SHOP): Promise<ValueShop> {
  const shop = await createVoucherShop({ shop: where });
  const cashier = shop.caller('cashier');
  const manager = shop.caller('manager');
  const voucherOf = (campaignId: string): string =>
    String(
      shop.env.db.read.get<{ id: string }>('SELECT id FROM vouchers WHERE campaign_id = :campaignId' as never, {
        campaignId,
      })?.id,
    );
  return {
    ...shop,
    cashier,
    generic: async (genericCode, given = {}) => {
      const limits = { ...ANY, ...given.limits };
      return voucherOf((await shop.publish({ name: genericCode, ...given, genericCode, limits })).campaignId);
    },
    promotion: async (given) => (await shop.publish({ ...given, trigger: 'automatic' })).campaignId,
    give: async (customerId, given = {}) => {
      const { campaignId } = await shop.publish(given);
      return (await manager.vouchers.give(shop.op({ campaignId, customerId, note: 'a gift' }))).voucherId;
    },
    credit: async (customerId, amountMinor) => {
      const given = { of: { customerId }, amountMinor, reason: 'goodwill' as const, days: null, note: 'a gift' };
      return (await manager.credit.adjust(shop.op(given))).accountId;
    },
    pay: (draft, tenders, expectedTotalMinor) =>
      cashier.till.completeSale(shop.op({ draft, tenders: [...tenders], expectedTotalMinor })),
    look: (draft) => cashier.till.preview({ draft }),
    byCredit: (accountId, amountMinor, kind = 'credit') => ({ tenderId: shop.newId(), kind, amountMinor, accountId }),
    product: async (name, priceMinor, more = {}) => {
      const plain = { sku: null, barcodes: [], categoryId: null, icon: 'coffee', soldByWeight: false };
      const product = { ...plain, name, priceMinor, taxRateId: shop.taxRateId, ...more };
      const { productId } = await manager.catalogue.saveProduct(shop.op(product));
      return (pieces = 1) => shop.line(priceMinor, { productId, name, quantityThousandths: pieces * 1000 });
    },
    plan: async (units = 10) => {
      const plan = { name: 'Coffees', kind: 'package' as const, terms: { units } };
      return (await manager.passes.savePlan(shop.op(plan))).planId;
    },
    balance: (accountId) =>
      shop.number('SELECT balance_minor AS n FROM credit_accounts WHERE id = :accountId', { accountId }),
  };
}

/** The vouchers as a draft asks for them. */
export function asking(...voucherIds: readonly string[]): Pick<SaleDraft, 'vouchers'> {
  return { vouchers: voucherIds.map((voucherId) => ({ voucherId, choice: null })) };
}
