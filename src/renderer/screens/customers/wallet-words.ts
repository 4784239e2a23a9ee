import type { TFunction } from 'i18next';
import type { CreditWords } from '../../ui/credit-words.ts';
import type { Formatter } from '../../ui/format.ts';
import { daysBetween, lastDayOf } from './day-words.ts';

type Words = TFunction<'wallet'>;
export type StubTone = 'accent' | 'gold' | 'success' | 'info' | 'neutral';

/** The stub of a ticket: a figure, a small word, and a tint that only repeats the word. */
export interface Stub {
  readonly figure: string;
  readonly word: string;
  readonly tone: StubTone;
}

interface Given {
  readonly kind: string | null;
  readonly value: number | null;
}

/** What a voucher gives, for its stub: '10 %' 'off', '1' 'free', '₲ 20 mil' 'store credit'. */
export function stubOf(t: Words, format: Formatter, credit: CreditWords, { kind, value }: Given): Stub {
  const figure = value ?? 0;
  const short = (minor: number): string => format.money(minor, { isCompact: true });
  switch (kind) {
    case 'percent':
      return { figure: format.percent(figure), word: t('stub.off'), tone: 'accent' };
    case 'amount':
      return { figure: short(figure), word: t('stub.off'), tone: 'accent' };
    case 'fixed-price':
      return { figure: short(figure), word: t('stub.price'), tone: 'accent' };
    case 'product':
    case 'buy-take':
      return { figure: format.number(figure), word: t('stub.free'), tone: 'gold' };
    case 'credit':
      return { figure: short(figure), word: credit.name, tone: 'success' };
    case 'units':
    case 'package':
      return { figure: format.number(figure), word: t('stub.uses', { count: figure }), tone: 'info' };
    default:
      return { figure: '–', word: '', tone: 'neutral' };
  }
}

const SOON_DAYS = 3;

/** When something ends: 'Ends in 2 days' inside three days, else 'Until 30 Nov'; null where it never does. */
export function endWords(
  t: Words,
  format: Formatter,
  endsAtMs: number | null,
  nowMs: number,
): { readonly text: string; readonly isSoon: boolean } | null {
  if (endsAtMs === null) return null;
  const lastMs = lastDayOf(endsAtMs);
  const days = daysBetween(format.dateKey(nowMs), format.dateKey(lastMs));
  const date = format.day(lastMs, nowMs);
  if (days < 0) return { text: t('ends.past', { date }), isSoon: false };
  if (days === 0) return { text: t('ends.today'), isSoon: true };
  return days <= SOON_DAYS
    ? { text: t('ends.inDays', { count: days }), isSoon: true }
    : { text: t('ends.until', { date }), isSoon: false };
}

/** The list with one of its members moved by so many places; the same list where it cannot go there. */
export function movedBy<Item>(items: readonly Item[], at: number, places: number): readonly Item[] {
  const goal = at + places;
  const item = items[at];
  if (item === undefined || goal < 0 || goal >= items.length) return items;
  const rest = items.filter((_, index) => index !== at);
  return [...rest.slice(0, goal), item, ...rest.slice(goal)];
}
