import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A phone number: '+595981442107' as stored, '0981 442 107' as shown at home. */
export interface Phone {
  readonly e164: string;
  readonly shown: string;
}

/**
 * Reads a phone number typed in any form, with the shop's country as the default. Null when it cannot be a number there.
 * Source of lengths and formats: libphonenumber metadata, bundled.
 */
export function readPhone(text: string, country: string): Phone | null {
  if (text.length > 40) return null;
  const home = homeCountry(country);
  const number = parsePhoneNumberFromString(text, home === undefined ? {} : { defaultCountry: home });
  if (number === undefined || number.ext !== undefined || !number.isPossible()) return null;
  return { e164: number.number, shown: shownPhone(number.number, country) };
}

/** A stored number as it is shown: nationally in its own country, internationally elsewhere. */
export function shownPhone(e164: string, country: string): string {
  const number = parsePhoneNumberFromString(e164);
  if (number === undefined) return e164;
  const callingHome = homeCountry(country);
  const isHome = callingHome !== undefined && (number.country === callingHome || number.country === undefined);
  return isHome ? number.formatNational() : number.formatInternational();
}

/** The digits backwards: numbers are found by their ending with a search from the start. */
export function reversedDigits(text: string): string {
  return [...text.replace(/\D/g, '')].reverse().join('');
}

function homeCountry(country: string): CountryCode | undefined {
  return isSupportedCountry(country) ? country : undefined;
}
