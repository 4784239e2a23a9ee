import { expect, test } from 'vitest';
import { hrefTo, parseRoute } from './route.ts';

test('no address is the till', () => {
  expect(parseRoute('')).toEqual({ screen: 'till', rest: [], path: '' });
});

test('parts are decoded, whatever they hold', () => {
  expect(parseRoute(hrefTo('customers', 'a/b ñ').slice(2))).toMatchObject({ screen: 'customers', rest: ['a/b ñ'] });
});
