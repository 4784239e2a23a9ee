import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal, RefusalFacts, RefusalReason } from '#shop/refusal.ts';
import { startOfLocalDay } from '#shop/time/business-day.ts';
import { type Formatter, useFormat } from './format.ts';
import { missingText } from './condition-words.ts';
import { weekdayWithin } from './schedule-words.ts';
import { showToast } from './toast.tsx';
import type { CommandResult } from './use-command.ts';

/** Every reason has its words under `refusals.<reason>`; a reason missing here does not compile. */
const WORDED: Record<RefusalReason, true> = {
  'sign-in-required': true,
  locked: true,
  'not-permitted': true,
  'override-invalid': true,
  'operation-id-reused': true,
  'not-in-first-run': true,
  'not-found': true,
  'changed-elsewhere': true,
  'use-browser-print': true,
  'print-failed': true,
  'no-second-screen': true,
  'wrong-pin': true,
  'pin-locked': true,
  'staff-inactive': true,
  'badge-not-known': true,
  'pin-too-short': true,
  'pin-too-common': true,
  'pin-required-for-role': true,
  'last-manager': true,
  'recovery-code-wrong': true,
  'phone-taken': true,
  'email-taken': true,
  'code-taken': true,
  'phone-unreadable': true,
  'email-unreadable': true,
  'name-required': true,
  'customer-blocked': true,
  'import-unreadable': true,
  'custom-value-unfit': true,
  'custom-value-required': true,
  'consent-day-ahead': true,
  'too-many-custom-fields': true,
  'segment-full': true,
  'segment-not-static': true,
  'segment-in-use': true,
  'merge-same': true,
  'merge-already': true,
  'merge-undo-late': true,
  'merge-points-spent': true,
  'merge-credit-spent': true,
  'merge-chained': true,
  'barcode-taken': true,
  'sku-taken': true,
  'category-in-use': true,
  'tax-rate-in-use': true,
  'default-tax-rate-needed': true,
  'empty-sale': true,
  'tender-too-small': true,
  'tender-too-large': true,
  'price-changed': true,
  'discount-over-limit': true,
  'sale-already-completed': true,
  'sale-not-completed': true,
  'sale-not-pending': true,
  'sale-needs-customer': true,
  'draft-changed-elsewhere': true,
  'too-many-held': true,
  'too-many-lines': true,
  'amount-too-large': true,
  'nothing-to-refund': true,
  'refund-exceeds-sale': true,
  'exchange-changed': true,
  'cancel-too-late': true,
  'cancel-needs-refund': true,
  'shift-not-open': true,
  'shift-already-open': true,
  'note-required': true,
  'below-minimum': true,
  'receipt-number-used': true,
  'undo-too-late': true,
  'already-undone': true,
  'points-out-of-range': true,
  'no-programme': true,
  'main-programme': true,
  'programme-published-meanwhile': true,
  'points-short': true,
  'event-unknown': true,
  'event-used-up': true,
  'balance-negative': true,
  'reward-unknown': true,
  'reward-tier': true,
  'reward-minimum': true,
  'reward-nothing-eligible': true,
  'reward-choice-needed': true,
  'reward-not-applied': true,
  'sale-has-customer': true,
  'attach-too-late': true,
  'scan-risk': true,
  'clock-moved-again': true,
  'copy-gone': true,
  'no-new-version': true,
  'payment-open': true,
  'copies-not-here': true,
  'voucher-unknown': true,
  'voucher-used': true,
  'voucher-expired': true,
  'voucher-not-started': true,
  'voucher-draft': true,
  'voucher-paused': true,
  'voucher-ended': true,
  'voucher-revoked': true,
  'voucher-limit-reached': true,
  'voucher-budget-spent': true,
  'voucher-till-allowance': true,
  'voucher-day-limit': true,
  'voucher-customer-limit': true,
  'voucher-customer-day-limit': true,
  'voucher-wrong-day': true,
  'voucher-wrong-hours': true,
  'voucher-wrong-window': true,
  'voucher-minimum-not-met': true,
  'voucher-conditions': true,
  'voucher-no-eligible-item': true,
  'voucher-not-applied': true,
  'voucher-of-another': true,
  'voucher-needs-customer': true,
  'voucher-wrong-shop': true,
  'voucher-wrong-staff': true,
  'voucher-own': true,
  'voucher-segment': true,
  'voucher-other-arm': true,
  'voucher-tier': true,
  'voucher-not-first-purchase': true,
  'voucher-next-sale': true,
  'voucher-held': true,
  'voucher-already-claimed': true,
  'voucher-needs-sale': true,
  'voucher-not-redeemed': true,
  'voucher-code-taken': true,
  'voucher-codes-too-few': true,
  'batch-running': true,
  'campaign-without-codes': true,
  'campaign-published-meanwhile': true,
  'campaign-running': true,
  'campaign-ended': true,
  'credit-short': true,
  'credit-expired': true,
  'credit-frozen': true,
  'credit-replaced': true,
  'credit-already-used': true,
  'credit-for-credit': true,
  'credit-day-allowance': true,
  'credit-till-allowance': true,
  'gift-card-unknown': true,
  'pass-used-up': true,
  'pass-expired': true,
  'pass-not-started': true,
  'pass-revoked': true,
  'pass-not-covered': true,
  'pass-of-another': true,
  'pass-short': true,
  'pass-already-used': true,
  'experiment-running': true,
  'experiment-ended': true,
  'experiment-campaign-missing': true,
  'experiment-campaign-tried': true,
  'experiment-arms-alike': true,
  'experiment-use-not-counted': true,
};

const MINUTES_OF_DAY = 1440;

export const WORDED_REASONS = Object.keys(WORDED) as readonly RefusalReason[];

/**
 * Facts as the words want them: `dueMinor` becomes `due` as money, `untilMs` becomes `until` as a time and `untilDay` as a
 * day (of an end, the last day; with its year where that is not this one), `nextOn` becomes `nextDay`, `fromMinute` becomes `from` as a time of day.
 */
export function factWords(format: Formatter, facts: RefusalFacts, nowMs = Date.now()): Record<string, string | number> {
  const words: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'string') words[name] = name === 'weekdays' ? weekdaysText(format, value) : value;
    if (typeof value === 'string' && name.endsWith('On'))
      words[`${name.slice(0, -2)}Day`] = format.day(startOfLocalDay(value, format.settings.timeZone), nowMs);
    if (typeof value !== 'number') continue;
    if (name.endsWith('Minor')) words[name.slice(0, -5)] = format.money(value);
    else if (name.endsWith('Ms')) {
      const lastMs = name === 'endedAtMs' ? value - 1 : value;
      words[name.slice(0, -2)] = format.time(value);
      words[`${name.slice(0, -2)}Day`] = format.day(lastMs, nowMs);
    } else if (name.endsWith('Minute')) words[name.slice(0, -6)] = timeOfDay(value);
    else if (name.endsWith('BasisPoints')) words[name.slice(0, -11)] = format.percent(value);
    else if (name.endsWith('Thousandths')) words[name.slice(0, -11)] = format.quantity(value);
    else words[name] = typeof value === 'number' ? format.number(value) : value;
    if (name === 'triesLeft' || name === 'count') words.count = value;
  }
  return words;
}

/** 'Monday and Friday' for '0,4'. */
function weekdaysText({ settings }: Formatter, weekdays: string): string {
  const names = weekdays.split(',').map((day) => weekdayWithin(settings.language, Number(day)));
  return new Intl.ListFormat(settings.language, { type: 'conjunction' }).format(names);
}

/** What more a sentence can say where the facts are there: who, at which till, only an end of the hours, when again, why not. */
function contextOf(facts: RefusalFacts): string | undefined {
  const { why, byName, terminalName, names, fromMinute, toMinute, nextOn, atMs } = facts;
  if (typeof why === 'string') return why;
  if ([byName, terminalName, names].some((name) => typeof name === 'string')) return 'named';
  if (fromMinute === 0 && toMinute !== undefined) return 'before';
  if (toMinute === MINUTES_OF_DAY && fromMinute !== undefined) return 'after';
  if (typeof nextOn === 'string') return 'next';
  return typeof atMs === 'number' ? 'dated' : undefined;
}

function timeOfDay(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

interface RefusalWords {
  readonly t: TFunction<'refusals'>;
  readonly common: TFunction<'common'>;
}

/** The sentence of a refusal in the words of `refusals`. */
export function refusalWords(
  { t, common }: RefusalWords,
  format: Formatter,
  { reason, facts }: Pick<Refusal, 'reason' | 'facts'>,
  nowMs = Date.now(),
) {
  const words = factWords(format, facts, nowMs);
  const { atMs } = facts;
  if (typeof atMs === 'number') {
    const isToday = format.dateKey(atMs) === format.dateKey(nowMs);
    words.atWhen = isToday ? t('when.today') : t('when.day', { day: words.atDay });
  }
  const conditions = missingText({ common, format, today: format.dateKey(nowMs) }, facts);
  if (conditions !== null) return t('voucher-conditions', { conditions, context: 'named' });
  return t(reason, { ...words, context: contextOf(facts) });
}

/** Words a refusal with the fact that explains it: one sentence or two. */
export function useRefusalText(): (refusal: Pick<Refusal, 'reason' | 'facts'>) => string {
  const { t } = useTranslation('refusals');
  const { t: common } = useTranslation('common');
  const format = useFormat();
  return useCallback((refusal) => refusalWords({ t, common }, format, refusal), [t, common, format]);
}

/** The words (of `common`) for a command that failed: the title, and what to do next. A full disk says so (fault F4). */
export function failureWords({
  errorCode,
  fault,
}: Pick<Extract<CommandResult<never>, { kind: 'failed' }>, 'errorCode' | 'fault'>) {
  if (errorCode === null) return ['error.noAnswer', 'error.noAnswerDetail'] as const;
  if (fault === 'disk-full') return ['error.diskFull', 'error.diskFullDetail'] as const;
  if (fault === 'disk-broken') return ['error.diskBroken', 'error.diskBrokenDetail'] as const;
  return ['error.failed', 'error.quote'] as const;
}

/**
 * Shows a command's bad end as a toast and tells whether it was done. Nothing is shown for 'ignored' and for a lost
 * session, which has its own screen.
 */
export function useReport(): <Output>(
  result: CommandResult<Output>,
) => result is Extract<CommandResult<Output>, { kind: 'done' }> {
  const { t } = useTranslation('common');
  const wordsOf = useRefusalText();
  return useCallback(
    <Output>(result: CommandResult<Output>): result is Extract<CommandResult<Output>, { kind: 'done' }> => {
      if (result.kind === 'done') return true;
      if (
        result.kind === 'refused' &&
        result.refusal.reason !== 'locked' &&
        result.refusal.reason !== 'sign-in-required'
      ) {
        showToast({ tone: 'danger', title: wordsOf(result.refusal), durationMs: 6000, slot: 'refusal' });
      }
      if (result.kind === 'invalid')
        showToast({
          tone: 'danger',
          title: t('error.invalid'),
          detail: result.issues.map((issue) => issue.path).join(', '),
          durationMs: 6000,
          slot: 'refusal',
        });
      if (result.kind === 'failed') {
        const [title, detail] = failureWords(result);
        const code = result.errorCode ?? '';
        showToast({ tone: 'danger', title: t(title), detail: t(detail, { code }), durationMs: null, slot: 'refusal' });
      }
      return false;
    },
    [t, wordsOf],
  );
}
