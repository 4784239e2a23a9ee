import { expect, test } from 'vitest';
import { amountText, parseAmount } from './typed-amount.ts';

test.each([
  ['22000', 0, 22_000],
  ['22.000', 0, 22_000],
  ['₲ 22.000', 0, 22_000],
  ['22,50', 2, 2250],
  ['1.234,5', 2, 123_450],
  ['1.234', 2, 123_400],
  ['4.5', 2, 450],
  ['−13', 0, -13],
  ['22 000', 0, 22_000],
  ['22.', 0, 22],
  ["1'234.50", 2, 123_450],
  ['US$ 12.50', 2, 1250],
  ['-Gs. 5.000', 0, -5000],
  ['Gs. -5.000', 0, -5000],
  ['10 %', 2, 1000],
  ['1,5 kg', 3, 1500],
  [',5', 2, 50],
])('"%s" with %i decimals is %i minor units', (text, digits, minor) => {
  expect(parseAmount(text, digits, ',')).toBe(minor);
});

test.each(['', 'abc', '-', '9'.repeat(30)])('"%s" is no amount', (text) => {
  expect(parseAmount(text, 2, ',')).toBeNull();
});

test.each([
  ['12x,5', 0],
  ['12x,5', 2],
  ['12,5', 0],
  ['1.2.3', 2],
  ['1.2345', 0],
  ['12 5', 0],
  ['4-5', 0],
  ['1e5', 0],
  ['0x10', 0],
  ['12,5', 0],
  ['10.000.00', 0],
])('"%s" with %i decimals is no amount, and not the digits in it', (text, digits) => {
  expect(parseAmount(text, digits, ',')).toBeNull();
});

test('what is shown for editing reads back as the same amount', () => {
  for (const minor of [0, 5, 50, 450, 123_456, -1300])
    expect(parseAmount(amountText(minor, 2, ','), 2, ',')).toBe(minor);
});
