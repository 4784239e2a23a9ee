import { plainCampaign } from '#shop/vouchers/campaign.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const TEN_OFF = { kind: 'percent', rateBasisPoints: 1000, capMinor: null, scope: 'order' } as const;

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** A shop with one campaign, whose rows are written as they are: what holds here holds whoever writes. */
export interface ValueShop {
  readonly shop: TillShop;
  readonly customerId: string;
  readonly campaignId: string;
  readonly saleId: string;
  run(statement: string, parameters?: Row): void;
  one(statement: string, parameters?: Row): Row;
  insert(table: string, row: Row): string;
  voucher(given?: Row): string;
  redeem(voucherId: string | null, given?: Row): string;
  rollBack(redemptionId: string, given?: Row): string;
  account(given?: Row): string;
  credit(accountId: string, kind: string, amountMinor: number, given?: Row): string;
  pass(given?: Row): string;
  use(passId: string, kind: string, units: number, given?: Row): string;
}

const SYSTEM: Readonly<Record<string, string>> = {
  'top-up': 'sold',
  grant: 'granted',
  spend: 'spent',
  return: 'spent',
  refund: 'refunded',
  reverse: 'sold',
  expire: 'expired',
  adjust: 'adjusted',
  transfer: 'moved',
};

export async function createValueShop(): Promise<ValueShop> {
  const shop = await createTillShop();
  const customerId = shop.addCustomer();
  const { saleId } = await shop.sell(shop.draft([shop.line(1000)]), undefined, shop.caller('cashier'));
  const { merchantId = '', shopId = '', terminalId = '' } = shop.env.shop() ?? {};
  const run = (statement: string, parameters: Row = {}) => {
    shop.env.db.write((tx) => tx.run(statement as never, parameters as never));
  };
  const one = (statement: string, parameters: Row = {}) =>
    shop.env.db.read.get<Record<string, Value>>(statement as never, parameters as never) ?? {};
  const insert = (table: string, row: Row): string => {
    const full: Row = { id: shop.newId(), merchant_id: merchantId, ...row };
    const names = Object.keys(full);
    run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`, full);
    return String(full.id);
  };
  const staffId = String(one('SELECT id FROM staff_members').id);
  const campaignId = insert('campaigns', { name: 'Ten off', status: 'live', created_at_ms: 0 });
  const version = {
    campaign_id: campaignId,
    version: 1,
    definition: JSON.stringify(plainCampaign('Ten off', TEN_OFF)),
    published_at_ms: 0,
  };
  const versionId = insert('campaign_versions', version);
  const at = { business_date: '2026-11-21', group_id: 'group', trusted_at_ms: 1, at_ms: 1 };
  return {
    shop,
    customerId,
    campaignId,
    saleId,
    run,
    one,
    insert,
    voucher: (given = {}) => {
      const code = shop.newId().slice(24);
      const row = { campaign_id: campaignId, code, code_key: code, type: 'percent', value: 1000, usage_limit: 1 };
      return insert('vouchers', { ...row, status: 'published', created_at_ms: 0, ...given });
    },
    redeem: (voucherId, given = {}) =>
      insert('voucher_redemptions', {
        campaign_id: campaignId,
        campaign_version_id: versionId,
        voucher_id: voucherId,
        transaction_id: saleId,
        redemption_type: 'percent',
        uses: 1,
        discount_amount_minor: 100,
        shop_id: shopId,
        terminal_id: terminalId,
        staff_id: staffId,
        civil_date: '2026-11-21',
        business_date: '2026-11-21',
        used_at_ms: 1,
        trusted_at_ms: 1,
        group_id: 'group',
        ...given,
      }),
    rollBack: (redemptionId, given = {}) => {
      const row = {
        redemption_id: redemptionId,
        uses: 1,
        amount_minor: 100,
        reason: 'refund',
        at_ms: 2,
        group_id: 'g',
      };
      return insert('voucher_rollbacks', { ...row, ...given });
    },
    account: (given = {}) =>
      insert('credit_accounts', { kind: 'credit', customer_id: customerId, created_at_ms: 0, ...given }),
    credit: (accountId, kind, amountMinor, given = {}) => {
      const row = { account_id: accountId, kind, system_account: SYSTEM[kind] ?? '', amount_minor: amountMinor };
      return insert('store_credit_transactions', { ...row, ...at, ...given });
    },
    pass: (given = {}) => {
      const row = { customer_id: customerId, name: '10 coffees', kind: 'package', terms: '{}', starts_at_ms: 0 };
      return insert('customer_packages', { ...row, created_at_ms: 0, ...given });
    },
    use: (passId, kind, units, given = {}) =>
      insert('package_uses', { package_id: passId, kind, units, ...at, ...given }),
  };
}
