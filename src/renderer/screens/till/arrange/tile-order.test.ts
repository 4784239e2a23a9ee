import fc from 'fast-check';
import { expect, test } from 'vitest';
import { movedBeside, movedBy, withoutTile, withTile } from './tile-order.ts';

const ORDER = ['a', 'b', 'c', 'd'];

test.each([
  ['one to the right', 'a', 1, 'bacd'],
  ['one to the left', 'c', -1, 'acbd'],
  ['over the end stays at the end', 'c', 9, 'abdc'],
  ['over the start stays at the start', 'b', -9, 'bacd'],
  ['an unknown tile', 'x', 1, 'abcd'],
] as const)('a tile is moved: %s', (_name, tile, places, expected) => {
  expect(movedBy(ORDER, tile, places).join('')).toBe(expected);
});

test.each([
  ['before an earlier one', ['d'], 'b', 'before', 'adbc'],
  ['after a later one', ['a'], 'c', 'after', 'bcad'],
  ['two together keep their order', ['c', 'a'], 'd', 'after', 'bdac'],
  ['beside itself', ['b'], 'b', 'after', 'abcd'],
] as const)('a tile is dropped: %s', (_name, moving, productId, side, expected) => {
  expect(movedBeside(ORDER, new Set(moving), { productId, side }).join('')).toBe(expected);
});

test('moving and dropping never lose or double a tile; adding twice adds once', () => {
  const orders = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(orders, fc.nat(), fc.nat(), fc.integer({ min: -15, max: 15 }), (order, from, to, places) => {
      const tile = order[from % order.length] ?? '';
      const target = { productId: order[to % order.length] ?? '', side: places < 0 ? 'before' : 'after' } as const;
      const whole = order.toSorted();
      expect(movedBy(order, tile, places).toSorted()).toEqual(whole);
      expect(movedBeside(order, new Set([tile]), target).toSorted()).toEqual(whole);
      expect(withTile(withTile(withoutTile(order, tile), tile), tile).toSorted()).toEqual(whole);
    }),
  );
});
