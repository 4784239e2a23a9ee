import { create } from 'zustand';

const useShopClock = create<{ readonly aheadMs: number }>()(() => ({ aheadMs: 0 }));

/** How far the shop's time is ahead of this computer's clock, ms, as `system.status` tells; 0 where they agree. */
export function setShopClock(aheadMs: number): void {
  useShopClock.setState({ aheadMs });
}

/** The shop's time now, UTC ms: what is compared with what the engine recorded. */
export function shopNowMs(): number {
  return Date.now() + useShopClock.getState().aheadMs;
}
