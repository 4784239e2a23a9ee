import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { localHourOf } from '#shop/time/business-day.ts';
import { type UpdateWait, updateWaitsFor } from '#shop/updates/may-take-over.ts';
import type { CommandScope } from '../command-scope.ts';
import type { BackendEnv, ReadScope, ShopIdentity } from '../context.ts';
import { countOpenPayments } from '../system/system-store.ts';
import { countOpenSales } from './open-sales-store.ts';

/** How often it is looked whether a new version is in place, ms. */
const LOOK_EVERY_MS = 60_000;
/** Long enough for the answer to reach the screen, ms. */
const RESTART_AFTER_MS = 700;

/** Whether a new version is in place, what it waits for, and whether this program can start itself anew. */
export function showUpdate({ env, shop }: ReadScope): {
  readonly isInPlace: boolean;
  readonly waitsFor: UpdateWait | null;
  readonly startsByItself: boolean;
} {
  return {
    isInPlace: env.installed.isNewerInPlace(),
    waitsFor: waitsFor(env, shop),
    startsByItself: env.restart?.isByItself === true,
  };
}

/**
 * Starts the program anew, so that the version in place takes over (S3-77). Sales that are open stay. Refuses 'no-new-version',
 * and 'payment-open' while a payment is under way.
 */
export function startUpdate({ env, db, shop, changed }: CommandScope): Outcome<{ restarts: boolean }> {
  const { installed, restart } = env;
  if (!installed.isNewerInPlace() || restart?.isByItself !== true) return refuse('no-new-version');
  if (countOpenPayments(db, shop.merchantId) > 0) return refuse('payment-open');
  changed({ table: 'updates', recordId: env.appVersion, before: null, after: { wanted: true } });
  setTimeout(() => restart.run(), RESTART_AFTER_MS);
  return done({ restarts: true });
}

/** Looks every minute whether a new version is in place and may take over by itself. Returns how to stop. */
export function startUpdateWatch(env: BackendEnv): () => void {
  const timer = setInterval(() => {
    if (!takesOver(env)) return;
    clearInterval(timer);
    env.restart?.run();
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

/** Looks at what is in place now; returns whether the program is to start anew by itself at this moment. */
export function takesOver(env: BackendEnv): boolean {
  env.installed.look();
  const shop = env.shop();
  if (shop === null || env.restart?.isByItself !== true || !env.installed.isNewerInPlace()) return false;
  return waitsFor(env, shop) === null;
}

function waitsFor(env: BackendEnv, shop: ShopIdentity): UpdateWait | null {
  const { merchantId, terminalId, timeZone } = shop;
  return updateWaitsFor({
    window: env.settings().updateWindow,
    localHour: localHourOf(env.time.now().trustedMs, timeZone),
    openPayments: countOpenPayments(env.db.read, merchantId),
    openSales: countOpenSales(env.db.read, { merchantId, terminalId }),
    isSomebodyAtWork: env.sessions.isAnybodyAtWork(),
  });
}
