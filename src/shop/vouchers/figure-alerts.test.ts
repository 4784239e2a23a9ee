import { expect, test } from 'vitest';
import { figureAlerts } from './figure-alerts.ts';

const figures = (
  uniqueScanners: number,
  conversionBasisPoints: number | null,
  redemptions: number,
  refused: number,
) => ({
  counts: { uniqueScanners, redemptions },
  rates: { conversionBasisPoints },
  refused,
});

test('S0-70 S2-58: a conversion below a tenth is pointed out, once twenty people have scanned', () => {
  expect(figureAlerts(figures(20, 999, 0, 0))).toEqual([{ kind: 'low-conversion', conversionBasisPoints: 999 }]);
  expect(figureAlerts(figures(20, 1000, 0, 0))).toEqual([]);
  expect(figureAlerts(figures(19, 0, 0, 0))).toEqual([]);
  expect(figureAlerts(figures(0, null, 0, 0))).toEqual([]);
});

test('S0-71: more than a third of the attempts refused is pointed out, once there were twenty', () => {
  expect(figureAlerts(figures(0, null, 13, 7))).toEqual([{ kind: 'many-refused', refused: 7, attempts: 20 }]);
  expect(figureAlerts(figures(0, null, 14, 7))).toEqual([]);
  expect(figureAlerts(figures(0, null, 0, 19))).toEqual([]);
});
