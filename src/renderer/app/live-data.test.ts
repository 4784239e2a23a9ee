import { expect, test } from 'vitest';
import { showsTopic } from './live-data.ts';

test('a sale renews what shows sales, and not the catalogue', () => {
  expect(showsTopic(['analytics', 'today'], 'sales')).toBe(true);
  expect(showsTopic(['till', 'sales'], 'sales')).toBe(true);
  expect(showsTopic(['till', 'drafts'], 'sales')).toBe(false);
  expect(showsTopic(['catalogue', 'list'], 'sales')).toBe(false);
});

test('a topic nobody knows renews nothing', () => {
  expect(showsTopic(['till', 'sales'], 'weather')).toBe(false);
});
