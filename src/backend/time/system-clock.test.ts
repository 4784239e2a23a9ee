import { expect, test } from 'vitest';
import { createSystemClock } from './system-clock.ts';

const NIGHT_MS = 10 * 3_600_000;

function sleepyComputer() {
  const state = { processMs: 5000, uptimeMs: 900_000, wallMs: 1_800_000_000_000 };
  const clock = createSystemClock({
    wallMs: () => state.wallMs,
    processMs: () => state.processMs,
    uptimeMs: () => Math.floor(state.uptimeMs / 1000) * 1000,
  });
  return {
    clock,
    run: (ms: number) =>
      Object.assign(state, {
        processMs: state.processMs + ms,
        uptimeMs: state.uptimeMs + ms,
        wallMs: state.wallMs + ms,
      }),
    sleep: (ms: number) => Object.assign(state, { uptimeMs: state.uptimeMs + ms, wallMs: state.wallMs + ms }),
    setWallBack: (ms: number) => Object.assign(state, { wallMs: state.wallMs - ms }),
  };
}

test('F11 F12: a night asleep counts as time, once, to the second or two', () => {
  const { clock, run, sleep } = sleepyComputer();
  run(60_500);
  expect(clock.monotonicMs()).toBe(60_500);
  sleep(NIGHT_MS);
  const woken = clock.monotonicMs();
  expect(Math.abs(woken - 60_500 - NIGHT_MS)).toBeLessThanOrEqual(1000);
  run(60_500);
  expect(clock.monotonicMs()).toBe(woken + 60_500);
});

test('F11 F12: a night asleep that the wall clock hides counts as soon as the uptime is asked again', () => {
  const { clock, run, sleep, setWallBack } = sleepyComputer();
  run(1000);
  expect(clock.monotonicMs()).toBe(1000);
  sleep(NIGHT_MS);
  setWallBack(NIGHT_MS);
  run(50);
  expect(Math.abs(clock.monotonicMs() - 1050 - NIGHT_MS)).toBeLessThanOrEqual(1000);
});

test('F11: counted time never goes back, whatever second the uptime shows', () => {
  const { clock, run, sleep } = sleepyComputer();
  let last = clock.monotonicMs();
  for (let step = 0; step < 2000; step += 1) {
    run((step * 37) % 950);
    if (step % 100 === 99) sleep(NIGHT_MS);
    expect(clock.monotonicMs()).toBeGreaterThanOrEqual(last);
    last = clock.monotonicMs();
  }
});

test('the real counter moves on', () => {
  const clock = createSystemClock();
  const first = clock.monotonicMs();
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(first);
  expect(Math.abs(clock.wallNowMs() - Date.now())).toBeLessThan(1000);
});
