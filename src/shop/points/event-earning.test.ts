import { expect, test } from 'vitest';
import { computeEventEarning, FRIEND_EVENT, rulesForEvent } from './event-earning.ts';
import { programmeSchema } from './programme.ts';

const CONTEXT = {
  atMs: Date.UTC(2026, 2, 2),
  zone: 'UTC',
  tierId: null,
  segmentIds: [],
  used: {},
  programmePointsToday: 0,
};

function versionOf(...rules: object[]) {
  const named = rules.map((rule, index) => ({ ruleId: `r${index}`, kind: 'event', points: 40, ...rule }));
  return { versionId: 'v', version: 1, programme: programmeSchema.parse({ name: 'P', rules: named }) };
}

test.each([
  ['waits for any purchase', {}, null, 0],
  ['is met by one of a cent', {}, 1, 40],
  ['is not met by one of nothing', {}, 0, 0],
  ['is met by its minimum', { minimumSpendMinor: 500 }, 500, 40],
  ['is not met below it', { minimumSpendMinor: 500 }, 499, 0],
  ['holds when the friend joins', { on: 'enrolment', minimumSpendMinor: 500 }, null, 40],
  ['has been had by then at the purchase', { on: 'enrolment' }, 500, 0],
])('PT4: a rule for referrals %s', (_, more, spendMinor, points) => {
  const version = versionOf({ event: 'referral', friendPoints: 7, ...more });
  expect(computeEventEarning('referral', version, CONTEXT, spendMinor).points).toBe(points);
  expect(computeEventEarning(FRIEND_EVENT, version, CONTEXT, spendMinor).points).toBe(points === 0 ? 0 : 7);
});

test('PT4: a friend gets what the rule says for them, multiplied and floored, and nothing where it says nothing', () => {
  const rule = { event: 'referral', on: 'enrolment', multiplierBasisPoints: 15_000 };
  expect(computeEventEarning(FRIEND_EVENT, versionOf(rule), CONTEXT).parts).toEqual([]);
  const { points, trace } = computeEventEarning(FRIEND_EVENT, versionOf({ ...rule, friendPoints: 5 }), CONTEXT);
  expect(points).toBe(7);
  expect(trace).toEqual([
    {
      what: 'event-points',
      inputs: { ruleId: 'r0', points: 5, multiplierBasisPoints: 15_000, divisor: 10_000 },
      operation: 'points-times-multiplier',
      rounding: 'floor',
      result: 7,
    },
  ]);
});

test('PT9: a friend is one of the times of the rule for whom it counts', () => {
  const version = versionOf({ event: 'referral', on: 'enrolment', friendPoints: 5, timesPerYear: 2 });
  const had = (timesThisYear: number) => ({
    ...CONTEXT,
    used: { r0: { pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear } },
  });
  expect(computeEventEarning('referral', version, had(1)).points).toBe(40);
  expect(computeEventEarning('referral', version, had(2)).points).toBe(0);
});

test('the rules for an event are those that name it; a friend has those for referrals that give them something', () => {
  const { programme } = versionOf({ event: 'referral' }, { event: 'referral', friendPoints: 1 }, { event: 'review' });
  const ids = (event: string) => rulesForEvent(programme, event).map(({ ruleId }) => ruleId);
  expect([ids('referral'), ids(FRIEND_EVENT), ids('review'), ids('r')]).toEqual([['r0', 'r1'], ['r1'], ['r2'], []]);
});
