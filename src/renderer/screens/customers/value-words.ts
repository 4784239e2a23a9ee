import type { TFunction } from 'i18next';
import type { TimelineGroup } from './customers-data.ts';
import type { ActionStyle } from './event-style.ts';

type EventFact = TimelineGroup['action'];

/** What happens to vouchers, credit and passes. */
export const VALUE_ACTIONS: Readonly<Record<string, ActionStyle>> = {
  'customer.voucher.claimed': { words: 'voucherClaimed', icon: 'voucher', tone: 'accent' },
  'customer.voucher.issued': { words: 'voucherIssued', icon: 'voucher', tone: 'accent' },
  'customer.voucher.redeemed': { words: 'voucherRedeemed', icon: 'voucher', tone: 'success' },
  'customer.voucher.rolled_back': { words: 'voucherBack', icon: 'voucher', tone: 'warning' },
  'customer.voucher.expiring': { words: 'voucherExpiring', icon: 'expire', tone: 'warning' },
  'customer.voucher.expired': { words: 'voucherExpired', icon: 'expire', tone: 'neutral' },
  'customer.voucher.refused': { words: 'voucherRefused', icon: 'refused', tone: 'danger' },
  'customer.voucher.revoked': { words: 'voucherRevoked', icon: 'voucher', tone: 'warning' },
  'customer.voucher.reissued': { words: 'voucherReissued', icon: 'voucher', tone: 'accent' },
  'customer.voucher.voided': { words: 'voucherVoided', icon: 'voucher', tone: 'neutral' },
  'customer.credit.adjusted': { words: 'creditAdjusted', icon: 'credit', tone: 'accent' },
  'customer.credit.granted': { words: 'creditGranted', icon: 'credit', tone: 'success' },
  'customer.credit.topped_up': { words: 'creditToppedUp', icon: 'credit', tone: 'success' },
  'customer.credit.spent': { words: 'creditSpent', icon: 'credit', tone: 'neutral' },
  'customer.credit.returned': { words: 'creditReturned', icon: 'credit', tone: 'success' },
  'customer.credit.refunded': { words: 'creditRefunded', icon: 'credit', tone: 'success' },
  'customer.credit.reversed': { words: 'creditReversed', icon: 'credit', tone: 'warning' },
  'customer.credit.expiring': { words: 'creditExpiring', icon: 'expire', tone: 'warning' },
  'customer.credit.expired': { words: 'creditExpired', icon: 'expire', tone: 'warning' },
  'customer.credit.frozen': { words: 'creditFrozen', icon: 'block', tone: 'danger' },
  'customer.credit.unfrozen': { words: 'creditUnfrozen', icon: 'credit', tone: 'success' },
  'customer.credit.reissued': { words: 'creditReissued', icon: 'credit', tone: 'warning' },
  'customer.credit.moved': { words: 'creditMoved', icon: 'credit', tone: 'neutral' },
  'customer.pass.activated': { words: 'passActivated', icon: 'pass', tone: 'success' },
  'customer.pass.used': { words: 'passUsed', icon: 'pass', tone: 'neutral' },
  'customer.pass.returned': { words: 'passReturned', icon: 'pass', tone: 'success' },
  'customer.pass.adjusted': { words: 'passAdjusted', icon: 'pass', tone: 'accent' },
  'customer.pass.taken_back': { words: 'passTakenBack', icon: 'pass', tone: 'warning' },
  'customer.pass.revoked': { words: 'passRevoked', icon: 'pass', tone: 'danger' },
  'customer.pass.expired': { words: 'passEnded', icon: 'expire', tone: 'warning' },
  'customer.pass.moved': { words: 'passMoved', icon: 'pass', tone: 'neutral' },
  'customer.payment.failed': { words: 'paymentFailed', icon: 'refused', tone: 'danger' },
};

function textOf({ data }: EventFact, names: readonly string[]): string {
  const found = names.map((name) => data[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : '';
}

function numberOf({ data }: EventFact, names: readonly string[]): number {
  const found = names.map((name) => data[name]).find((value) => typeof value === 'number');
  return typeof found === 'number' ? found : 0;
}

/** What the words of vouchers, credit and passes name. `credit` writes an amount of the shop's credit. */
export function valueFacts(t: TFunction<'customers'>, event: EventFact, credit: (minor: number) => string) {
  const why = textOf(event, ['reason']);
  const units = numberOf(event, ['units', 'uses', 'unitsLost']);
  return {
    voucher: textOf(event, ['campaignName', 'name', 'code']) || t('timeline.aVoucher'),
    pass: textOf(event, ['passName', 'name']) || t('timeline.aPass'),
    credit: credit(Math.abs(numberOf(event, ['amountMinor', 'endingMinor']))),
    units: t('timeline.units', { count: Math.abs(units) }),
    why: why === '' ? '' : t(`timeline.why.${why}`, { defaultValue: why }),
    isLess: numberOf(event, ['amountMinor', 'units']) < 0,
  };
}

/** The key of the words under `timeline.action`: by hand, credit and units come or go. */
export function valueKey(words: string, isLess: boolean): string {
  return isLess && (words === 'creditAdjusted' || words === 'passAdjusted') ? `${words}Less` : words;
}
