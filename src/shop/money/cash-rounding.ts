import { must } from '../must.ts';
import { mulDiv } from './money.ts';

/**
 * How an amount paid in cash is rounded: to a multiple of stepMinor, in the customer's favour or to the nearest
 * (half away from zero). A step of 1 rounds nothing.
 */
export interface CashRounding {
  readonly stepMinor: number;
  readonly mode: 'customer' | 'nearest';
}

/** A region's rule and the law or practice that it comes from. */
interface RegionCashRounding extends CashRounding {
  readonly currency: string;
  readonly source: string;
}

/** Cash is paid to the last minor unit. */
export const NO_CASH_ROUNDING: CashRounding = { stepMinor: 1, mode: 'nearest' };

const nearest = (currency: string, stepMinor: number, source: string): RegionCashRounding => ({
  currency,
  stepMinor,
  mode: 'nearest',
  source,
});

/** Rules by country, applied only when the shop counts in that country's currency. */
const RULES: Readonly<Record<string, RegionCashRounding>> = {
  PY: { currency: 'PYG', stepMinor: 50, mode: 'customer', source: 'SEDECO, Resolución 1.670/2022' },
  CL: nearest('CLP', 10, 'Ley 20.956 (2016), art. 13'),
  CH: nearest('CHF', 5, 'smallest coin in use 5 Rappen: Münzverordnung SR 941.101.1'),
  LI: nearest('CHF', 5, 'currency treaty with Switzerland (1980)'),
  CA: nearest('CAD', 5, 'Department of Finance: rounding guidelines, penny phase-out 2013'),
  AU: nearest('AUD', 5, 'Royal Australian Mint and ACCC guidance, 1c and 2c withdrawn 1992'),
  NZ: nearest('NZD', 10, 'Reserve Bank of New Zealand, 5c withdrawn 2006'),
  SE: nearest('SEK', 100, 'Lag (1970:1029) om avrundning av vissa öresbelopp'),
  NO: nearest('NOK', 100, 'Norges Bank, 50 øre withdrawn 2012'),
  DK: nearest('DKK', 50, 'Danmarks Nationalbank, 25 øre withdrawn 2008'),
  FI: nearest('EUR', 5, 'Laki 890/2000'),
  NL: nearest('EUR', 5, 'De Nederlandsche Bank, practice since 2004'),
  BE: nearest('EUR', 5, 'Code de droit économique, art. VI.7/1 (2019)'),
  IE: nearest('EUR', 5, 'Central Bank of Ireland, rounding 2015'),
  IT: nearest('EUR', 5, 'D.L. 50/2017, art. 13-quater'),
  SK: nearest('EUR', 5, 'Zákon 18/1996 Z. z., § 4a (2022)'),
  EE: nearest('EUR', 5, 'Eesti Pank, rounding since 1 January 2025'),
  LT: nearest('EUR', 5, 'Lietuvos bankas, rounding since 1 May 2025'),
  HU: nearest('HUF', 500, '2008. évi III. törvény'),
  CZ: nearest('CZK', 100, 'zákon 634/1992 Sb., § 3'),
  MY: nearest('MYR', 5, 'Bank Negara Malaysia, rounding mechanism 2008'),
  IL: nearest('ILS', 10, 'Bank of Israel, 5 agorot withdrawn 2008'),
};

/** The rounding that a shop in the country starts with; none where no rule is known. It is a setting. */
export function cashRoundingFor(country: string, currency: string): CashRounding {
  const rule = Object.hasOwn(RULES, country) ? RULES[country] : undefined;
  if (rule === undefined || rule.currency !== currency) return NO_CASH_ROUNDING;
  return { stepMinor: rule.stepMinor, mode: rule.mode };
}

/** What is paid in cash for an amount >= 0: rounded down in the customer's favour, or to the nearest step. */
export function roundCashDue(amountMinor: number, { stepMinor, mode }: CashRounding): number {
  must(stepMinor >= 1 && amountMinor >= 0, 'cash rounding needs a step and an amount');
  const steps = mulDiv(amountMinor, 1, stepMinor, mode === 'customer' ? 'floor' : 'half-away-from-zero');
  return steps * stepMinor;
}

/** What is handed back in cash for an amount >= 0: in the customer's favour means up. */
export function roundCashBack(amountMinor: number, { stepMinor, mode }: CashRounding): number {
  must(stepMinor >= 1 && amountMinor >= 0, 'cash rounding needs a step and an amount');
  if (mode === 'nearest') return mulDiv(amountMinor, 1, stepMinor, 'half-away-from-zero') * stepMinor;
  return -mulDiv(-amountMinor, 1, stepMinor, 'floor') * stepMinor || 0;
}
