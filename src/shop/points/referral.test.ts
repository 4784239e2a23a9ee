import { expect, test } from 'vitest';
import { isFitReferral } from './referral.ts';

test.each([
  ['somebody new by a regular', 'eva', 'ana', {}, true],
  ['at the end of a chain', 'eva', 'ana', { ana: 'bo', bo: 'cy' }, true],
  ['oneself', 'ana', 'ana', {}, false],
  ['whom one brought', 'ana', 'bo', { bo: 'ana' }, false],
  ['whom one brought at a remove', 'ana', 'cy', { cy: 'bo', bo: 'ana' }, false],
  ['under a circle of others', 'eva', 'ana', { ana: 'bo', bo: 'ana' }, false],
] as const)('PT4: a referral of %s', (_, friend, referrer, brought: Record<string, string>, expected) => {
  expect(isFitReferral(friend, referrer, (id) => brought[id] ?? null)).toBe(expected);
});
