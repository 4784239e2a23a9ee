import { permissionsOf } from '#shop/staff/permissions.ts';
import type { BackendEnv, RequestContext, ShopIdentity } from '../context.ts';
import { selectOpenShift } from './system-store.ts';

/** What a screen must know before anything else; asked for also while nobody is signed in. */
export function readStatus({ env, clientId }: RequestContext) {
  const shop = env.shop();
  const session = env.sessions.of(clientId);
  return {
    phase: shop === null ? ('first-run' as const) : ('ready' as const),
    host: env.host,
    appVersion: env.appVersion,
    demo: shop?.isDemo ?? false,
    clock: env.time.now(),
    shop: shop === null ? null : shopOf(env, shop),
    session:
      session === null
        ? null
        : {
            staffId: session.staffId,
            name: session.name,
            roles: session.roles,
            permissions: permissionsOf(session.roles),
            isLocked: session.isLocked,
          },
    openShift: shop === null ? null : selectOpenShift(env.db.read, shop.terminalId),
  };
}

function shopOf(env: BackendEnv, shop: ShopIdentity) {
  const settings = env.settings();
  return {
    merchantId: shop.merchantId,
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    shopName: shop.shopName,
    terminalName: shop.terminalName,
    merchantCode: shop.merchantCode,
    country: shop.country,
    currency: shop.currency,
    timeZone: shop.timeZone,
    dayStartsAtHour: shop.dayStartsAtHour,
    language: settings.language,
    region: settings.region,
    taxMode: settings.taxMode,
    autoLockMinutes: settings.autoLockMinutes,
    lockAfterSale: settings.lockAfterSale,
    quickAmountsMinor: settings.quickAmountsMinor,
    creditName: settings.creditName,
    theme: settings.theme,
    sounds: settings.sounds,
  };
}
