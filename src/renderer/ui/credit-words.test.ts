import { expect, test } from 'vitest';
import { creditAmount } from './credit-words.ts';
import { createFormatter } from './format.ts';

const COINS = { one: 'coin', many: 'coins' };
const guaranies = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });
const dollars = createFormatter({ language: 'en', region: 'en-US', currency: 'USD', timeZone: 'America/New_York' });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('W1: credit is written as money, or in the name that the shop gave it', () => {
  expect(plain(creditAmount(guaranies, null, 20_000))).toBe('₲ 20.000');
  expect(plain(creditAmount(guaranies, COINS, 20_000))).toBe('20.000 coins');
  expect(plain(creditAmount(guaranies, COINS, 1))).toBe('1 coin');
  expect(plain(creditAmount(dollars, COINS, 1_250))).toBe('12.50 coins');
  expect(plain(creditAmount(dollars, COINS, 100))).toBe('1.00 coin');
  expect(plain(creditAmount(dollars, COINS, -250))).toBe('−2.50 coins');
  expect(plain(creditAmount(dollars, COINS, 250, { sign: 'always' }))).toBe('+2.50 coins');
});
