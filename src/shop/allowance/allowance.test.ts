import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leftOfAllowance, tighterAllowance } from './allowance.ts';

const NOTHING_TAKEN = { takenMinor: 0, allTakenMinor: 0 };
const counts = fc.record({ limit: fc.nat(1_000), given: fc.nat(1_000), held: fc.nat(1_000) });

test('V4: what is given out and held leaves the rest, and nothing where the limit was lowered below it', () => {
  expect(leftOfAllowance({ limit: 10, given: 3, held: 2 })).toBe(5);
  expect(leftOfAllowance({ limit: 10, given: 8, held: 2 })).toBe(0);
  expect(leftOfAllowance({ limit: 1, given: 3, held: 0 })).toBe(0);
  for (const wrong of [-1, 0.5, Number.NaN]) {
    expect(() => leftOfAllowance({ limit: wrong, given: 0, held: 0 })).toThrow('whole units');
    expect(() => leftOfAllowance({ limit: 1, given: wrong, held: 0 })).toThrow('whole units');
    expect(() => leftOfAllowance({ limit: 1, given: 0, held: wrong })).toThrow('whole units');
  }
});

test('V4: whoever takes no more than is left never takes more than the limit, whatever was given before', () => {
  fc.assert(
    fc.property(counts, fc.array(fc.nat(200), { maxLength: 12 }), ({ limit }, wanted) => {
      const till = { limit, given: 0, held: 0 };
      for (const [at, asked] of wanted.entries()) {
        const taken = Math.min(asked, leftOfAllowance(till));
        if (at % 2 === 0) till.given += taken;
        else till.held += taken;
      }
      expect(till.given + till.held).toBeLessThanOrEqual(limit);
    }),
  );
});

test('W9: the tighter of two allowances binds, after what the same sale takes of each', () => {
  const account = { limit: 500, given: 100, held: 0 };
  const till = { limit: 900, given: 300, held: 150 };
  expect(tighterAllowance({ account: null, till: null }, NOTHING_TAKEN)).toBeNull();
  expect(tighterAllowance({ account, till: null }, NOTHING_TAKEN)).toEqual({ of: 'account', limit: 500, left: 400 });
  expect(tighterAllowance({ account: null, till }, NOTHING_TAKEN)).toEqual({ of: 'till', limit: 900, left: 450 });
  expect(tighterAllowance({ account, till }, NOTHING_TAKEN)).toMatchObject({ of: 'account', left: 400 });
  expect(tighterAllowance({ account, till }, { takenMinor: 0, allTakenMinor: 51 })).toMatchObject({
    of: 'till',
    left: 399,
  });
  expect(tighterAllowance({ account, till }, { takenMinor: 0, allTakenMinor: 50 })).toMatchObject({ of: 'account' });
  expect(tighterAllowance({ account, till }, { takenMinor: 600, allTakenMinor: 600 })).toMatchObject({ left: 0 });
});
