export interface DefaultTaxRate {
  readonly name: string;
  readonly rateBasisPoints: number;
}

const NONE: readonly DefaultTaxRate[] = [{ name: '0 %', rateBasisPoints: 0 }];

/** Rates named by the country's word for the tax, as receipts print it. */
const of = (word: string, ...percents: readonly number[]): readonly DefaultTaxRate[] =>
  percents.map((percent) => ({ name: `${word} ${percent}%`, rateBasisPoints: Math.round(percent * 100) }));

/** Usual consumption tax rates by country, the standard rate first. A shop changes them in its catalogue. */
const RATES: Readonly<Record<string, readonly DefaultTaxRate[]>> = {
  AR: of('IVA', 21, 10.5, 0),
  AT: of('USt', 20, 10, 13, 0),
  BE: of('BTW/TVA', 21, 6, 12, 0),
  BO: of('IVA', 13, 0),
  CH: of('MWST', 8.1, 2.6, 0),
  CL: of('IVA', 19, 0),
  CO: of('IVA', 19, 5, 0),
  DE: of('USt', 19, 7, 0),
  ES: of('IVA', 21, 10, 4, 0),
  FR: of('TVA', 20, 10, 5.5, 0),
  GB: of('VAT', 20, 5, 0),
  IE: of('VAT', 23, 13.5, 9, 0),
  IT: of('IVA', 22, 10, 5, 4, 0),
  MX: of('IVA', 16, 8, 0),
  NL: of('BTW', 21, 9, 0),
  PE: of('IGV', 18, 0),
  PT: of('IVA', 23, 13, 6, 0),
  // Paraguay: Ley 6380/2019, IVA 10 % and 5 %.
  PY: of('IVA', 10, 5, 0),
  UY: of('IVA', 22, 10, 0),
};

/** The tax rates that a new shop of the country starts with; a zero rate where none is known. */
export function defaultTaxRates(country: string): readonly DefaultTaxRate[] {
  return Object.hasOwn(RATES, country) ? (RATES[country] ?? NONE) : NONE;
}
