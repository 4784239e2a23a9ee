import { expect, test } from 'vitest';
import { birthdayText, daysBetween, dayText, monthText } from './day-words.ts';

test('a birthday shows day and month in the language, without the year', () => {
  expect(birthdayText('1990-11-24', 'en')).toBe('24 Nov');
  expect(birthdayText('1990-11-24', 'es')).toBe('24 nov');
  expect(birthdayText('----02-29', 'en')).toBe('29 Feb');
});

test('the month of joining is read in the zone of the shop', () => {
  const settings = { language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' } as const;
  expect(monthText(Date.UTC(2024, 2, 1, 1), settings)).toBe('Feb 2024');
});

test('days are counted by the calendar', () => {
  expect(daysBetween('2026-11-20', '2026-11-21')).toBe(1);
  expect(daysBetween('2026-11-21', '2026-11-21')).toBe(0);
  expect(daysBetween('2026-12-31', '2026-11-30')).toBe(-31);
});

test('a day is written out by its date alone, whatever the zone of the window', () => {
  expect(dayText('2026-11-14', 'en', '2026')).toBe('Saturday 14 November');
  expect(dayText('2024-03-16', 'es', '2026')).toBe('Sábado 16 de marzo de 2024');
});
