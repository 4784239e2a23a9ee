import type { JsonRow } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { upsertSetting } from '../settings/settings-store.ts';
import { SETTING_KEYS, type ShopSettings } from '../settings/shop-settings.ts';

const SELECT_SHOP = sql`
  SELECT m.id AS merchantId, m.merchant_code AS merchantCode, m.country, m.currency, m.is_demo AS isDemo,
    s.id AS shopId, s.name AS shopName, s.shop_code AS shopCode, s.time_zone AS timeZone, s.day_starts_at_hour AS dayStartsAtHour,
    t.id AS terminalId, t.name AS terminalName, t.terminal_code AS terminalCode
  FROM terminal_state l
  JOIN merchants m ON m.id = l.merchant_id
  JOIN shops s ON s.id = l.shop_id
  JOIN terminals t ON t.id = l.terminal_id
  WHERE l.only_row = 1`;

const INSERT_MERCHANT = sql`
  INSERT INTO merchants (id, name, merchant_code, country, currency, is_demo, created_at_ms)
  VALUES (:id, :name, :merchantCode, :country, :currency, :isDemo, :atMs)`;

const INSERT_SHOP = sql`
  INSERT INTO shops (id, merchant_id, name, shop_code, time_zone, day_starts_at_hour, created_at_ms)
  VALUES (:id, :merchantId, :name, :shopCode, :timeZone, :dayStartsAtHour, :atMs)`;

const INSERT_TERMINAL = sql`
  INSERT INTO terminals (id, merchant_id, shop_id, name, terminal_code, created_at_ms)
  VALUES (:id, :merchantId, :shopId, :name, :terminalCode, :atMs)`;

const CLAIM_TERMINAL = sql`
  UPDATE terminal_state
  SET merchant_id = :merchantId, shop_id = :shopId, terminal_id = :terminalId
  WHERE only_row = 1 AND merchant_id IS NULL`;

/** Which shop this data folder serves; null before the first run is done. */
export function selectShop(db: ReadableDb): ShopIdentity | null {
  const row = db.get<Omit<ShopIdentity, 'isDemo'> & { isDemo: number }>(SELECT_SHOP);
  return row === undefined ? null : { ...row, isDemo: row.isDemo === 1 };
}

/**
 * Writes the merchant, its first shop, this terminal and the settings, and claims the data folder for them: once.
 * Returns the written rows for the op.
 */
export function insertNewShop(
  db: WritableDb,
  shop: ShopIdentity,
  settings: ShopSettings,
  atMs: number,
): [string, JsonRow][] {
  const merchant = {
    id: shop.merchantId,
    name: shop.shopName,
    merchantCode: shop.merchantCode,
    country: shop.country,
    currency: shop.currency,
    isDemo: shop.isDemo ? 1 : 0,
    atMs,
  };
  const place = {
    id: shop.shopId,
    merchantId: shop.merchantId,
    name: shop.shopName,
    shopCode: shop.shopCode,
    timeZone: shop.timeZone,
    dayStartsAtHour: shop.dayStartsAtHour,
    atMs,
  };
  const { merchantId, shopId, terminalId } = shop;
  const terminal = {
    id: terminalId,
    merchantId,
    shopId,
    name: shop.terminalName,
    terminalCode: shop.terminalCode,
    atMs,
  };
  db.runOne(INSERT_MERCHANT, merchant);
  db.runOne(INSERT_SHOP, place);
  db.runOne(INSERT_TERMINAL, terminal);
  db.runOne(CLAIM_TERMINAL, { merchantId, shopId, terminalId });
  const rows = SETTING_KEYS.map((key): [string, JsonRow] => [
    'system_settings',
    { merchant_id: merchantId, ...upsertSetting(db, { merchantId, key, value: settings[key], updatedAtMs: atMs }) },
  ]);
  return [['merchants', merchant], ['shops', place], ['terminals', terminal], ...rows];
}
