import type { i18n as I18n } from 'i18next';
import { useEffect, useSyncExternalStore } from 'react';
import { guessLanguage, type Language } from '../i18n/i18n.ts';
import { type Theme, usePreferences } from '../ui/preferences.ts';

const AUTOMATIC_UP_TO = 1600;
const AUTOMATIC_BASE = 1536;
const AUTOMATIC_MOST = 1.5;

/** 1 up to 1600 wide, then in proportion, at most 1.5; or what the person set. */
export function scaleFor(widthPixels: number, scalePercent: number | null): number {
  if (scalePercent !== null) return scalePercent / 100;
  return widthPixels <= AUTOMATIC_UP_TO ? 1 : Math.min(widthPixels / AUTOMATIC_BASE, AUTOMATIC_MOST);
}

function watchDark(onChange: () => void): () => void {
  const query = window.matchMedia('(prefers-color-scheme: dark)');
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}

function watchSize(onChange: () => void): () => void {
  window.addEventListener('resize', onChange);
  return () => window.removeEventListener('resize', onChange);
}

/** Applies the theme to the page: light, dark, or what the machine has. */
export function useTheme(wanted: Theme): void {
  const isSystemDark = useSyncExternalStore(watchDark, () => window.matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = wanted === 'system' ? (isSystemDark ? 'dark' : 'light') : wanted;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
}

/** Applies theme and scale to the page. */
export function useAppearance(shopTheme: string | null): void {
  const preferences = usePreferences();
  const width = useSyncExternalStore(watchSize, () => window.innerWidth);
  const scale = scaleFor(width, preferences.scalePercent);
  useTheme((preferences.theme ?? shopTheme ?? 'system') as Theme);
  useEffect(() => {
    document.documentElement.style.setProperty('--scale', String(scale));
  }, [scale]);
}

/** The language on screen: this window's choice, else the shop's, else the machine's. */
export function useLanguage(i18n: I18n, shopLanguage: Language | null): Language {
  const chosen = usePreferences((state) => state.language);
  const language = chosen ?? shopLanguage ?? guessLanguage(navigator.languages);
  useEffect(() => {
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [i18n, language]);
  return language;
}
