import { businessDateOf, localHourOf } from '#shop/time/business-day.ts';
import type { Moment } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';

/** The instants of now, read once for a whole command or query so that everything in it agrees. */
export function momentOf(env: Pick<BackendEnv, 'time'>, shop: ShopIdentity): Moment {
  const { wallMs, trustedMs, bookedMs } = env.time.now();
  return { wallMs, atMs: bookedMs, trustedAtMs: trustedMs, ...dayOf(shop, bookedMs) };
}

/** The instants of something that is said to have happened then, UTC ms. */
export function momentAt(shop: ShopIdentity, atMs: number): Moment {
  return { wallMs: atMs, atMs, trustedAtMs: atMs, ...dayOf(shop, atMs) };
}

function dayOf(shop: ShopIdentity, atMs: number): Pick<Moment, 'businessDate' | 'localHour'> {
  return {
    businessDate: businessDateOf(atMs, shop.timeZone, shop.dayStartsAtHour),
    localHour: localHourOf(atMs, shop.timeZone),
  };
}
