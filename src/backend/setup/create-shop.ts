import { randomFillSync } from 'node:crypto';
import { z } from 'zod';
import { makeCode } from '#shop/ids/code.ts';
import { isCurrency } from '#shop/money/currency.ts';
import { decidePin, pinEntrySchema } from '#shop/staff/pin.ts';
import type { Role } from '#shop/staff/permissions.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { RequestContext, ShopIdentity } from '../context.ts';
import { selectOperation } from '../operations-store.ts';
import { timeZoneSchema } from '../settings/update-settings.ts';
import { defaultSettings, SETTING_SCHEMAS } from '../settings/shop-settings.ts';
import { makeRecoveryCode } from '../staff/recovery-code.ts';
import { momentOf } from '../time/moment.ts';
import { writeFirstShop } from './write-first-shop.ts';

export const createShopSchema = z.strictObject({
  shopName: lineText({ max: 120 }),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().refine(isCurrency),
  timeZone: timeZoneSchema,
  language: SETTING_SCHEMAS.language,
  region: SETTING_SCHEMAS.region,
  taxMode: SETTING_SCHEMAS.taxMode,
  dayStartsAtHour: z.int().min(0).max(12),
  manager: z.strictObject({ name: lineText({ max: 80 }), pin: pinEntrySchema }),
});

export interface CreatedShop {
  readonly staffId: string;
  /** Shown once, to print; '' when this answer is a repeated one. */
  readonly recoveryCode: string;
}

/** The first person of a shop holds both manager and IT. */
const FIRST_ROLES: readonly Role[] = ['manager', 'admin'];

/**
 * Creates the shop and its first manager in one transaction, and signs that client in. Only in the first run: refuses
 * 'not-in-first-run' afterwards, and 'pin-too-short' or 'pin-too-common'.
 */
export async function createShop(
  { env, clientId }: RequestContext,
  input: z.output<typeof createShopSchema>,
  operationId: string,
): Promise<Outcome<CreatedShop>> {
  const known = selectOperation(env.db.read, operationId);
  if (known?.action === 'setup.createShop') {
    const { value } = JSON.parse(known.outcome) as { value: { staffId: string } };
    return done({ staffId: value.staffId, recoveryCode: '' });
  }
  const refusal = env.shop() === null ? decidePin(input.manager.pin, FIRST_ROLES) : refuse('not-in-first-run');
  if (refusal !== null) return refusal;
  const pinHash = await env.pins.hash(input.manager.pin);
  if (env.shop() !== null) return refuse('not-in-first-run');
  // Whoever put the clock right while setting up has answered the question about it.
  env.time.startAfresh();
  const shop = newIdentity(env.newId, input);
  const settings = {
    ...defaultSettings(input.country, input.currency),
    language: input.language,
    region: input.region,
    taxMode: input.taxMode,
  };
  const recoveryCode = makeRecoveryCode();
  const manager = { staffId: env.newId(), name: input.manager.name, roles: FIRST_ROLES, pinHash };
  writeFirstShop(env, { shop, settings, manager, recoveryCode, operationId, moment: momentOf(env, shop) });
  env.sessions.begin(clientId, {
    sessionId: env.newId(),
    staffId: manager.staffId,
    name: manager.name,
    roles: FIRST_ROLES,
    isLocked: false,
  });
  return done({ staffId: manager.staffId, recoveryCode });
}

function newIdentity(newId: () => string, input: z.output<typeof createShopSchema>): ShopIdentity {
  return {
    merchantId: newId(),
    shopId: newId(),
    terminalId: newId(),
    merchantCode: makeCode((bytes) => void randomFillSync(bytes)),
    shopName: input.shopName,
    terminalName: input.language === 'es' ? 'Caja 1' : 'Till 1',
    shopCode: 'S1',
    terminalCode: 'T1',
    country: input.country,
    currency: input.currency,
    timeZone: input.timeZone,
    dayStartsAtHour: input.dayStartsAtHour,
    isDemo: false,
  };
}
