import { expect, test } from 'vitest';
import { createFormatter } from './format.ts';

const paraguay = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });
const states = createFormatter({ language: 'es', region: 'en-US', currency: 'USD', timeZone: 'America/New_York' });
const NOON_MS = Date.UTC(2026, 10, 20, 15, 0);

test.each([
  [90_900, '₲ 90.900'],
  [1000, '₲ 1.000'],
  [-13, '−₲ 13'],
  [0, '₲ 0'],
])('%i guaraníes read %s, sign before the symbol, always grouped', (minor, text) => {
  expect(paraguay.money(minor)).toBe(text);
});

test('thousands are short in one way', () => {
  const short = [5_000, 15_000].map((minor) => paraguay.money(minor, { isCompact: true }).replace(/\s/g, ' '));
  expect(short).toEqual(['₲5 k', '₲15 k']);
  expect(states.money(500_000, { isCompact: true })).toBe('$5K');
});

test('a plus only where it is asked for', () => {
  expect(paraguay.points(156, { sign: 'always' })).toBe('+156');
  expect(paraguay.points(2450)).toBe('2.450');
  expect(paraguay.points(-2750)).toBe('−2.750');
});

test('money follows the region, words the language', () => {
  expect(states.money(450)).toBe('$4.50');
  expect(states.longDay(NOON_MS)).toBe('Viernes 20 de noviembre');
  expect(paraguay.longDay(NOON_MS)).toBe('Friday 20 November');
});

test('a share has one decimal at most, a rate both of its own', () => {
  expect([7845, 7804, 10_000, 0].map(paraguay.share)).toEqual(['78,5%', '78%', '100%', '0%']);
  expect(paraguay.percent(825)).toBe('8,25%');
});

test('quantities are whole or have three decimals', () => {
  expect(paraguay.quantity(2000)).toBe('2');
  expect(paraguay.quantity(350)).toBe('0,350');
});

test('the hour is the shop’s, on a 24-hour clock', () => {
  expect(paraguay.time(NOON_MS)).toBe('12:00');
  expect(states.time(NOON_MS)).toBe('10:00');
});
