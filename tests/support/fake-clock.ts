import type { Clock } from '#shop/time/clock.ts';

/** 2026-03-02 12:00 in Asunción, a Monday. */
export const A_MONDAY_NOON_MS = Date.UTC(2026, 2, 2, 15, 0, 0);

export interface FakeClock extends Clock {
  /** Moves the clock by so many milliseconds; back as well. */
  advance(ms: number): void;
  set(atMs: number): void;
}

/** A clock that stands still until it is moved. */
export function createFakeClock(startMs = A_MONDAY_NOON_MS): FakeClock {
  const state = { atMs: startMs };
  return {
    nowMs: () => state.atMs,
    advance: (ms) => {
      state.atMs += ms;
    },
    set: (atMs) => {
      state.atMs = atMs;
    },
  };
}
