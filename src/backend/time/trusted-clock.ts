import type { Clock } from '#shop/time/clock.ts';
import {
  advanceTrustedTime,
  bookedMsOf,
  type ClockReading,
  type ClockStanding,
  confirmTrustedTime,
  resumeTrustedTime,
  startTrustedTime,
  type TrustedTime,
  trustedMsOf,
} from '#shop/time/trusted-time.ts';

/** The time at one instant, whole UTC ms. */
export interface TimeNow {
  /** What the computer's clock shows. */
  readonly wallMs: number;
  /** For what cannot be taken back: expiry, waits, windows. */
  readonly trustedMs: number;
  /** The likeliest time: for days, and for what people read. */
  readonly bookedMs: number;
  readonly standing: ClockStanding;
  /** By how much the wall was off when it was noticed; null while it agrees. */
  readonly notedSkewMs: number | null;
  readonly isAnswered: boolean;
}

/** Something about the clock that the log does not hold yet. */
export interface ClockChange {
  readonly now: TimeNow;
  readonly from: ClockStanding;
  /** Trusted time left its course without a person's word, after a start that could not tell: from and to, ms. */
  readonly moved: { readonly fromMs: number; readonly toMs: number } | null;
}

/** Trusted time of this process; kept in memory, started again from the last commit. */
export interface TrustedClock {
  now(): TimeNow;
  /** From now on it is `trueMs`, UTC ms: somebody who may said so, and it is committed. */
  confirm(trueMs: number): void;
  /** By how much the wall is off if it is `trueMs` now; null: it agrees. To be remembered with the answer. */
  skewFrom(trueMs: number): number | null;
  /** The wall is believed as it stands, whatever it showed before: nothing was ever committed, so nothing can be taken back. */
  startAfresh(): void;
  /** What is to be logged, or null; the same until `logged` is called. */
  change(): ClockChange | null;
  logged(change: ClockChange): void;
}

/**
 * Starts trusted time at the last commit's (trusted UTC ms, 0 when there was none). `answeredSkewMs`: what a person said
 * before this start about how far the clock is off; null: nothing.
 */
export function createTrustedClock(
  clock: Clock,
  lastCommitMs: number,
  answeredSkewMs: number | null = null,
): TrustedClock {
  const read = (): ClockReading => ({ wallMs: Math.floor(clock.wallNowMs()), monotonicMs: clock.monotonicMs() });
  const kept = { time: resumeTrustedTime(read(), lastCommitMs, answeredSkewMs), moved: null as ClockChange['moved'] };
  // What the log holds at its end: an answer that still stands is not logged again, one that no longer fits is.
  const logged = {
    standing: (answeredSkewMs === null ? 'agreed' : 'wall-jumped') as ClockStanding,
    skewMs: answeredSkewMs,
  };
  const advance = (): ClockReading => {
    const reading = read();
    const next = advanceTrustedTime(kept.time, reading);
    const isMoved = kept.time.standing === 'unconfirmed' && next.standing !== 'unconfirmed';
    const fromMs = kept.moved?.fromMs ?? trustedMsOf(kept.time);
    if (isMoved) kept.moved = { fromMs, toMs: trustedMsOf(next) };
    kept.time = next;
    return reading;
  };
  const now = (): TimeNow => {
    const { wallMs } = advance();
    return seen(kept.time, wallMs);
  };
  const remember = (standing: ClockStanding, skewMs: number | null) => Object.assign(logged, { standing, skewMs });
  return {
    now,
    confirm: (trueMs) => {
      kept.time = confirmTrustedTime(kept.time, read(), trueMs);
      remember(kept.time.standing, kept.time.notedSkewMs);
    },
    skewFrom: (trueMs) => confirmTrustedTime(kept.time, read(), trueMs).notedSkewMs,
    startAfresh: () => {
      kept.time = startTrustedTime(read(), 0);
      kept.moved = null;
      remember('agreed', null);
    },
    change: () => {
      const time = now();
      if (logged.standing === time.standing && logged.skewMs === time.notedSkewMs) return null;
      return { now: time, from: logged.standing, moved: kept.moved };
    },
    logged: ({ now: at }) => {
      remember(at.standing, at.notedSkewMs);
      kept.moved = null;
    },
  };
}

function seen(time: TrustedTime, wallMs: number): TimeNow {
  const { standing, notedSkewMs, isAnswered } = time;
  return { wallMs, trustedMs: trustedMsOf(time), bookedMs: bookedMsOf(time), standing, notedSkewMs, isAnswered };
}
