/** Stands for "until a manager lets them in": the last instant that a Date can hold, UTC ms. */
export const LOCKED_UNTIL_MANAGER_MS = 8_640_000_000_000_000;

/** Wrong PINs in a row before the first wait. */
const TRIES_BEFORE_WAIT = 5;
/** Wrong PINs in a row after which only a manager lets the person in again. */
const TRIES_BEFORE_MANAGER = 10;
const FIRST_WAIT_MS = 30_000;
/** Wrong PINs in a row at one terminal, whoever they were for, before everybody waits there. */
const TERMINAL_TRIES_BEFORE_WAIT = 20;
const LONGEST_TERMINAL_WAIT_MS = 300_000;

/** What a wrong PIN leads to. `triesLeft` counts the tries before the next wait. */
export interface LockOut {
  readonly lockedUntilMs: number | null;
  readonly triesLeft: number;
}

/**
 * Returns what holds after so many wrong PINs in a row: five are free, each further one doubles a wait of 30 seconds,
 * and after ten a manager has to help (RELIABILITY.md 5). `nowMs` is UTC ms.
 */
export function lockOutAfter(failedTries: number, nowMs: number): LockOut {
  if (failedTries >= TRIES_BEFORE_MANAGER) return { lockedUntilMs: LOCKED_UNTIL_MANAGER_MS, triesLeft: 0 };
  if (failedTries < TRIES_BEFORE_WAIT) return { lockedUntilMs: null, triesLeft: TRIES_BEFORE_WAIT - failedTries };
  return { lockedUntilMs: nowMs + FIRST_WAIT_MS * 2 ** (failedTries - TRIES_BEFORE_WAIT), triesLeft: 0 };
}

/** The same for a terminal: trying one PIN on everybody is slowed too, but a till is never closed for long. */
export function terminalLockOutAfter(failedTries: number, nowMs: number): LockOut {
  if (failedTries < TERMINAL_TRIES_BEFORE_WAIT) {
    return { lockedUntilMs: null, triesLeft: TERMINAL_TRIES_BEFORE_WAIT - failedTries };
  }
  const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (failedTries - TERMINAL_TRIES_BEFORE_WAIT), LONGEST_TERMINAL_WAIT_MS);
  return { lockedUntilMs: nowMs + waitMs, triesLeft: 0 };
}
