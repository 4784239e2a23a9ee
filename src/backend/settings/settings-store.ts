import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';
import { defaultSettings, SETTING_KEYS, SETTING_SCHEMAS, type SettingKey, type ShopSettings } from './shop-settings.ts';

const SELECT_SETTINGS = sql`
  SELECT setting_key, value
  FROM system_settings
  WHERE merchant_id = :merchantId`;

const UPSERT_SETTING = sql`
  INSERT INTO system_settings (merchant_id, setting_key, value, value_type, updated_at_ms)
  VALUES (:merchantId, :settingKey, :value, :valueType, :updatedAtMs)
  ON CONFLICT (merchant_id, setting_key) DO UPDATE SET
    value = excluded.value,
    value_type = excluded.value_type,
    version = version + 1,
    updated_at_ms = excluded.updated_at_ms
  RETURNING setting_key, value, value_type, version, updated_at_ms`;

const UPDATE_MERCHANT_NAME = sql`
  UPDATE merchants
  SET name = :name
  WHERE id = :merchantId`;

const UPDATE_SHOP = sql`
  UPDATE shops
  SET name = :name, time_zone = :timeZone, day_starts_at_hour = :dayStartsAtHour
  WHERE id = :shopId AND merchant_id = :merchantId`;

const UPDATE_TERMINAL_NAME = sql`
  UPDATE terminals
  SET name = :name
  WHERE id = :terminalId AND merchant_id = :merchantId`;

export interface SettingRow {
  readonly setting_key: string;
  readonly value: string;
  readonly value_type: string;
  readonly version: number;
  readonly updated_at_ms: number;
}

/** The shop's settings: what is stored over what a shop of its country starts with. A stored value that does not fit is a bug. */
export function selectSettings(
  db: ReadableDb,
  shop: { merchantId: string; country: string; currency: string },
): ShopSettings {
  const stored = db.all<{ setting_key: string; value: string }>(SELECT_SETTINGS, { merchantId: shop.merchantId });
  const known = stored.filter((row) => (SETTING_KEYS as readonly string[]).includes(row.setting_key));
  const values = known.map((row) => {
    const key = row.setting_key as SettingKey;
    return [key, SETTING_SCHEMAS[key].parse(JSON.parse(row.value))];
  });
  return { ...defaultSettings(shop.country, shop.currency), ...Object.fromEntries(values) };
}

/** Stores one setting and returns its row. */
export function upsertSetting(
  db: WritableDb,
  given: { merchantId: string; key: SettingKey; value: unknown; updatedAtMs: number },
): SettingRow {
  const row = db.get<SettingRow>(UPSERT_SETTING, {
    merchantId: given.merchantId,
    settingKey: given.key,
    value: JSON.stringify(given.value),
    valueType: valueTypeOf(given.value),
    updatedAtMs: given.updatedAtMs,
  });
  if (row === undefined) throw new Error('a setting was not stored');
  return row;
}

function valueTypeOf(value: unknown): 'string' | 'integer' | 'boolean' | 'json' {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  return Number.isInteger(value) ? 'integer' : 'json';
}

export function updateMerchantName(db: WritableDb, given: { merchantId: string; name: string }): void {
  db.runOne(UPDATE_MERCHANT_NAME, given);
}

export function updateShop(
  db: WritableDb,
  given: { merchantId: string; shopId: string; name: string; timeZone: string; dayStartsAtHour: number },
): void {
  db.runOne(UPDATE_SHOP, given);
}

export function updateTerminalName(
  db: WritableDb,
  given: { merchantId: string; terminalId: string; name: string },
): void {
  db.runOne(UPDATE_TERMINAL_NAME, given);
}
