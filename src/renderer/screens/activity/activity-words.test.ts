import { expect, test } from 'vitest';
import { createFormatter } from '../../ui/format.ts';
import { changedFields, fieldName } from './activity-words.ts';

const format = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });

test('only what differs is listed, amounts as money', () => {
  expect(changedFields(format, { name: 'Latte', price_minor: 20000 }, { name: 'Latte', price_minor: 21000 })).toEqual([
    { name: 'price_minor', before: '₲ 20.000', after: '₲ 21.000' },
  ]);
});

test('a new record lists what it holds', () => {
  expect(changedFields(format, null, { name: 'Ana', note: null })).toEqual([
    { name: 'name', before: '–', after: 'Ana' },
  ]);
});

test.each([
  ['price_minor', 'price'],
  ['dayStartsAtHour', 'day starts at hour'],
  ['created_at_ms', 'created at'],
])('%s reads "%s"', (name, words) => {
  expect(fieldName(name)).toBe(words);
});
