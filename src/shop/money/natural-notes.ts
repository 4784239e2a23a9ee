import { exponentOf, minorPerMajor } from './currency.ts';

/**
 * What people round up to when they pay, in major units: notes, and the coins that are worth a note elsewhere.
 * Notes of 2 and 2 000 are left out: nobody counts them out to avoid change.
 * Source: the issuing central banks' series in circulation, 2025.
 */
const STEPS_MAJOR: Readonly<Record<string, readonly number[]>> = {
  PYG: [1_000, 5_000, 10_000, 20_000, 50_000, 100_000],
  USD: [1, 5, 10, 20, 50, 100],
  EUR: [1, 5, 10, 20, 50, 100, 200],
  GBP: [1, 5, 10, 20, 50],
  BRL: [1, 5, 10, 20, 50, 100, 200],
  ARS: [100, 500, 1_000, 2_000, 10_000, 20_000],
  UYU: [10, 50, 100, 200, 500, 1_000, 2_000],
  CLP: [500, 1_000, 5_000, 10_000, 20_000],
  BOB: [1, 5, 10, 20, 50, 100, 200],
  PEN: [1, 5, 10, 20, 50, 100, 200],
  COP: [1_000, 5_000, 10_000, 20_000, 50_000, 100_000],
  MXN: [1, 5, 10, 20, 50, 100, 200, 500, 1_000],
  CHF: [1, 5, 10, 20, 50, 100, 200, 1_000],
  JPY: [100, 500, 1_000, 5_000, 10_000],
  KWD: [1, 5, 10, 20],
};
const USUAL_STEPS: readonly number[] = [1, 5, 10, 20, 50, 100];

/**
 * Returns what a customer is likely to hand over for a cash amount: the exact amount first, then three more, rising.
 * 90 900 guaraníes: 90 900, 91 000, 95 000, 100 000 (UX.md 6). Nothing is due: only 0.
 */
export function naturalNotes(dueMinor: number, currency: string): number[] {
  if (dueMinor <= 0) return [0];
  const steps = stepsMinor(currency);
  const natural = new Set<number>();
  for (const step of steps) if (dueMinor % step !== 0) natural.add(Math.ceil(dueMinor / step) * step);
  for (const step of [...steps].reverse()) {
    if (natural.size >= 3) break;
    natural.add((Math.floor(dueMinor / step) + 1) * step);
  }
  const largest = steps.at(-1) ?? 1;
  while (natural.size < 3) natural.add(Math.max(...natural) + largest);
  return [dueMinor, ...[...natural].sort((a, b) => a - b).slice(0, 3)];
}

function stepsMinor(currency: string): number[] {
  const listed = Object.hasOwn(STEPS_MAJOR, currency) ? STEPS_MAJOR[currency] : undefined;
  if (listed !== undefined) return listed.map((step) => step * minorPerMajor(currency));
  const unit = exponentOf(currency) === 0 ? 100 : minorPerMajor(currency);
  return USUAL_STEPS.map((step) => step * unit);
}
