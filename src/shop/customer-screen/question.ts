import { must } from '../must.ts';

/** Answers that make a figure: with fewer, one bad day of one customer would be the shop's. */
export const FEWEST_ANSWERS = 10;

/**
 * Whether the sale asks its customer how it was. everySales: 0 never, 1 every sale, n about one in n, by chance: the end of
 * the sale's id decides, so that asking twice about one sale gives one answer.
 */
export function asksHowItWas(saleId: string, everySales: number): boolean {
  must(Number.isSafeInteger(everySales) && everySales >= 0, 'a whole number of sales');
  if (everySales <= 1) return everySales === 1;
  return Number.parseInt(saleId.slice(-8), 16) % everySales === 0;
}

/** How content customers were. averageHundredths: 437 = 4.37 of 5; goodBasisPoints: the share of 4 and 5. Null below ten answers. */
export interface SatisfactionScore {
  readonly answers: number;
  readonly averageHundredths: number | null;
  readonly goodBasisPoints: number | null;
}

/** Returns the score of answers counted by their sum and by how many were 4 or 5; rounded half up, once each. */
export function satisfactionScore(answers: number, scoreSum: number, good: number): SatisfactionScore {
  must(good <= answers && scoreSum >= answers && scoreSum <= answers * 5, 'scores from 1 to 5');
  if (answers < FEWEST_ANSWERS) return { answers, averageHundredths: null, goodBasisPoints: null };
  const rounded = (part: number, scale: number): number => Math.floor((2 * part * scale + answers) / (2 * answers));
  return { answers, averageHundredths: rounded(scoreSum, 100), goodBasisPoints: rounded(good, 10_000) };
}
