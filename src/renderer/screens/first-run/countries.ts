/** What a country usually means for a till: currency, region for numbers, tax in the price or on top. */
export interface CountryDefaults {
  readonly country: string;
  readonly currency: string;
  readonly region: string;
  readonly timeZone: string;
  readonly taxMode: 'inclusive' | 'exclusive';
}

const row = (
  country: string,
  currency: string,
  region: string,
  timeZone: string,
  taxMode: 'inclusive' | 'exclusive' = 'inclusive',
): CountryDefaults => ({ country, currency, region, timeZone, taxMode });

/** Countries by ISO 3166 code, with the zone of the largest city. */
export const COUNTRIES: readonly CountryDefaults[] = [
  row('PY', 'PYG', 'es-PY', 'America/Asuncion'),
  row('AR', 'ARS', 'es-AR', 'America/Argentina/Buenos_Aires'),
  row('BO', 'BOB', 'es-BO', 'America/La_Paz'),
  row('BR', 'BRL', 'pt-BR', 'America/Sao_Paulo'),
  row('CL', 'CLP', 'es-CL', 'America/Santiago'),
  row('CO', 'COP', 'es-CO', 'America/Bogota'),
  row('CR', 'CRC', 'es-CR', 'America/Costa_Rica'),
  row('DO', 'DOP', 'es-DO', 'America/Santo_Domingo'),
  row('EC', 'USD', 'es-EC', 'America/Guayaquil'),
  row('SV', 'USD', 'es-SV', 'America/El_Salvador'),
  row('GT', 'GTQ', 'es-GT', 'America/Guatemala'),
  row('HN', 'HNL', 'es-HN', 'America/Tegucigalpa'),
  row('MX', 'MXN', 'es-MX', 'America/Mexico_City'),
  row('NI', 'NIO', 'es-NI', 'America/Managua'),
  row('PA', 'USD', 'es-PA', 'America/Panama'),
  row('PE', 'PEN', 'es-PE', 'America/Lima'),
  row('UY', 'UYU', 'es-UY', 'America/Montevideo'),
  row('US', 'USD', 'en-US', 'America/New_York', 'exclusive'),
  row('CA', 'CAD', 'en-CA', 'America/Toronto', 'exclusive'),
  row('GB', 'GBP', 'en-GB', 'Europe/London'),
  row('IE', 'EUR', 'en-IE', 'Europe/Dublin'),
  row('ES', 'EUR', 'es-ES', 'Europe/Madrid'),
  row('PT', 'EUR', 'pt-PT', 'Europe/Lisbon'),
  row('FR', 'EUR', 'fr-FR', 'Europe/Paris'),
  row('DE', 'EUR', 'de-DE', 'Europe/Berlin'),
  row('AT', 'EUR', 'de-AT', 'Europe/Vienna'),
  row('CH', 'CHF', 'de-CH', 'Europe/Zurich'),
  row('IT', 'EUR', 'it-IT', 'Europe/Rome'),
  row('NL', 'EUR', 'nl-NL', 'Europe/Amsterdam'),
  row('BE', 'EUR', 'nl-BE', 'Europe/Brussels'),
  row('SE', 'SEK', 'sv-SE', 'Europe/Stockholm'),
  row('NO', 'NOK', 'nb-NO', 'Europe/Oslo'),
  row('DK', 'DKK', 'da-DK', 'Europe/Copenhagen'),
  row('PL', 'PLN', 'pl-PL', 'Europe/Warsaw'),
  row('CZ', 'CZK', 'cs-CZ', 'Europe/Prague'),
  row('AU', 'AUD', 'en-AU', 'Australia/Sydney'),
  row('NZ', 'NZD', 'en-NZ', 'Pacific/Auckland'),
  row('ZA', 'ZAR', 'en-ZA', 'Africa/Johannesburg'),
  row('IN', 'INR', 'en-IN', 'Asia/Kolkata'),
  row('JP', 'JPY', 'ja-JP', 'Asia/Tokyo'),
];

/** The country of this machine by its zone, else by its languages, else the first of the list. */
export function guessCountry(timeZone: string, languages: readonly string[]): CountryDefaults {
  const regions = languages.map((tag) => new Intl.Locale(tag).region);
  const found =
    COUNTRIES.find((country) => country.timeZone === timeZone) ??
    COUNTRIES.find((country) => regions.includes(country.country)) ??
    COUNTRIES[0];
  if (found === undefined) throw new Error('no countries');
  return found;
}
