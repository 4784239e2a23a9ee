import { uptime } from 'node:os';
import type { Clock } from '#shop/time/clock.ts';

/** The two counters are read one after the other, and the uptime in whole seconds on some systems. */
const SAME_WITHIN_MS = 2000;

/**
 * The computer's clocks. The process's own counter stands still on some systems while the computer sleeps; the time since
 * it was switched on does not, so what that is ahead is added: a till that slept over the weekend knows how long.
 */
export function createSystemClock(): Clock {
  const start = { countedMs: performance.now(), upMs: uptime() * 1000 };
  const slept = { ms: 0 };
  return {
    wallNowMs: () => Date.now(),
    monotonicMs: () => {
      const countedMs = performance.now() - start.countedMs;
      const missingMs = uptime() * 1000 - start.upMs - countedMs;
      if (missingMs > slept.ms + SAME_WITHIN_MS) slept.ms = missingMs;
      return countedMs + slept.ms;
    },
  };
}
