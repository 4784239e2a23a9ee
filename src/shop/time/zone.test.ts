import { ZoneId } from '@js-joda/core';
import '@js-joda/timezone';
import { expect, test } from 'vitest';
import zoneData from './zone-data.json' with { type: 'json' };
import { isKnownZone, offsetMsAt } from './zone.ts';

const UNTIL_MS = Date.UTC(2100, 0, 1);
const STEP_MS = 19 * 86_400_000 + 5_000_000;
const MINUTE_MS = 60_000;

/** When the package's zone changes its offset, 1972 to 2099. */
function changesOf(zone: string): number[] {
  const rules = ZoneId.of(zone).rules() as unknown as { _tzdbInfo?: { untils: number[] } };
  return (rules._tzdbInfo?.untils ?? []).filter((untilMs) => untilMs > Date.UTC(1972, 1, 1) && untilMs < UNTIL_MS);
}

test('every zone has the offsets of the package it was taken from, between changes and at each of them', () => {
  const names = ZoneId.getAvailableZoneIds().filter((name) => name !== 'SYSTEM');
  expect(Object.keys(zoneData.zones)).toEqual(names.sort());
  expect(names.length).toBeGreaterThan(500);
  for (const name of names) {
    const rules = ZoneId.of(name).rules();
    const instants = changesOf(name).flatMap((changeMs) => [changeMs - 1, changeMs, changeMs + MINUTE_MS]);
    for (let atMs = Date.UTC(1972, 1, 1); atMs < UNTIL_MS; atMs += STEP_MS) instants.push(atMs);
    const wrong = instants.filter(
      (atMs) => offsetMsAt(atMs, name) !== rules.offsetOfEpochMilli(atMs).totalSeconds() * 1000,
    );
    expect({ name, wrong }).toEqual({ name, wrong: [] });
  }
});

test('a name that is no zone is not known, whatever object it is a member of', () => {
  for (const name of ['', 'SYSTEM', 'toString', '__proto__', 'America/Atlantis', 'x'.repeat(10_000)]) {
    expect(isKnownZone(name)).toBe(false);
  }
  expect(() => offsetMsAt(0, 'toString')).toThrow('unknown time zone');
});
