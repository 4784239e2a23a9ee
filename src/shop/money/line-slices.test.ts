import { expect, test } from 'vitest';
import { type SoldShares, sharesBetween } from './line-slices.ts';

const line = (change: Partial<SoldShares> = {}): SoldShares => ({
  quantityThousandths: 3000,
  grossMinor: 30_00,
  netMinor: 20_00,
  taxMinor: 2_60,
  payableMinor: 20_00,
  ...change,
});

/** Net, tax and payable of each stretch between two quantities. */
function slices(sold: SoldShares, ...cuts: number[]) {
  return cuts.slice(1).map((to, index) => {
    const { netMinor, taxMinor, payableMinor } = sharesBetween(sold, cuts[index] ?? 0, to);
    return [netMinor, taxMinor, payableMinor];
  });
}

test('C-27: three units of 10.00 that share 10.00 off are worth 6.66, 6.67 and 6.67, and the tax inside follows them', () => {
  // 2.60 x 6.66 / 20.00 = 0.8658, x 13.33 / 20.00 = 1.7329: 0.87, then 0.86, then the rest.
  expect(slices(line(), 0, 1000, 2000, 3000)).toEqual([
    [6_66, 87, 6_66],
    [6_67, 86, 6_67],
    [6_67, 87, 6_67],
  ]);
});

test('tax that was added to the price comes back with it', () => {
  // 3.00 x 6.66 / 20.00 = 0.999.
  expect(slices(line({ taxMinor: 3_00, payableMinor: 23_00 }), 0, 1000, 2000, 3000)).toEqual([
    [6_66, 1_00, 7_66],
    [6_67, 1_00, 7_67],
    [6_67, 1_00, 7_67],
  ]);
});

test('half a unit is worth half of that very unit, rounded half away from zero, and the other half is the rest', () => {
  // Units of 6.66 and 6.67: halves of 3.33, 3.33, then 3.335 rounded up, then what is left of 6.67.
  expect(slices(line({ taxMinor: 0 }), 0, 500, 1000, 1500, 2000).map(([netMinor]) => netMinor)).toEqual([
    3_33, 3_33, 3_34, 3_33,
  ]);
});

test('a weighed quantity is shared by weight', () => {
  // 12.00 x 500 / 1255 = 4.7809.
  const weighed = line({
    quantityThousandths: 1255,
    grossMinor: 12_54,
    netMinor: 12_00,
    payableMinor: 12_00,
    taxMinor: 1,
  });
  expect(slices(weighed, 0, 500, 1255)).toEqual([
    [4_78, 0, 4_78],
    [7_22, 1, 7_22],
  ]);
});

test('a line that cost nothing is worth nothing in any part, and a tax of one goes to the half that reaches it first', () => {
  const free = line({ netMinor: 0, taxMinor: 0, payableMinor: 0 });
  expect(slices(free, 0, 1500, 3000)).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  const small = line({ quantityThousandths: 2000, grossMinor: 2, netMinor: 2, taxMinor: 1, payableMinor: 3 });
  expect(slices(small, 0, 1000, 2000)).toEqual([
    [1, 1, 2],
    [1, 0, 1],
  ]);
});
