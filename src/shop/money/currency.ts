import { must } from '../must.ts';

const codes = (text: string): readonly string[] => text.split(' ');

/** Active currencies by the number of their decimals. Source: ISO 4217, list one (current currencies), 2025. */
const CODES_BY_EXPONENT: ReadonlyMap<number, readonly string[]> = new Map([
  [0, codes('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF')],
  [
    2,
    codes(
      'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU ' +
        'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR ' +
        'IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR ' +
        'MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD ' +
        'SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
    ),
  ],
  [3, codes('BHD IQD JOD KWD LYD OMR TND')],
  [4, codes('CLF UYW')],
]);

const EXPONENTS: ReadonlyMap<string, number> = new Map(
  [...CODES_BY_EXPONENT].flatMap(([exponent, listed]) => listed.map((code) => [code, exponent] as const)),
);

/** Every active ISO 4217 code, sorted. */
export const CURRENCY_CODES: readonly string[] = [...EXPONENTS.keys()].sort();

/** Whether the code is an active ISO 4217 currency. */
export function isCurrency(code: string): boolean {
  return EXPONENTS.has(code);
}

/** Decimals of the currency's minor unit: PYG 0, USD 2, KWD 3. The code must be known (asserted). */
export function exponentOf(currency: string): number {
  const exponent = EXPONENTS.get(currency);
  must(exponent !== undefined, `unknown currency ${currency.slice(0, 8)}`);
  return exponent;
}

/** Minor units in one major unit: 1, 100, 1000. */
export function minorPerMajor(currency: string): number {
  return 10 ** exponentOf(currency);
}

/**
 * Minor units of what people of the currency count by: 1.00 with decimals, 1.000 where the currency has none.
 * Defaults of points and limits scale with it (LOYALTY.md 2, decided default 5).
 */
export function countingUnitMinor(currency: string): number {
  return exponentOf(currency) === 0 ? 1000 : minorPerMajor(currency);
}
