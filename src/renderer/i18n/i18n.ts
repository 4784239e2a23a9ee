import i18next, { type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'en' | 'es';

const FILES = import.meta.glob<Record<string, unknown>>('./{en,es}/*.json', { eager: true, import: 'default' });

type Catalogues = Record<Language, Record<string, Record<string, unknown>>>;

/** Groups the catalogue files by language and area: './es/till.json' is `es.till`. */
export function readCatalogues(files: Record<string, Record<string, unknown>> = FILES): Catalogues {
  const catalogues: Catalogues = { en: {}, es: {} };
  for (const [path, words] of Object.entries(files)) {
    const [, language, area] = /\.\/(en|es)\/(.+)\.json$/.exec(path) ?? [];
    if ((language === 'en' || language === 'es') && area !== undefined) catalogues[language][area] = words;
  }
  return catalogues;
}

/** The language of the machine, or English. */
export function guessLanguage(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.slice(0, 2)).find((tag): tag is Language => tag === 'es' || tag === 'en') ?? 'en';
}

/** Makes the translator with both catalogues loaded; changing language needs no loading. */
export function createI18n(language: Language): I18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: readCatalogues(),
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    missingInterpolationHandler: () => '',
  });
  return instance;
}
