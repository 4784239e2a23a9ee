import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidePassUse, decideTakeUnitsBack, type PassLine, passReturn } from './decide-pass-use.ts';
import { datesOfPass, type Pass, passStandingOf, passTermsSchema, passToFill } from './pass.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const DAY = 86_400_000;
const terms = passTermsSchema.parse({ units: 10, days: 60, filter: { categoryIds: ['coffee'] } });

function pass(given: Partial<Pass> = {}): Pass {
  return {
    passId: 'pass',
    customerId: 'ana',
    planId: null,
    name: '10 coffees',
    kind: 'package',
    terms,
    unitsTotal: 10,
    unitsUsed: 0,
    startsAtMs: NOW - DAY,
    endsAtMs: NOW + DAY,
    revokedAtMs: null,
    ...given,
  };
}

function line(given: Partial<PassLine> = {}): PassLine {
  return {
    productId: 'latte',
    categoryId: 'coffee',
    tags: [],
    quantityThousandths: 3000,
    grossMinor: 1000,
    netMinor: 1000,
    taxMinor: 0,
    payableMinor: 1000,
    isStoredValue: false,
    paidUnits: 0,
    ...given,
  };
}

const use = (given: Partial<Pass> = {}, of: Partial<PassLine> = {}, how: object = {}) =>
  decidePassUse(pass(given), line(of), { units: 1, atMs: NOW, heldUnits: 0, customerId: 'ana', ...how });

test('S3-47 W13: a unit pays its piece’s share of what is due, cent by cent', () => {
  expect(use()).toEqual({ kind: 'use', units: 1, amountMinor: 334 });
  expect(use({}, { paidUnits: 1 })).toEqual({ kind: 'use', units: 1, amountMinor: 333 });
  expect(use({}, {}, { units: 3 })).toEqual({ kind: 'use', units: 3, amountMinor: 1000 });
});

test.each([
  ['another customer’s', () => use({}, {}, { customerId: 'luis' }), 'pass-of-another', {}],
  ['nobody’s sale', () => use({}, {}, { customerId: null }), 'pass-of-another', {}],
  ['S3-21: over', () => use({ endsAtMs: NOW }), 'pass-expired', { endedAtMs: NOW }],
  ['S3-21: not begun', () => use({ startsAtMs: NOW + 1 }), 'pass-not-started', { startsAtMs: NOW + 1 }],
  ['revoked', () => use({ revokedAtMs: NOW }), 'pass-revoked', {}],
  ['S3-47: used up', () => use({ unitsUsed: 10 }), 'pass-used-up', { total: 10 }],
  ['too many', () => use({ unitsUsed: 9 }, {}, { units: 2 }), 'pass-short', { needed: 2, have: 1 }],
  ['held by another sale', () => use({ unitsUsed: 9 }, {}, { heldUnits: 1 }), 'pass-short', { needed: 1, have: 0 }],
  [
    'held beyond what is there',
    () => use({ unitsUsed: 9 }, {}, { heldUnits: 3 }),
    'pass-short',
    { needed: 1, have: 0 },
  ],
  ['other goods', () => use({}, { categoryId: 'cake' }), 'pass-not-covered', {}],
  ['more than the line has', () => use({}, { paidUnits: 3 }), 'pass-not-covered', {}],
  ['a weighed line', () => use({}, { quantityThousandths: 1500 }), 'pass-not-covered', {}],
  ['stored value', () => use({}, { isStoredValue: true }), 'pass-not-covered', {}],
])('%s is refused', (_name, answerOf, reason, facts) => {
  expect(answerOf()).toEqual({ kind: 'refused', reason, facts });
});

test('the last unit, the last moment and the first count', () => {
  expect(use({ unitsUsed: 9, endsAtMs: NOW + 1, startsAtMs: NOW })).toMatchObject({ kind: 'use' });
  expect(use({ endsAtMs: null })).toMatchObject({ kind: 'use' });
});

test('S3-21 S3-23: a package is active at once and ends with its last local day', () => {
  const dates = datesOfPass({ days: 60 }, Date.UTC(2026, 10, 21, 2), 'America/Asuncion');
  expect(dates).toEqual({ startsAtMs: Date.UTC(2026, 10, 21, 2), endsAtMs: Date.UTC(2027, 0, 20, 3) });
  expect(datesOfPass({ days: null }, NOW, 'UTC')).toEqual({ startsAtMs: NOW, endsAtMs: null });
});

test('how a pass stands', () => {
  const standings = [
    {},
    { revokedAtMs: NOW },
    { endsAtMs: NOW },
    { startsAtMs: NOW + 1 },
    { unitsUsed: 10 },
    { startsAtMs: NOW, endsAtMs: null },
  ];
  expect(standings.map((given) => passStandingOf(pass(given), NOW))).toEqual([
    'running',
    'revoked',
    'ended',
    'not-started',
    'used-up',
    'running',
  ]);
});

test('S3-14 S3-15: units are added to the newest endless pass of the plan, or of the name; a package stands alone', () => {
  const units = (passId: string, given: Partial<Pass> = {}) =>
    pass({ passId, kind: 'units', endsAtMs: null, name: 'Coffee', ...given });
  const passes = [
    units('old', { startsAtMs: 1 }),
    units('new', { startsAtMs: 2 }),
    units('gone', { startsAtMs: 9, revokedAtMs: 9 }),
    units('dated', { startsAtMs: 9, endsAtMs: NOW }),
    units('planned', { startsAtMs: 9, planId: 'plan' }),
    units('tea', { startsAtMs: 9, name: 'Tea' }),
    pass({ passId: 'package', name: 'Coffee', endsAtMs: null, startsAtMs: 9 }),
  ];
  const fill = (given: object) =>
    passToFill(passes, { kind: 'units', planId: null, name: 'Coffee', days: null, ...given })?.passId ?? null;
  expect(fill({})).toBe('new');
  expect(fill({ planId: 'plan', name: 'Whatever' })).toBe('planned');
  expect(fill({ planId: 'other' })).toBeNull();
  expect(fill({ kind: 'package' })).toBeNull();
  expect(fill({ days: 30 })).toBeNull();
});

test('units that were sold are taken back while they are unused', () => {
  expect(decideTakeUnitsBack(pass({ unitsUsed: 4 }), 6)).toEqual({ kind: 'take-back', units: -6 });
  expect(decideTakeUnitsBack(pass({ unitsUsed: 4 }), 7)).toEqual({
    kind: 'refused',
    reason: 'pass-already-used',
    facts: { used: 4 },
  });
});

test('C-52: pieces that units paid come back as units first, each worth what it paid', () => {
  const paid = { firstPiece: 0, units: 2, returnedUnits: 0 };
  expect(passReturn(line(), paid, 500)).toEqual({ units: 0, amountMinor: 0 });
  expect(passReturn(line(), paid, 1000)).toEqual({ units: 1, amountMinor: 334 });
  expect(passReturn(line(), { ...paid, returnedUnits: 1 }, 3000)).toEqual({ units: 1, amountMinor: 333 });
  expect(passReturn(line(), { firstPiece: 2, units: 1, returnedUnits: 0 }, 2000)).toEqual({ units: 0, amountMinor: 0 });
  expect(passReturn(line(), { firstPiece: 2, units: 1, returnedUnits: 0 }, 3000)).toEqual({
    units: 1,
    amountMinor: 333,
  });
  expect(() => passReturn(line(), { ...paid, returnedUnits: 2 }, 1000)).toThrow('stays back');
});

test('however a line comes back, its units and what they paid come back once', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.nat(5000),
      fc.nat(8),
      fc.integer({ min: 1, max: 9 }),
      cuts,
      (pieces, payableMinor, first, wanted, parts) => {
        const firstPiece = Math.min(first, pieces - 1);
        const units = Math.min(wanted, pieces - firstPiece);
        const cost = { grossMinor: payableMinor, netMinor: payableMinor, payableMinor };
        const sold = line({ quantityThousandths: pieces * 1000, ...cost, paidUnits: firstPiece });
        const paid = decidePassUse(pass(), sold, { units, atMs: NOW, heldUnits: 0, customerId: 'ana' });
        const back = { units: 0, amountMinor: 0, refunded: 0 };
        for (const part of [...parts, pieces * 1000]) {
          back.refunded = Math.min(pieces * 1000, back.refunded + part);
          const returned = passReturn(sold, { firstPiece, units, returnedUnits: back.units }, back.refunded);
          back.units += returned.units;
          back.amountMinor += returned.amountMinor;
        }
        expect(paid).toEqual({ kind: 'use', units: back.units, amountMinor: back.amountMinor });
      },
    ),
  );
});
