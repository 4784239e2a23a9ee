export interface DefaultTaxRate {
  readonly name: string;
  readonly rateBasisPoints: number;
}

const NONE: readonly DefaultTaxRate[] = [{ name: '0 %', rateBasisPoints: 0 }];

const of = (...percents: readonly number[]): readonly DefaultTaxRate[] =>
  percents.map((percent) => ({ name: `${percent} %`, rateBasisPoints: Math.round(percent * 100) }));

/** Usual consumption tax rates by country, the standard rate first. A shop changes them in its catalogue. */
const RATES: Readonly<Record<string, readonly DefaultTaxRate[]>> = {
  AR: of(21, 10.5, 0),
  AT: of(20, 10, 13, 0),
  BE: of(21, 6, 12, 0),
  BO: of(13, 0),
  CH: of(8.1, 2.6, 0),
  CL: of(19, 0),
  CO: of(19, 5, 0),
  DE: of(19, 7, 0),
  ES: of(21, 10, 4, 0),
  FR: of(20, 10, 5.5, 0),
  GB: of(20, 5, 0),
  IE: of(23, 13.5, 9, 0),
  IT: of(22, 10, 5, 4, 0),
  MX: of(16, 8, 0),
  NL: of(21, 9, 0),
  PE: of(18, 0),
  PT: of(23, 13, 6, 0),
  // Paraguay: Ley 6380/2019, IVA 10 % and 5 %.
  PY: of(10, 5, 0),
  UY: of(22, 10, 0),
};

/** The tax rates that a new shop of the country starts with; a zero rate where none is known. */
export function defaultTaxRates(country: string): readonly DefaultTaxRate[] {
  return Object.hasOwn(RATES, country) ? (RATES[country] ?? NONE) : NONE;
}
