import { describe, expect, test } from 'vitest';
import { computeEarning, type EarningLine, type EarningSale } from './earning.ts';
import type { EarningContext } from './earning-context.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';

const ZONE = 'America/Asuncion';
const SPEND = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 };

function versionOf(change: object = {}): ProgrammeVersion {
  return { versionId: 'v1', version: 1, programme: programmeSchema.parse({ name: 'P', rules: [SPEND], ...change }) };
}

function contextAt(change: Partial<EarningContext> = {}): EarningContext {
  const atMs = Date.parse('2026-03-10T15:00Z');
  return { atMs, zone: ZONE, tierId: null, segmentIds: [], used: {}, programmePointsToday: 0, ...change };
}

const line = (netMinor: number, change: Partial<EarningLine> = {}): EarningLine => ({
  lineId: `l${netMinor}`,
  netMinor,
  taxMinor: 0,
  payableMinor: netMinor,
  ...change,
});
const saleOf = (...lines: EarningLine[]): EarningSale => ({ lines, taxMode: 'inclusive' });
const pointsOf = (sale: EarningSale, version: ProgrammeVersion, context: EarningContext | null = null): number =>
  computeEarning(sale, version, context).points;

describe('C-42 C-43 C-57: hours and days go by the shop’s civil clock', () => {
  const DOUBLE = { promotionId: 'fri', multiplierBasisPoints: 20_000, schedule: { weekdays: [4] } };
  const at = (text: string, zone = ZONE) => contextAt({ atMs: Date.parse(text), zone });

  test('C-42: 2026-03-14T02:30Z is still Friday in Asunción, so double on Fridays holds', () => {
    const version = versionOf({ promotions: [DOUBLE] });
    expect(pointsOf(saleOf(line(10_00)), version, at('2026-03-14T02:30Z'))).toBe(20);
    expect(pointsOf(saleOf(line(10_00)), version, at('2026-03-14T03:00Z'))).toBe(10);
    expect(pointsOf(saleOf(line(10_00)), version)).toBe(10);
  });

  test('C-43: on the 23-hour day in Berlin both 01:59 and 03:00 are Sunday 29 March', () => {
    const sundays = { ...DOUBLE, schedule: { weekdays: [6], startsOn: '2026-03-29', endsOn: '2026-03-29' } };
    const version = versionOf({ promotions: [sundays] });
    const points = ['2026-03-28T22:59Z', '2026-03-29T00:59Z', '2026-03-29T01:00Z', '2026-03-29T22:00Z'].map((text) =>
      pointsOf(saleOf(line(10_00)), version, at(text, 'Europe/Berlin')),
    );
    expect(points).toEqual([10, 20, 20, 10]);
  });

  test('C-57: at 2026-07-15T03:30Z it is 00:30 on 15 July in Asunción', () => {
    const night = { ...DOUBLE, schedule: { startsOn: '2026-07-15', fromMinute: 30, toMinute: 31 } };
    const version = versionOf({ promotions: [night] });
    expect(pointsOf(saleOf(line(10_00)), version, at('2026-07-15T03:30Z'))).toBe(20);
    expect(pointsOf(saleOf(line(10_00)), version, at('2026-07-15T03:31Z'))).toBe(10);
  });
});
