import type { Clock } from '#shop/time/clock.ts';

/** 2026-03-02 12:00 in Asunción, a Monday. */
export const A_MONDAY_NOON_MS = Date.UTC(2026, 2, 2, 15, 0, 0);

export interface FakeClock extends Clock {
  /** Time goes by: both clocks move on. */
  advance(ms: number): void;
  /** Somebody sets the computer's clock, forward or back; no time goes by. */
  moveWall(ms: number): void;
}

/** A clock that stands still until it is moved. */
export function createFakeClock(startMs = A_MONDAY_NOON_MS): FakeClock {
  const state = { wallMs: startMs, monotonicMs: 1000 };
  return {
    wallNowMs: () => state.wallMs,
    monotonicMs: () => state.monotonicMs,
    advance: (ms) => {
      if (ms < 0) throw new Error('time does not go back; moveWall does');
      state.wallMs += ms;
      state.monotonicMs += ms;
    },
    moveWall: (ms) => {
      state.wallMs += ms;
    },
  };
}
