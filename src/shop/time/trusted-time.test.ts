import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { businessDateOf } from './business-day.ts';
import {
  advanceTrustedTime,
  bookedMsOf,
  confirmTrustedTime,
  resumeTrustedTime,
  startTrustedTime,
  type TrustedTime,
  trustedMsOf,
} from './trusted-time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOON_MS = Date.UTC(2026, 2, 2, 15);
const ZONE = 'America/Asuncion';

const readAt = (wallMs: number, monotonicMs: number) => ({ wallMs, monotonicMs });
/** A till that has agreed with its clock since noon. */
const running = () => startTrustedTime(readAt(NOON_MS, 0), NOON_MS - HOUR_MS);

describe('after a start', () => {
  test.each([
    ['right away', 0, 'agreed', 0, 0],
    ['36 h later', 36 * HOUR_MS, 'agreed', 36 * HOUR_MS, 36 * HOUR_MS],
    ['just over 36 h later', 36 * HOUR_MS + 1, 'unconfirmed', 0, 36 * HOUR_MS + 1],
    ['after a weekend', 60 * HOUR_MS, 'unconfirmed', 0, 60 * HOUR_MS],
    ['after 14 days', 14 * DAY_MS, 'unconfirmed', 0, 14 * DAY_MS],
    ['after more than 14 days', 14 * DAY_MS + 1, 'unconfirmed', 0, 0],
    ['400 days ahead', 400 * DAY_MS, 'unconfirmed', 0, 0],
    ['a minute back', -60_000, 'agreed', 0, 0],
    ['two hours back', -2 * HOUR_MS, 'unconfirmed', 0, 0],
    ['at the clock’s year 2000', -9_000 * DAY_MS, 'unconfirmed', 0, 0],
  ] as const)('C2 F11: %s of the last commit', (_name, skewMs, standing, trustedMs, bookedMs) => {
    const time = startTrustedTime(readAt(NOON_MS + skewMs, 5), NOON_MS);
    expect([time.standing, trustedMsOf(time) - NOON_MS, bookedMsOf(time) - NOON_MS]).toEqual([
      standing,
      trustedMs,
      bookedMs,
    ]);
  });

  test('F11: a first start of all takes the wall', () => {
    expect(startTrustedTime(readAt(NOON_MS, 0), 0)).toMatchObject({ standing: 'agreed', trustedMs: NOON_MS });
  });

  test('F11: a clock that the network sets right after the start answers the question', () => {
    const asked = startTrustedTime(readAt(NOON_MS - 9_000 * DAY_MS, 0), NOON_MS);
    const still = advanceTrustedTime(asked, readAt(NOON_MS - 9_000 * DAY_MS + 60_000, 60_000));
    expect([still.standing, trustedMsOf(still)]).toEqual(['unconfirmed', NOON_MS + 60_000]);
    const set = advanceTrustedTime(still, readAt(NOON_MS + 10 * HOUR_MS, 90_000));
    expect([set.standing, trustedMsOf(set)]).toEqual(['agreed', NOON_MS + 10 * HOUR_MS]);
  });
});

describe('after a start, where a person said how far the clock is off', () => {
  const OFF_MS = 400 * DAY_MS;
  const resumeAt = (wallMs: number) => resumeTrustedTime(readAt(wallMs, 5), NOON_MS, OFF_MS);

  test('F11: a clock that still is off by as much is not asked about again, and goes for the time that has passed', () => {
    const time = resumeAt(NOON_MS + OFF_MS + 10 * HOUR_MS);
    expect(time).toMatchObject({ standing: 'wall-jumped', isAnswered: true, notedSkewMs: OFF_MS, bookedAheadMs: 0 });
    expect(trustedMsOf(time)).toBe(NOON_MS + 10 * HOUR_MS);
    const later = advanceTrustedTime(time, readAt(NOON_MS + OFF_MS + 11 * HOUR_MS, 5 + HOUR_MS));
    expect([later.isAnswered, trustedMsOf(later)]).toEqual([true, NOON_MS + 11 * HOUR_MS]);
  });

  test.each([
    ['has been put right', HOUR_MS, 'agreed', NOON_MS + HOUR_MS],
    ['is off by something else', 900 * DAY_MS, 'unconfirmed', NOON_MS],
    ['stands before what was committed', OFF_MS - DAY_MS, 'unconfirmed', NOON_MS],
    ['has run on for a week', OFF_MS + 7 * DAY_MS, 'unconfirmed', NOON_MS],
  ] as const)('C2 F11: a clock that %s is judged as after any start', (_name, aheadMs, standing, trustedMs) => {
    const time = resumeAt(NOON_MS + aheadMs);
    expect([time.standing, time.isAnswered, trustedMsOf(time)]).toEqual([standing, false, trustedMs]);
  });

  test('C1 F11: trusted time does not begin before the last commit', () => {
    expect(trustedMsOf(resumeAt(NOON_MS + OFF_MS - 60_000))).toBe(NOON_MS);
  });
});

describe('while the till runs', () => {
  test.each([
    ['no change', 0, 'agreed'],
    ['two minutes ahead', 120_000, 'agreed'],
    ['two minutes back', -120_000, 'agreed'],
    ['just over two minutes ahead', 120_001, 'wall-jumped'],
    ['just over two minutes back', -120_001, 'wall-jumped'],
    ['a second', 1000, 'agreed'],
    ['ten years ahead', 3_652 * DAY_MS, 'wall-jumped'],
    ['ten years back', -3_652 * DAY_MS, 'wall-jumped'],
  ] as const)('F11: the wall moved by %s', (_name, skewMs, standing) => {
    const time = advanceTrustedTime(running(), readAt(NOON_MS + 5000 + skewMs, 5000));
    expect(time.standing).toBe(standing);
    expect(Math.abs(trustedMsOf(time) - NOON_MS - 5000)).toBeLessThanOrEqual(5);
  });

  test('F11: a jump is noted once; a second one again; coming back ends it', () => {
    const jumped = advanceTrustedTime(running(), readAt(NOON_MS + DAY_MS, 0));
    const later = advanceTrustedTime(jumped, readAt(NOON_MS + DAY_MS + HOUR_MS, HOUR_MS));
    expect(later.notedSkewMs).toBe(jumped.notedSkewMs);
    const again = advanceTrustedTime(later, readAt(NOON_MS + 3 * DAY_MS, HOUR_MS));
    expect(again.notedSkewMs).not.toBe(jumped.notedSkewMs);
    const back = advanceTrustedTime(again, readAt(NOON_MS + HOUR_MS, HOUR_MS));
    expect([back.standing, back.notedSkewMs, trustedMsOf(back)]).toEqual(['agreed', null, NOON_MS + HOUR_MS]);
  });

  test('F11: a wall that drifts by 50 seconds in a million is followed for a year', () => {
    const end = { time: running(), monotonicMs: 0 };
    for (let hour = 1; hour <= 365 * 24; hour += 1) {
      end.monotonicMs = hour * HOUR_MS;
      end.time = advanceTrustedTime(end.time, readAt(NOON_MS + end.monotonicMs * 1.00005, end.monotonicMs));
    }
    expect(end.time.standing).toBe('agreed');
    expect(Math.abs(trustedMsOf(end.time) - (NOON_MS + end.monotonicMs * 1.00005))).toBeLessThan(1000);
  });

  test('C1: a confirmed time may lie before the last commit, and trusted time goes on from it', () => {
    const ahead = startTrustedTime(readAt(NOON_MS + 400 * DAY_MS, 0), NOON_MS + 400 * DAY_MS);
    const right = readAt(NOON_MS, 1000);
    const confirmed = confirmTrustedTime(advanceTrustedTime(ahead, right), right, NOON_MS);
    expect([confirmed.standing, trustedMsOf(confirmed)]).toEqual(['agreed', NOON_MS]);
    const later = advanceTrustedTime(confirmed, readAt(NOON_MS + HOUR_MS, HOUR_MS + 1000));
    expect(trustedMsOf(later)).toBe(NOON_MS + HOUR_MS);
  });

  test('F11: a wall that is known to be wrong is not asked about again', () => {
    const wrong = readAt(NOON_MS + 400 * DAY_MS, 1000);
    const answered = confirmTrustedTime(advanceTrustedTime(running(), wrong), wrong, NOON_MS + 1000);
    const later = advanceTrustedTime(answered, readAt(wrong.wallMs + HOUR_MS, 1000 + HOUR_MS));
    expect(later).toMatchObject({ standing: 'wall-jumped', isAnswered: true, trustedMs: NOON_MS + 1000 + HOUR_MS });
    expect(advanceTrustedTime(later, readAt(NOON_MS - DAY_MS, 1000 + HOUR_MS)).isAnswered).toBe(false);
  });
});

const step = fc.record({
  passMs: fc.integer({ min: 0, max: 3 * DAY_MS }),
  wallByMs: fc.oneof(
    fc.constant(0),
    fc.integer({ min: -180_000, max: 180_000 }),
    fc.integer({ min: -3_652 * DAY_MS, max: 3_652 * DAY_MS }),
  ),
});

/** Runs steps over a start; `look` sees trusted time before and after each. */
function runSteps(
  start: TrustedTime,
  steps: readonly { passMs: number; wallByMs: number }[],
  look: (before: TrustedTime, after: TrustedTime, passMs: number) => void,
): void {
  const at = { time: start, wallMs: NOON_MS, monotonicMs: 0 };
  for (const { passMs, wallByMs } of steps) {
    at.wallMs += passMs + wallByMs;
    at.monotonicMs += passMs;
    const after = advanceTrustedTime(at.time, readAt(at.wallMs, at.monotonicMs));
    look(at.time, after, passMs);
    at.time = after;
  }
}

test('C1 F11: whatever the wall does, trusted time never goes back without a confirmation', () => {
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: -400 * DAY_MS, max: 400 * DAY_MS }), (steps, agoMs) => {
      runSteps(startTrustedTime(readAt(NOON_MS, 0), NOON_MS - agoMs), steps, (before, after) => {
        expect(after.trustedMs).toBeGreaterThanOrEqual(before.trustedMs);
      });
    }),
  );
});

test('C2 F11: whatever the wall does, trusted time passes as fast as time does, and so do the days', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      runSteps(running(), steps, (before, after, passMs) => {
        expect(Math.abs(after.trustedMs - before.trustedMs - passMs)).toBeLessThanOrEqual(passMs / 1000 + 1e-3);
        if (passMs > 0) return;
        expect(bookedMsOf(after)).toBe(bookedMsOf(before));
        const dayOf = (time: TrustedTime) => businessDateOf(bookedMsOf(time), ZONE, 4);
        expect(dayOf(after)).toBe(dayOf(before));
      });
    }),
  );
});
