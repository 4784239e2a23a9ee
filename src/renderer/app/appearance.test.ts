import { expect, test } from 'vitest';
import { scaleFor } from './appearance.ts';

test.each([
  [1024, null, 1],
  [1600, null, 1],
  [1920, null, 1.25],
  [3840, null, 1.5],
  [1024, 130, 1.3],
])('%i wide with %s is scaled %d', (width, percent, scale) => {
  expect(scaleFor(width, percent)).toBe(scale);
});
