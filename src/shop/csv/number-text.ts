import { exponentOf } from '../money/currency.ts';
import { isAmountMinor } from '../money/money.ts';

/** The separators of a region, read once from the platform's locale data. */
export interface NumberStyle {
  readonly decimal: ',' | '.';
}

/** How a region writes numbers: 'es-PY' has a decimal comma. */
export function numberStyleOf(region: string): NumberStyle {
  const parts = new Intl.NumberFormat(region).formatToParts(1.5);
  return { decimal: parts.find((part) => part.type === 'decimal')?.value === '.' ? '.' : ',' };
}

/** What a number in a file turned out to be. `code` is stable; screens word it. */
export type NumberReading =
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'unreadable';
      readonly code: 'empty' | 'not-a-number' | 'too-many-decimals' | 'negative' | 'too-large';
    };

/**
 * Reads a price into minor units of the currency: '22.000' and '₲ 22.000' are 22 000 guaraníes, '22,50' in a region with a
 * decimal comma is 22.50. Works on digits, never through floating point. Where a text has both separators the last one
 * is the decimal one; a single one with three digits after it groups, unless the region says that it is the decimal one
 * and the currency has decimals: then it is told as too many decimals and nobody pays a thousand times the price.
 */
export function readPriceMinor(text: string, currency: string, style: NumberStyle): NumberReading {
  const exponent = exponentOf(currency);
  return readScaled(text, exponent, style);
}

/** Reads a quantity into thousandths: '1,250' in a region with a decimal comma is 1 250. */
export function readQuantityThousandths(text: string, style: NumberStyle): NumberReading {
  return readScaled(text, 3, style);
}

/** Reads a whole number; a percentage sign is not accepted. */
export function readWholeNumber(text: string, style: NumberStyle): NumberReading {
  return readScaled(text, 0, style);
}

/** Reads a rate into basis points: '10', '10 %' and '10,5' are 1000, 1000 and 1050. */
export function readRateBasisPoints(text: string, style: NumberStyle): NumberReading {
  return readScaled(text.replace(/\s*%\s*$/, ''), 2, style);
}

const DIGITS = /^\d+$/;
/** White space and the apostrophe group digits, and belong to no number. */
const SPACES = /[\s\u00a0\u202f'’]/g;
/** 'US$', '₲', 'Gs.', 'PYG': a sign, a short word, or both. */
const CURRENCY_BEFORE = /^(?:[A-Za-z]{1,3}\.?)?\p{Sc}?/u;
const CURRENCY_AFTER = /\p{Sc}?(?:[A-Za-z]{1,3}\.?)?$/u;

function readScaled(text: string, exponent: number, style: NumberStyle): NumberReading {
  if (text.length > 60) return { kind: 'unreadable', code: 'not-a-number' };
  const packed = text.replace(SPACES, '');
  if (packed === '') return { kind: 'unreadable', code: 'empty' };
  const bare = packed.replace(CURRENCY_BEFORE, '').replace(CURRENCY_AFTER, '');
  if (/^[-−(]/.test(bare)) return { kind: 'unreadable', code: 'negative' };
  const split = splitNumber(bare, exponent, style);
  if (split === null) return { kind: 'unreadable', code: 'not-a-number' };
  const decimals = split.decimals.replace(/0+$/, '');
  if (decimals.length > exponent) return { kind: 'unreadable', code: 'too-many-decimals' };
  const value = Number(split.whole + decimals.padEnd(exponent, '0'));
  return isAmountMinor(value) ? { kind: 'number', value } : { kind: 'unreadable', code: 'too-large' };
}

function splitNumber(bare: string, exponent: number, style: NumberStyle): { whole: string; decimals: string } | null {
  const lastComma = bare.lastIndexOf(',');
  const lastPoint = bare.lastIndexOf('.');
  const at = Math.max(lastComma, lastPoint);
  if (at < 0) return DIGITS.test(bare) ? { whole: bare, decimals: '' } : null;
  const separator = bare[at] === ',' ? ',' : '.';
  const hasBoth = lastComma >= 0 && lastPoint >= 0;
  const occurrences = bare.split(separator).length - 1;
  const after = bare.length - at - 1;
  const groups = !hasBoth && after === 3 && (occurrences > 1 || separator !== style.decimal || exponent === 0);
  if (groups) return grouped(bare, separator, '');
  if (occurrences > 1) return null;
  return grouped(bare.slice(0, at), separator === ',' ? '.' : ',', bare.slice(at + 1));
}

/** Groups have three digits each, but for the first. */
function grouped(whole: string, separator: string, decimals: string): { whole: string; decimals: string } | null {
  const [first, ...rest] = whole.split(separator);
  const isFirstFit = first !== undefined && (rest.length === 0 ? /^\d*$/.test(first) : /^\d{1,3}$/.test(first));
  if (!isFirstFit || !rest.every((group) => /^\d{3}$/.test(group))) return null;
  if (decimals !== '' && !DIGITS.test(decimals)) return null;
  const digits = whole.replaceAll(separator, '');
  return digits === '' && decimals === '' ? null : { whole: digits === '' ? '0' : digits, decimals };
}
