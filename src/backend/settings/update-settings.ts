import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { isKnownZone } from '#shop/time/zone.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope, JsonRow } from '../command-scope.ts';
import { selectSettings, updateMerchantName, updateShop, updateTerminalName, upsertSetting } from './settings-store.ts';
import { OWN_TERMINAL_KEYS, SETTING_KEYS, SETTING_SCHEMAS, type SettingKey } from './shop-settings.ts';

/** A time zone that the bundled database knows; the rules count business days with it. */
export const timeZoneSchema = lineText({ max: 64 }).refine(isKnownZone);

const IDENTITY_SCHEMAS = {
  shopName: lineText({ max: 120 }),
  terminalName: lineText({ max: 60 }),
  timeZone: timeZoneSchema,
  dayStartsAtHour: z.int().min(0).max(12),
};

const { usesCountedFromMs: _, ...ASKED_SCHEMAS } = SETTING_SCHEMAS;

export const updateSettingsSchema = z.strictObject({
  changes: z.strictObject({ ...ASKED_SCHEMAS, ...IDENTITY_SCHEMAS }).partial(),
});

type Changes = z.output<typeof updateSettingsSchema>['changes'];

/**
 * Changes settings of the shop, or, for whoever may not, of this terminal alone (language, theme, sounds).
 * Refuses 'not-permitted' for the rest. A change of the day's start or zone counts for sales after it only.
 */
export function updateSettings(scope: CommandScope, { changes }: { changes: Changes }): Outcome<{ changed: string[] }> {
  const keys = Object.keys(changes).filter((key) => changes[key as keyof Changes] !== undefined);
  const isOwnOnly = keys.every((key) => OWN_TERMINAL_KEYS.has(key));
  if (!isOwnOnly && !scope.may('settings.shop')) {
    return refuse('not-permitted', { permission: 'settings.shop', overridable: false });
  }
  storeIdentity(scope, changes);
  for (const key of keys)
    if ((SETTING_KEYS as readonly string[]).includes(key))
      storeSetting(scope, key as SettingKey, changes[key as keyof Changes]);
  scope.touch('settings');
  return done({ changed: keys });
}

/** Stores a setting. Uses of codes count from when they are first bounded, also where the bound is changed later. */
function storeSetting(scope: CommandScope, key: SettingKey, value: unknown): void {
  const { db, shop } = scope;
  const stored = selectSettings(db, shop);
  const before = stored[key];
  if (key === 'allowance') {
    const { usesPerCode } = SETTING_SCHEMAS.allowance.parse(value);
    const fromMs = usesPerCode === null ? null : (stored.usesCountedFromMs ?? scope.moment.trustedAtMs);
    if (fromMs !== stored.usesCountedFromMs) storeSetting(scope, 'usesCountedFromMs', fromMs);
  }
  const row = upsertSetting(db, {
    merchantId: shop.merchantId,
    key,
    value,
    updatedAtMs: scope.moment.atMs,
  });
  scope.fact('system_settings', { merchant_id: shop.merchantId, ...row });
  scope.changed({
    table: 'system_settings',
    recordId: key,
    before: { value: before as JsonRow },
    after: { value: value as JsonRow },
  });
}

function storeIdentity(scope: CommandScope, changes: Changes): void {
  const { db, shop } = scope;
  const { merchantId, shopId, terminalId } = shop;
  const next = { ...shop, ...Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) };
  if (next.shopName !== shop.shopName) updateMerchantName(db, { merchantId, name: next.shopName });
  const isShopChanged =
    next.shopName !== shop.shopName || next.timeZone !== shop.timeZone || next.dayStartsAtHour !== shop.dayStartsAtHour;
  if (isShopChanged) {
    updateShop(db, {
      merchantId,
      shopId,
      name: next.shopName,
      timeZone: next.timeZone,
      dayStartsAtHour: next.dayStartsAtHour,
    });
    const row = { name: next.shopName, time_zone: next.timeZone, day_starts_at_hour: next.dayStartsAtHour };
    scope.fact('shops', { id: shopId, merchant_id: merchantId, ...row });
    const before = { name: shop.shopName, time_zone: shop.timeZone, day_starts_at_hour: shop.dayStartsAtHour };
    scope.changed({ table: 'shops', recordId: shopId, before, after: row });
  }
  if (next.terminalName !== shop.terminalName) {
    updateTerminalName(db, { merchantId, terminalId, name: next.terminalName });
    scope.fact('terminals', { id: terminalId, merchant_id: merchantId, name: next.terminalName });
    const before = { name: shop.terminalName };
    scope.changed({ table: 'terminals', recordId: terminalId, before, after: { name: next.terminalName } });
  }
}
