import { uptime } from 'node:os';
import type { Clock } from '#shop/time/clock.ts';

/** The two counters are read one after the other, and the uptime in whole seconds on some systems. */
const SAME_WITHIN_MS = 2000;
/** Within so little of the process's time, the wall clock not having run ahead of it, the uptime is not asked again. */
const ASKED_AGAIN_AFTER_MS = 50;

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
  const asked = { processMs: Number.NEGATIVE_INFINITY, wallMs: 0 };
  /** Asking the system costs more than the rest of the clock, and one command asks several times. */
  const wasJustAsked = (processMs: number): boolean => {
    const passedMs = processMs - asked.processMs;
    const wallMs = sources.wallMs();
    if (passedMs < ASKED_AGAIN_AFTER_MS && Math.abs(wallMs - asked.wallMs - passedMs) < SAME_WITHIN_MS) return true;
    Object.assign(asked, { processMs, wallMs });
    return false;
  };
  return {
    wallNowMs: sources.wallMs,
    monotonicMs: () => {
      const processMs = sources.processMs();
      const countedMs = processMs - start.processMs;
      if (wasJustAsked(processMs)) return countedMs + slept.ms;
      const missingMs = sources.uptimeMs() - start.uptimeMs - countedMs;
      if (missingMs > slept.ms + SAME_WITHIN_MS) slept.ms = missingMs;
      return countedMs + slept.ms;
    },
  };
}
