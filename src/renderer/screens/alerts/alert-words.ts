import type { inferRouterOutputs } from '@trpc/server';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { type CreditWords, useCreditWords } from '../../ui/credit-words.ts';
import { type Formatter, useFormat } from '../../ui/format.ts';
import { useReasonWords } from '../../ui/refused-reasons.tsx';

export type ListedAlert = inferRouterOutputs<AppRouter>['alerts']['list']['alerts'][number];
export type Occurrence = ListedAlert['last'];

/** An alert in words: what happened, what is safe, and what to do. */
export interface AlertWords {
  readonly title: string;
  readonly safe: string;
  readonly todo: string;
}

interface Wording {
  readonly t: TFunction<readonly ['alerts', 'till', 'activity']>;
  readonly format: Formatter;
  readonly credit: CreditWords;
  readonly reasonWords: (reason: string) => string;
  readonly terminalName: string;
}

/** Returns what says an alert in one sentence each; terminalName: where it was raised. */
export function useAlertWords(): (of: Occurrence, terminalName: string) => AlertWords {
  const { t } = useTranslation(['alerts', 'till', 'activity']);
  const format = useFormat();
  const credit = useCreditWords();
  const reasonWords = useReasonWords();
  return (of, terminalName) => wordsOf({ t, format, credit, reasonWords, terminalName }, of);
}

function wordsOf(wording: Wording, of: Occurrence): AlertWords {
  const { t, format, reasonWords, terminalName } = wording;
  const name = of.campaignName ?? '';
  switch (of.kind) {
    case 'payment-failed':
      return failedPayment(wording, of.facts);
    case 'vouchers-not-given': {
      const reason = reasonWords(of.facts.reason);
      return {
        title: t('notGiven.title', { name }),
        safe: t('notGiven.safe'),
        todo: t('notGiven.todo', { reason }),
      };
    }
    case 'job-failed': {
      const job = t(`activity:actions.jobs.${of.facts.job.split(':')[0] ?? ''}`, { defaultValue: t('job.other') });
      const code = { code: of.facts.errorCode };
      return {
        title: t(`job.${of.facts.job}.title`, { defaultValue: t('job.title', { job }) }),
        safe: t(`job.${of.facts.job}.safe`, { defaultValue: t('job.safe') }),
        todo: t(`job.${of.facts.job}.todo`, { ...code, defaultValue: t('job.todo', code) }),
      };
    }
    case 'campaign-near-limit':
    case 'campaign-limit-reached': {
      const { limit } = of.facts;
      const amount = limit === 'budget' ? format.money : format.number;
      const which = of.kind === 'campaign-near-limit' ? 'near' : 'reached';
      const numbers = { name, used: amount(of.facts.used), of: amount(of.facts.of) };
      return { title: t(`${which}.${limit}`, numbers), safe: t(`${which}.safe`), todo: t(`${which}.todo`) };
    }
    case 'unknown-codes':
      return {
        title: t('unknownCodes.title', { codes: format.number(of.facts.codes), minutes: of.facts.minutes }),
        safe: t('unknownCodes.safe'),
        todo: t('unknownCodes.todo', { till: terminalName }),
      };
  }
}

type FailedPayment = Extract<Occurrence, { kind: 'payment-failed' }>['facts'];

function failedPayment({ t, format, credit }: Wording, facts: FailedPayment): AlertWords {
  const { reason, tenderKind, amountMinor, points, creditMinor, units, vouchers } = facts;
  const back = [
    creditMinor > 0 ? t('payment.credit', { amount: credit.amount(creditMinor), name: credit.name }) : '',
    points > 0 ? t('payment.points', { count: points, points: format.points(points) }) : '',
    units > 0 ? t('payment.units', { count: units }) : '',
    vouchers > 0 ? t('payment.vouchers', { count: vouchers }) : '',
  ].filter((part) => part !== '');
  const tender = t(`till:tender.${tenderKind}`, { defaultValue: tenderKind });
  return {
    title: t(`payment.${reason}`, { amount: format.money(amountMinor), tender }),
    safe: back.length === 0 ? t('payment.safe') : t('payment.safeBack', { what: back.join(', ') }),
    todo: t('payment.todo'),
  };
}
