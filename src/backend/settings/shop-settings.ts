import { z } from 'zod';
import { cashRoundingFor } from '#shop/money/cash-rounding.ts';
import { countingUnitMinor } from '#shop/money/currency.ts';
import { lineText } from '#shop/text/text-schema.ts';

const MOST_MINOR = 1_000_000_000_000;
const minorSchema = z.int().min(1).max(MOST_MINOR);

/** Every setting with its bounds: what is stored, and what a client may ask for, fits this and nothing else. */
export const SETTING_SCHEMAS = {
  language: z.enum(['en', 'es']),
  region: z.string().regex(/^[a-z]{2}-[A-Z]{2}$/),
  theme: z.enum(['system', 'light', 'dark']),
  sounds: z.strictObject({ volume: z.int().min(0).max(100), muted: z.array(lineText({ max: 40 })).max(20) }),
  autoLockMinutes: z.int().min(0).max(120),
  lockAfterSale: z.boolean(),
  quickAmountsMinor: z.array(minorSchema).max(8),
  taxMode: z.enum(['inclusive', 'exclusive']),
  taxRounding: z.enum(['document', 'line']),
  cashRounding: z.strictObject({ stepMinor: z.int().min(1).max(1_000_000), mode: z.enum(['customer', 'nearest']) }),
  discountLimitBasisPoints: z.strictObject({
    cashier: z.int().min(0).max(10_000),
    manager: z.int().min(0).max(10_000),
  }),
  /** The hours in which a new version may take over by itself; null: when the program is started again. */
  updateWindow: z.strictObject({ fromHour: z.int().min(0).max(23), untilHour: z.int().min(0).max(23) }).nullable(),
  /** What the shop calls its credit: 'coin', 'coins'. Null: plain store credit. */
  creditName: z.strictObject({ one: lineText({ max: 24 }), many: lineText({ max: 24 }) }).nullable(),
  /** Whether the customer's screen is opened with the till, where the host has windows. */
  customerScreen: z.boolean(),
  /** After how many sales the customer's screen asks how it was: 0 never, 1 after each, n after about one in n. */
  askSatisfactionEvery: z.int().min(0).max(100),
  /**
   * What a till may give out on its own (W9), null each: no bound. Minor units of one account's credit and of all credit in
   * a business day; uses of one code since usesCountedFromMs.
   */
  allowance: z.strictObject({
    creditPerAccountMinor: z.int().min(0).max(MOST_MINOR).nullable(),
    creditPerDayMinor: z.int().min(0).max(MOST_MINOR).nullable(),
    usesPerCode: z.int().min(0).max(100_000).nullable(),
  }),
  /** Trusted time, UTC ms. Nobody writes it: it follows from the allowance of uses being set. */
  usesCountedFromMs: z.int().min(0).nullable(),
} as const;

export type SettingKey = keyof typeof SETTING_SCHEMAS;

/** The settings of the shop as the back end reads them; amounts in minor units of its currency. */
export type ShopSettings = { readonly [Key in SettingKey]: z.output<(typeof SETTING_SCHEMAS)[Key]> };

export const SETTING_KEYS = Object.keys(SETTING_SCHEMAS) as readonly SettingKey[];

/** What anybody signed in may change: how this terminal looks and sounds. */
export const OWN_TERMINAL_KEYS: ReadonlySet<string> = new Set<SettingKey>(['language', 'theme', 'sounds']);

/** The settings that a new shop of the country starts with; rounding of cash follows the country's rule. */
export function defaultSettings(country: string, currency: string): ShopSettings {
  const unit = countingUnitMinor(currency);
  return {
    language: 'en',
    region: `en-${country}`,
    theme: 'system',
    sounds: { volume: 60, muted: [] },
    autoLockMinutes: 5,
    lockAfterSale: false,
    quickAmountsMinor: [unit * 5, unit * 10, unit * 20],
    taxMode: 'inclusive',
    taxRounding: 'document',
    cashRounding: { ...cashRoundingFor(country, currency) },
    discountLimitBasisPoints: { cashier: 1_000, manager: 10_000 },
    creditName: null,
    updateWindow: null,
    customerScreen: false,
    askSatisfactionEvery: 0,
    allowance: { creditPerAccountMinor: null, creditPerDayMinor: null, usesPerCode: null },
    usesCountedFromMs: null,
  };
}
