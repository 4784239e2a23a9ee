import { must } from '../must.ts';

/** The wall agrees with trusted time when it lies within this. */
const AGREES_WITHIN_MS = 2 * 60_000;
/** After a start the wall is taken when it is at most this far ahead of the last commit. */
const TAKEN_AFTER_START_MS = 36 * 3_600_000;
/** Up to this far ahead a shop that was closed is likelier than a wrong clock. */
const LIKELY_CLOSED_MS = 14 * 24 * 3_600_000;
/** Trusted time follows the wall's drift by at most this much of the time that passed: 1 ms in a second. */
const SLEW = 1 / 1000;

/** Both clocks at one instant. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/**
 * How the computer's clock stands to trusted time. 'agreed': they go together. 'wall-jumped': the wall was set while the
 * till ran, trusted time goes on without it. 'unconfirmed': since the start nobody can tell what time it is.
 */
export type ClockStanding = 'agreed' | 'wall-jumped' | 'unconfirmed';

/** Trusted time as it is kept between two readings. Milliseconds may have fractions; use the functions below. */
export interface TrustedTime {
  readonly standing: ClockStanding;
  readonly trustedMs: number;
  readonly monotonicMs: number;
  /** By how much the wall was off when that was noticed, ms; null while it agrees. A new number is a new jump. */
  readonly notedSkewMs: number | null;
  /** How far ahead of trusted time sales are booked: 0, or the closed days that nobody has confirmed yet. */
  readonly bookedAheadMs: number;
  /** A person answered for the skew that is noted: there is nothing to ask, the computer's clock is just wrong. */
  readonly isAnswered: boolean;
}

/**
 * Trusted time after a start (SYNC.md 7): the wall if it is not before the last commit and at most 36 h ahead, else the
 * last commit, unconfirmed, so that nothing expires, ripens or unlocks. A shop that seems to have been closed for up to
 * 14 days books on the wall's day meanwhile. `lastCommitMs` is trusted, UTC ms; 0 when nothing was ever committed.
 */
export function startTrustedTime({ wallMs, monotonicMs }: ClockReading, lastCommitMs: number): TrustedTime {
  const skewMs = wallMs - lastCommitMs;
  if (lastCommitMs === 0 || (skewMs >= -AGREES_WITHIN_MS && skewMs <= TAKEN_AFTER_START_MS)) {
    return agreedAt(Math.max(wallMs, lastCommitMs), monotonicMs);
  }
  return {
    standing: 'unconfirmed',
    trustedMs: lastCommitMs,
    monotonicMs,
    notedSkewMs: skewMs,
    bookedAheadMs: skewMs > 0 && skewMs <= LIKELY_CLOSED_MS ? skewMs : 0,
    isAnswered: false,
  };
}

/**
 * Trusted time after a start where a person had said that the clock is off by `answeredSkewMs` (the wall less the true
 * time): as long as the clock still fits that, nobody is asked again. A clock that does not is judged as after any start.
 */
export function resumeTrustedTime(
  reading: ClockReading,
  lastCommitMs: number,
  answeredSkewMs: number | null,
): TrustedTime {
  if (answeredSkewMs === null) return startTrustedTime(reading, lastCommitMs);
  const trueMs = reading.wallMs - answeredSkewMs;
  const corrected = startTrustedTime({ ...reading, wallMs: trueMs }, lastCommitMs);
  if (corrected.standing !== 'agreed') return startTrustedTime(reading, lastCommitMs);
  return { ...corrected, standing: 'wall-jumped', notedSkewMs: answeredSkewMs, isAnswered: true };
}

/**
 * Trusted time at a later reading. It never goes back. It runs on the monotonic clock, drawn slowly towards a wall that
 * agrees; a wall that jumped is noted once and not followed, until it comes back or somebody confirms.
 */
export function advanceTrustedTime(time: TrustedTime, reading: ClockReading): TrustedTime {
  const elapsedMs = Math.max(0, reading.monotonicMs - time.monotonicMs);
  const running = { ...time, trustedMs: time.trustedMs + elapsedMs, monotonicMs: time.monotonicMs + elapsedMs };
  const skewMs = reading.wallMs - running.trustedMs;
  const isAsNoted = time.notedSkewMs !== null && Math.abs(skewMs - time.notedSkewMs) <= AGREES_WITHIN_MS;
  if (time.standing === 'unconfirmed') {
    // Somebody set the wall meanwhile, or the network did: judged as after a start.
    return isAsNoted ? running : startTrustedTime(atOf(reading, running), running.trustedMs);
  }
  if (Math.abs(skewMs) <= AGREES_WITHIN_MS) {
    const slewMs = Math.min(Math.max(skewMs, -elapsedMs * SLEW), elapsedMs * SLEW);
    return agreedAt(running.trustedMs + slewMs, running.monotonicMs);
  }
  if (isAsNoted) return running;
  return { ...running, standing: 'wall-jumped', notedSkewMs: skewMs, isAnswered: false };
}

/**
 * Trusted time from now on as a person who may confirm it says, UTC ms: earlier as well as later (invariant C1). A wall that
 * differs stays noted and is not asked about again.
 */
export function confirmTrustedTime(time: TrustedTime, reading: ClockReading, trueMs: number): TrustedTime {
  must(Number.isSafeInteger(trueMs) && trueMs > 0, 'a confirmed time is a positive whole number of ms');
  const monotonicMs = Math.max(time.monotonicMs, reading.monotonicMs);
  const skewMs = reading.wallMs - trueMs;
  if (Math.abs(skewMs) <= AGREES_WITHIN_MS) return agreedAt(trueMs, monotonicMs);
  return {
    standing: 'wall-jumped',
    trustedMs: trueMs,
    monotonicMs,
    notedSkewMs: skewMs,
    bookedAheadMs: 0,
    isAnswered: true,
  };
}

/** Trusted time, whole UTC ms: for expiry, waits and everything that cannot be taken back. */
export function trustedMsOf(time: TrustedTime): number {
  return Math.floor(time.trustedMs);
}

/** The likeliest time, whole UTC ms: for the day that a sale is booked on and for what a person reads. */
export function bookedMsOf(time: TrustedTime): number {
  return Math.floor(time.trustedMs + time.bookedAheadMs);
}

/**
 * The likelier of the two times that the log holds of something, UTC ms: the wall's, where it is a shop's closed days ahead
 * at the most, else trusted time.
 */
export function likelierMs(wallMs: number, trustedMs: number): number {
  const skewMs = wallMs - trustedMs;
  return skewMs >= -AGREES_WITHIN_MS && skewMs <= LIKELY_CLOSED_MS ? wallMs : trustedMs;
}

function agreedAt(trustedMs: number, monotonicMs: number): TrustedTime {
  return {
    standing: 'agreed',
    trustedMs,
    monotonicMs,
    notedSkewMs: null,
    bookedAheadMs: 0,
    isAnswered: false,
  };
}

function atOf(reading: ClockReading, running: TrustedTime): ClockReading {
  return { wallMs: reading.wallMs, monotonicMs: running.monotonicMs };
}
