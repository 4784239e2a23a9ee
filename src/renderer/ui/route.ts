import { useSyncExternalStore } from 'react';

/** Where the window is: `#/customers/42` is screen `customers`, rest `['42']`. */
export interface Route {
  readonly screen: string;
  readonly rest: readonly string[];
  readonly path: string;
}

function readPath(): string {
  const path = window.location.hash.replace(/^#\/?/, '').split('?')[0] ?? '';
  return path.replace(/\/+$/, '');
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** Splits a path into screen and rest; an empty path is the till. */
export function parseRoute(path: string): Route {
  const [screen = '', ...rest] = path.split('/').map((part) => decodeURIComponent(part));
  return { screen: screen === '' ? 'till' : screen, rest, path };
}

/** The current route; renders again when it changes. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, readPath));
}

/** The screen that the address names now, also before it is drawn. */
export function screenNow(): string {
  return parseRoute(readPath()).screen;
}

/** Goes to a screen: `navigateTo('customers', customerId)`. */
export function navigateTo(...parts: readonly string[]): void {
  window.location.hash = `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}

/** The address of a screen, for links. */
export function hrefTo(...parts: readonly string[]): string {
  return `#/${parts.map((part) => encodeURIComponent(part)).join('/')}`;
}
