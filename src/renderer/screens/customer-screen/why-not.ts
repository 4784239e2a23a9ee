import type { RefusalReason } from '#shop/refusal.ts';

const WHY_NOT = {
  'voucher-minimum-not-met': 'more',
  'voucher-not-started': 'time',
  'voucher-wrong-day': 'time',
  'voucher-wrong-hours': 'time',
  'voucher-wrong-window': 'time',
  'voucher-used': 'over',
  'voucher-expired': 'over',
  'voucher-ended': 'over',
  'voucher-revoked': 'over',
  'voucher-limit-reached': 'over',
  'voucher-budget-spent': 'over',
  'voucher-day-limit': 'over',
  'voucher-customer-limit': 'over',
  'voucher-customer-day-limit': 'over',
  'voucher-no-eligible-item': 'items',
  'voucher-conditions': 'items',
  'voucher-not-applied': 'together',
  'voucher-next-sale': 'nextTime',
  'voucher-of-another': 'notYours',
  'voucher-segment': 'notYours',
  'voucher-tier': 'notYours',
  'voucher-needs-customer': 'ownCode',
  'voucher-already-claimed': 'claimed',
} as const satisfies Partial<Record<RefusalReason, string>>;

export type WhyNot = (typeof WHY_NOT)[keyof typeof WHY_NOT] | 'ask';

/** The key of what a customer is told about a voucher that cannot be used: fewer and simpler words than the till's own. */
export function whyNotOf(reason: RefusalReason): WhyNot {
  return (WHY_NOT as Partial<Record<RefusalReason, WhyNot>>)[reason] ?? 'ask';
}
