import { createContext, use } from 'react';
import { exponentOf } from '#shop/money/currency.ts';

const MINUS = '−';
const NO_BREAK_SPACE = ' ';

export interface FormatSettings {
  /** Words: month and weekday names follow it. */
  readonly language: 'en' | 'es';
  /** Full region, such as es-PY: digits and money follow it. */
  readonly region: string;
  readonly currency: string;
  readonly timeZone: string;
}

export interface MoneyPart {
  readonly kind: 'sign' | 'symbol' | 'text';
  readonly text: string;
}

export interface MoneyOptions {
  readonly currency?: string;
  /** 'always' shows a plus before positive amounts. */
  readonly sign?: 'auto' | 'always';
  /** Shortens large amounts, for charts and number cards. */
  readonly isCompact?: boolean;
}

/** Formats numbers and dates the shop's way. Texts only; `<Money>` and its siblings are the components. */
export interface Formatter {
  readonly settings: FormatSettings;
  moneyParts(minor: number, options?: MoneyOptions): MoneyPart[];
  money(minor: number, options?: MoneyOptions): string;
  /** Decimal digits of the currency: 0 for PYG, 2 for USD. */
  currencyDigits(currency?: string): number;
  /** '₲' */
  currencySymbol(currency?: string): string;
  points(points: number, options?: { sign?: 'auto' | 'always' }): string;
  /** Thousandths to '2' or '0,350'. */
  quantity(thousandths: number): string;
  /** Tenths to '3,5' or '3'. */
  tenths(tenths: number): string;
  /** Basis points to '10 %' as the region writes it; a measured share with one decimal, never more exact than it is read. */
  percent(basisPoints: number): string;
  share(basisPoints: number): string;
  number(value: number): string;
  time(atMs: number): string;
  /** '20 Nov' or '20 Nov 2025' when the year differs from now. */
  day(atMs: number, nowMs: number): string;
  /** 'Saturday 14 November' */
  longDay(atMs: number): string;
  weekdayAndTime(atMs: number): string;
  /** 'Friday 20 November 2026, 10:42:07' */
  exact(atMs: number): string;
  /** 'YYYY-MM-DD' of the instant in the shop's zone. */
  dateKey(atMs: number): string;
}

function signOf(value: number, mode: 'auto' | 'always' | undefined): string {
  if (value < 0) return MINUS;
  return mode === 'always' && value > 0 ? '+' : '';
}

function partsOf(formatter: Intl.NumberFormat, value: number): MoneyPart[] {
  return formatter.formatToParts(Math.abs(value)).map((part) => ({
    kind: part.type === 'currency' ? 'symbol' : 'text',
    text: part.type === 'literal' ? part.value.replace(/\s/g, NO_BREAK_SPACE) : part.value,
  }));
}

/** CLDR writes '5 K' beside '15 k' for Spanish in America: one of them, everywhere. */
function withOneThousand(parts: MoneyPart[], region: string): MoneyPart[] {
  if (!region.startsWith('es')) return parts;
  return parts.map((part) => (part.text === 'K' ? { ...part, text: 'k' } : part));
}

function createMoney(
  settings: FormatSettings,
): Pick<Formatter, 'moneyParts' | 'money' | 'currencyDigits' | 'currencySymbol'> {
  const made = new Map<string, Intl.NumberFormat>();
  const formatterFor = (currency: string, isCompact: boolean): Intl.NumberFormat => {
    const key = `${currency} ${isCompact}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const formatter = new Intl.NumberFormat(settings.region, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
      useGrouping: 'always',
      minimumFractionDigits: isCompact ? 0 : exponentOf(currency),
      maximumFractionDigits: isCompact ? 1 : exponentOf(currency),
      ...(isCompact ? { notation: 'compact' } : {}),
    });
    made.set(key, formatter);
    return formatter;
  };
  const currencyDigits = (currency = settings.currency): number => exponentOf(currency);
  const moneyParts = (minor: number, options: MoneyOptions = {}): MoneyPart[] => {
    const currency = options.currency ?? settings.currency;
    const value = minor / 10 ** currencyDigits(currency);
    const parts = withOneThousand(partsOf(formatterFor(currency, options.isCompact === true), value), settings.region);
    const sign = signOf(minor, options.sign);
    return sign === '' ? parts : [{ kind: 'sign', text: sign }, ...parts];
  };
  return {
    currencyDigits,
    moneyParts,
    money: (minor, options) =>
      moneyParts(minor, options)
        .map((part) => part.text)
        .join(''),
    currencySymbol: (currency = settings.currency) =>
      partsOf(formatterFor(currency, false), 0).find((part) => part.kind === 'symbol')?.text ?? currency,
  };
}

function createNumbers(
  settings: FormatSettings,
): Pick<Formatter, 'points' | 'quantity' | 'tenths' | 'percent' | 'share' | 'number'> {
  const whole = new Intl.NumberFormat(settings.region, { useGrouping: 'always', maximumFractionDigits: 0 });
  const weight = new Intl.NumberFormat(settings.region, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const oneDigit = new Intl.NumberFormat(settings.region, { useGrouping: 'always', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(settings.region, { style: 'percent', maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(settings.region, { style: 'percent', maximumFractionDigits: 1 });
  const number = (value: number): string => signOf(value, 'auto') + whole.format(Math.abs(value));
  return {
    number,
    points: (points, options) => signOf(points, options?.sign) + whole.format(Math.abs(points)),
    quantity: (thousandths) =>
      thousandths % 1000 === 0
        ? number(thousandths / 1000)
        : signOf(thousandths, 'auto') + weight.format(Math.abs(thousandths) / 1000),
    tenths: (tenths) => signOf(tenths, 'auto') + oneDigit.format(Math.abs(tenths) / 10),
    percent: (basisPoints) => signOf(basisPoints, 'auto') + percent.format(Math.abs(basisPoints) / 10_000),
    share: (basisPoints) => signOf(basisPoints, 'auto') + share.format(Math.abs(basisPoints) / 10_000),
  };
}

type DateFormatter = Pick<Formatter, 'time' | 'day' | 'longDay' | 'weekdayAndTime' | 'exact' | 'dateKey'>;

function createDates(settings: FormatSettings): DateFormatter {
  const timeZone = settings.timeZone;
  // Words follow the language; the neutral English order (day before month) comes from en-GB.
  const locale = settings.language === 'es' ? 'es' : 'en-GB';
  const of = (options: Intl.DateTimeFormatOptions, wanted = locale): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(wanted, { timeZone, hourCycle: 'h23', ...options });
  const time = of({ hour: '2-digit', minute: '2-digit' });
  const dayThisYear = of({ day: 'numeric', month: 'short' });
  const dayOtherYear = of({ day: 'numeric', month: 'short', year: 'numeric' });
  const weekday = of({ weekday: 'long' });
  const longDay = of({ day: 'numeric', month: 'long' });
  const exact = of({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const key = of({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA');
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
  return {
    time: (atMs) => time.format(atMs),
    day: (atMs, nowMs) =>
      (key.format(atMs).slice(0, 4) === key.format(nowMs).slice(0, 4) ? dayThisYear : dayOtherYear).format(atMs),
    longDay: (atMs) => `${capital(weekday.format(atMs))} ${longDay.format(atMs)}`,
    weekdayAndTime: (atMs) => `${capital(weekday.format(atMs))} ${time.format(atMs)}`,
    exact: (atMs) => capital(exact.format(atMs)),
    dateKey: (atMs) => key.format(atMs),
  };
}

/** Makes a formatter; keep it, its parts are costly to make. */
export function createFormatter(settings: FormatSettings): Formatter {
  return { settings, ...createMoney(settings), ...createNumbers(settings), ...createDates(settings) };
}

export const FormatContext = createContext<Formatter>(
  createFormatter({ language: 'en', region: 'en-US', currency: 'USD', timeZone: 'UTC' }),
);

/** The shop's formatter, for texts such as labels; on screen prefer `<Money>`, `<Points>`, `<DateText>`. */
export function useFormat(): Formatter {
  return use(FormatContext);
}
