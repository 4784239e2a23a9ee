import { expect, test } from 'vitest';
import { amountText, parseAmount } from './amount-field.tsx';

test.each([
  ['22000', 0, 22_000],
  ['22.000', 0, 22_000],
  ['₲ 22.000', 0, 22_000],
  ['22,50', 2, 2250],
  ['1.234,5', 2, 123_450],
  ['1.234', 2, 123_400],
  ['4.5', 2, 450],
  ['−13', 0, -13],
])('"%s" with %i decimals is %i minor units', (text, digits, minor) => {
  expect(parseAmount(text, digits, ',')).toBe(minor);
});

test.each(['', 'abc', '-', '9'.repeat(30)])('"%s" is no amount', (text) => {
  expect(parseAmount(text, 2, ',')).toBeNull();
});

test('what is shown for editing reads back as the same amount', () => {
  for (const minor of [0, 5, 50, 450, 123_456, -1300])
    expect(parseAmount(amountText(minor, 2, ','), 2, ',')).toBe(minor);
});
