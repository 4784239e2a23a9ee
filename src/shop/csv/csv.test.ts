import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvLine, detectSeparator } from './csv-cell.ts';
import {
  numberStyleOf,
  readPriceMinor,
  readQuantityThousandths,
  readRateBasisPoints,
  readWholeNumber,
} from './number-text.ts';

const COMMA = { decimal: ',' } as const;
const POINT = { decimal: '.' } as const;

test('no cell of an export can run as a formula', () => {
  expect(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '\rx', '\0=1', '＝1'].map((text) => csvCell(text))).toEqual([
    "'=1+1",
    "'+cmd",
    "'-2+3",
    "'@SUM(A1)",
    '"\'\tx"'.replaceAll('"', ''),
    '"\'\rx"',
    "'=1",
    "'＝1",
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const bare = csvCell(text).replace(/^"/, '');
      expect(/^[=+@\t\r\0]/.test(bare)).toBe(false);
      expect(bare.startsWith('-') && !/^-\d/.test(bare)).toBe(false);
    }),
  );
});

test('numbers stay numbers, and separators, quotes and line ends are quoted', () => {
  expect([
    csvCell(-5),
    csvCell('-12.50'),
    csvCell(null),
    csvCell('a,b'),
    csvCell('a;b', ';'),
    csvCell('say "x"'),
    csvCell(' a '),
  ]).toEqual(['-5', '-12.50', '', '"a,b"', '"a;b"', '"say ""x"""', '" a "']);
  expect(csvLine(['a', 1, null])).toBe('a,1,\r\n');
});

test('a file’s separator is the one that its first line holds most', () => {
  expect([
    detectSeparator('a;b;c\n1,2'),
    detectSeparator('a,b'),
    detectSeparator('a\tb\tc'),
    detectSeparator('"a;b;c",d'),
    detectSeparator(''),
  ]).toEqual([';', ',', '\t', ',', ',']);
});

test.each([
  ['22.000', 'PYG', COMMA, 22_000],
  ['₲ 22.000', 'PYG', COMMA, 22_000],
  ['Gs. 22.000', 'PYG', COMMA, 22_000],
  ['22000', 'PYG', COMMA, 22_000],
  ['22,000', 'PYG', COMMA, 22_000],
  ['1.250.000', 'PYG', COMMA, 1_250_000],
  ['22,50', 'USD', COMMA, 22_50],
  ['22.50', 'USD', COMMA, 22_50],
  ['22.50', 'USD', POINT, 22_50],
  ['1,234.5', 'USD', POINT, 1_234_50],
  ['1.234,5', 'USD', COMMA, 1_234_50],
  ['1.234', 'USD', COMMA, 1_234_00],
  ['$ 9.99', 'USD', POINT, 9_99],
  ['9,99 €', 'EUR', COMMA, 9_99],
  ['22,00', 'PYG', COMMA, 22],
  ['1.234', 'KWD', POINT, 1_234],
  ["1'234.50", 'CHF', POINT, 1_234_50],
  ['0', 'USD', POINT, 0],
] as const)('the price %s in %s is %i', (text, currency, style, value) => {
  expect(readPriceMinor(text, currency, style)).toEqual({ kind: 'number', value });
});

test.each([
  ['', 'empty'],
  ['free', 'not-a-number'],
  ['1.2.3', 'not-a-number'],
  ['12,34,56', 'not-a-number'],
  ['-5', 'negative'],
  ['(5)', 'negative'],
  ['1.505', 'too-many-decimals'],
  ['9'.repeat(20), 'too-large'],
  ['1e5', 'not-a-number'],
  ['٣', 'not-a-number'],
] as const)('the price %j is told as %s', (text, code) => {
  expect(readPriceMinor(text, 'USD', POINT)).toEqual({ kind: 'unreadable', code });
});

test('quantities, rates and whole numbers', () => {
  expect(readQuantityThousandths('1,25', COMMA)).toEqual({ kind: 'number', value: 1250 });
  expect(readRateBasisPoints('10 %', POINT)).toEqual({ kind: 'number', value: 1000 });
  expect(readRateBasisPoints('10,5', COMMA)).toEqual({ kind: 'number', value: 1050 });
  expect(readWholeNumber('1.250', COMMA)).toEqual({ kind: 'number', value: 1250 });
});

test('regions say which separator is the decimal one', () => {
  expect(['es-PY', 'de-DE', 'en-US', 'es-MX'].map((region) => numberStyleOf(region).decimal)).toEqual([
    ',',
    ',',
    '.',
    '.',
  ]);
});

test('F35: a price written in its region is read back exactly, and nothing ever throws', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000_000 }),
      fc.constantFrom('es-PY', 'en-US', 'de-DE', 'es-MX'),
      (minor, region) => {
        const text = new Intl.NumberFormat(region, { minimumFractionDigits: 2, useGrouping: true }).format(minor / 100);
        expect(readPriceMinor(text, 'USD', numberStyleOf(region))).toEqual({ kind: 'number', value: minor });
        const whole = new Intl.NumberFormat(region, { useGrouping: true }).format(minor);
        expect(readPriceMinor(whole, 'PYG', numberStyleOf(region))).toEqual({ kind: 'number', value: minor });
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void readPriceMinor(text, 'USD', COMMA)),
  );
});
