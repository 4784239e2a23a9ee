import { selectTaxRates } from '#backend/catalogue/tax-rates-store.ts';
import type { ManualDiscount, SaleDraft, SaleLineDraft, TenderDraft } from '#shop/till/sale.ts';
import {
  createTestBackend,
  type TestBackend,
  type TestBackendOptions,
  type TestCaller,
} from '../support/test-backend.ts';

/** A test shop that counts in 1.00 with cents and earns 1 point per 1.00: the numbers of SCENARIOS.md as they stand. */
export const DOLLAR_SHOP = { country: 'US', currency: 'USD', timeZone: 'America/New_York', region: 'en-US' } as const;

export interface TillShop extends TestBackend {
  readonly taxRateId: string;
  /** Puts a customer straight into the database and returns their id. */
  addCustomer(name?: string): string;
  line(priceMinor: number, more?: Partial<SaleLineDraft>): SaleLineDraft;
  draft(lines: readonly SaleLineDraft[], more?: Partial<SaleDraft>): SaleDraft;
  cash(amountMinor: number, receivedMinor?: number): TenderDraft;
  card(amountMinor: number, reference?: string): TenderDraft;
  /** Sells at the till and returns the answer. */
  sell(
    draft: SaleDraft,
    tenders?: TenderDraft[],
    as?: TestCaller,
  ): Promise<Awaited<ReturnType<TestCaller['till']['completeSale']>>>;
  balanceOf(customerId: string): number;
  /** One number from the database. */
  number(statement: string, parameters?: Record<string, string | number>): number;
}

export const percent = (rateBasisPoints: number): ManualDiscount => ({ kind: 'percent', rateBasisPoints });
export const amountOff = (amountMinor: number): ManualDiscount => ({ kind: 'amount', amountMinor });

/** A shop with one tax rate at hand and short words for what a test does at the till. */
export async function createTillShop(options: TestBackendOptions = {}): Promise<TillShop> {
  const backend = await createTestBackend(options);
  const { env, newId, clock, op } = backend;
  const { merchantId } = env.shop() ?? { merchantId: '' };
  const taxRateId = selectTaxRates(env.db.read, merchantId)[0]?.taxRateId ?? '';
  const number = (statement: string, parameters: Record<string, string | number> = {}): number => {
    const row = env.db.read.get<Record<string, number | null>>(statement as never, parameters) ?? {};
    return Object.values(row)[0] ?? 0;
  };
  const shop: TillShop = {
    ...backend,
    taxRateId,
    number,
    addCustomer: (name = 'Ana Giménez') => addCustomer(backend, merchantId, name),
    line: (unitPriceMinor, more = {}) => ({
      lineId: newId(),
      productId: null,
      name: 'Café',
      unitPriceMinor,
      quantityThousandths: 1000,
      taxRateId,
      categoryId: null,
      discount: null,
      note: '',
      ...more,
    }),
    draft: (lines, more = {}) => ({
      saleId: newId(),
      customerId: null,
      customerIdentifiedBy: null,
      customerIdentifiedAtMs: null,
      lines,
      discount: null,
      redemptions: [],
      label: '',
      note: '',
      ...more,
    }),
    cash: (amountMinor, receivedMinor) => ({
      tenderId: newId(),
      kind: 'cash',
      amountMinor,
      ...(receivedMinor === undefined ? {} : { receivedMinor }),
    }),
    card: (amountMinor, reference = 'A-1') => ({ tenderId: newId(), kind: 'card', amountMinor, reference }),
    sell: async (draft, tenders, as = backend.caller('manager')) => {
      clock.advance(1000);
      const { priced, cashDueMinor } = await as.till.preview({ draft });
      const paying = tenders ?? [shop.cash(priced.totalMinor, cashDueMinor)];
      return as.till.completeSale(op({ draft, tenders: paying, expectedTotalMinor: priced.totalMinor }));
    },
    balanceOf: (customerId) =>
      number(
        'SELECT COALESCE((SELECT current_points FROM customer_loyalty_accounts WHERE customer_id = :customerId), 0) AS n',
        { customerId },
      ),
  };
  return shop;
}

function addCustomer({ env, newId, clock }: TestBackend, merchantId: string, name: string): string {
  const id = newId();
  env.db.write((tx) => {
    tx.run(
      `INSERT INTO customers (id, merchant_id, customer_code, created_at_ms, updated_at_ms)
       VALUES (:id, :merchantId, :code, :atMs, :atMs)` as never,
      { id, merchantId, code: id, atMs: clock.wallNowMs() },
    );
    tx.run(
      `INSERT INTO customer_pii (customer_number, merchant_id, full_name)
       SELECT customer_number, merchant_id, :name FROM customers WHERE id = :id` as never,
      { id, name },
    );
  });
  return id;
}
