import { uptime } from 'node:os';
import type { Clock } from '#shop/time/clock.ts';

/** The two counters are read one after the other, and the uptime in whole seconds on some systems. */
const SAME_WITHIN_MS = 2000;

/** Where the times come from: the computer, or a test that lets one sleep. */
export interface TimeSources {
  wallMs(): number;
  /** Since the process began; on some systems without the time that the computer slept. */
  processMs(): number;
  /** Since the computer was switched on, sleep included. */
  uptimeMs(): number;
}

const COMPUTER: TimeSources = {
  wallMs: () => Date.now(),
  processMs: () => performance.now(),
  uptimeMs: () => uptime() * 1000,
};

/**
 * The computer's clocks. The process's own counter stands still on some systems while the computer sleeps; the uptime does
 * not, so what that is ahead is added: a till that slept over the weekend knows how long.
 */
export function createSystemClock(sources: TimeSources = COMPUTER): Clock {
  const start = { processMs: sources.processMs(), uptimeMs: sources.uptimeMs() };
  const slept = { ms: 0 };
  return {
    wallNowMs: sources.wallMs,
    monotonicMs: () => {
      const countedMs = sources.processMs() - start.processMs;
      const missingMs = sources.uptimeMs() - start.uptimeMs - countedMs;
      if (missingMs > slept.ms + SAME_WITHIN_MS) slept.ms = missingMs;
      return countedMs + slept.ms;
    },
  };
}
