import { createInstance, type TFunction } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import words from '../../i18n/en/wallet.json' with { type: 'json' };
import { createFormatter } from '../../ui/format.ts';
import { endWords, movedBy, stubOf } from './wallet-words.ts';

const i18n = createInstance();
beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: { en: { wallet: words } }, interpolation: { escapeValue: false } });
});
const t = (): TFunction<'wallet'> => i18n.getFixedT('en', 'wallet') as TFunction<'wallet'>;
const format = createFormatter({ language: 'en', region: 'en-US', currency: 'USD', timeZone: 'America/New_York' });
const credit = { name: 'coins', title: 'Coins', amount: String };
const stub = (kind: string | null, value: number | null) => {
  const { figure, word } = stubOf(t(), format, credit, { kind, value });
  return `${figure} ${word}`.trim();
};

test('VC1: the stub of a ticket says what each kind gives', () => {
  expect(stub('percent', 1_000)).toBe('10% off');
  expect(stub('amount', 500)).toBe('$5 off');
  expect(stub('fixed-price', 250)).toBe('$2.5 price');
  expect(stub('product', 1)).toBe('1 free');
  expect(stub('buy-take', 2)).toBe('2 free');
  expect(stub('credit', 2_000)).toBe('$20 coins');
  expect(stub('units', 1)).toBe('1 use');
  expect(stub('package', 10)).toBe('10 uses');
  expect(stub(null, null)).toBe('–');
});

test('W8: an end is said as a day, and counted in days inside three', () => {
  const nowMs = Date.parse('2026-11-21T15:00:00Z');
  const midnightAfter = (day: string) => Date.parse(`${day}T05:00:00Z`) + 86_400_000;
  const said = (day: string) => endWords(t(), format, midnightAfter(day), nowMs);
  expect(endWords(t(), format, null, nowMs)).toBeNull();
  expect(said('2026-11-20')).toEqual({ text: 'Ended 20 Nov', isSoon: false });
  expect(said('2026-11-21')).toEqual({ text: 'Ends today', isSoon: true });
  expect(said('2026-11-22')).toEqual({ text: 'Ends in 1 day', isSoon: true });
  expect(said('2026-11-24')).toEqual({ text: 'Ends in 3 days', isSoon: true });
  expect(said('2026-11-25')).toEqual({ text: 'Until 25 Nov', isSoon: false });
});

test('S0-22: a ticket moves by places and never out of the list', () => {
  const list = ['a', 'b', 'c'];
  expect(movedBy(list, 0, 1)).toEqual(['b', 'a', 'c']);
  expect(movedBy(list, 2, -2)).toEqual(['c', 'a', 'b']);
  expect(movedBy(list, 0, -1)).toBe(list);
  expect(movedBy(list, 2, 1)).toBe(list);
});
