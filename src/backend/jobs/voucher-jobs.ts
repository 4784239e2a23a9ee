import { uuidV5 } from '#shop/ids/uuid.ts';
import { localDateOf, startOfLocalDay } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { SystemScope } from '../command-scope.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import {
  type DueClaim,
  selectEndedClaims,
  selectEndedVouchers,
  selectEndingClaims,
  setClaimStatus,
  setReminded,
  setVoucherStatus,
} from '../vouchers/due-store.ts';
import type { Job, JobPage, JobTurn } from './job.ts';

const DAY_MS = 86_400_000;
/** The longest that a campaign reminds before an end. */
const MOST_REMIND_DAYS = 61;

/** Says of claims and vouchers whose time is over that they have expired. A decision never waits for this. */
export const EXPIRE_VOUCHERS: Job = { name: 'expire-vouchers', action: 'jobs.expire-vouchers', pages: expiries };

function* expiries({ env, shop, nowMs, pace }: JobTurn): Generator<JobPage> {
  const mark = { atMs: nowMs, seq: 0 };
  for (;;) {
    const due = { merchantId: shop.merchantId, nowMs, limit: pace.most() };
    const claims = selectEndedClaims(env.db.read, due);
    const vouchers = claims.length === 0 ? selectEndedVouchers(env.db.read, due) : [];
    const count = claims.length + vouchers.length;
    if (count === 0) return;
    const write = (scope: SystemScope): void => {
      for (const claim of claims) expireClaim(scope, claim);
      for (const { voucherId: id } of vouchers) {
        setVoucherStatus(scope.db, { id, status: 'expired' });
        scope.fact('vouchers', { id, status: 'expired' });
      }
      touchWallets(scope);
    };
    yield { count, write, mark };
  }
}

function expireClaim(scope: SystemScope, { customerVoucherId: id, customerId, ...claim }: DueClaim): void {
  setClaimStatus(scope.db, { id, status: 'EXPIRED' });
  scope.fact('customer_vouchers', { id, status: 'EXPIRED' });
  scope.event({
    id: uuidV5(id, `expired\n${claim.endsAtMs}`),
    type: 'customer.voucher.expired',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { ...claim, customerVoucherId: id },
  });
}

/** Reminds customers, once, of vouchers that end soon: as many civil days before as the campaign says (S0-23). */
export const REMIND_VOUCHERS: Job = { name: 'remind-vouchers', action: 'jobs.remind-vouchers', pages: reminders };

function* reminders({ env, shop, nowMs, pace }: JobTurn): Generator<JobPage> {
  const { merchantId, timeZone } = shop;
  const mark = { atMs: nowMs, seq: 0 };
  const cursor = { afterMs: nowMs, afterId: '' };
  for (;;) {
    const range = { merchantId, nowMs, untilMs: nowMs + MOST_REMIND_DAYS * DAY_MS, ...cursor };
    const ending = selectEndingClaims(env.db.read, { ...range, limit: pace.most() });
    const last = ending.at(-1);
    if (last === undefined) return;
    Object.assign(cursor, { afterMs: last.endsAtMs, afterId: last.customerVoucherId });
    const due = ending.filter((claim) => {
      const campaign = selectCampaign(env.db.read, merchantId, claim.campaignId);
      const days = campaign?.status === 'live' ? (campaign.version?.campaign.remindDays ?? null) : null;
      return days !== null && nowMs >= remindFrom(claim.endsAtMs, days, timeZone);
    });
    const write = (scope: SystemScope): void => {
      for (const claim of due) remind(scope, claim);
      touchWallets(scope);
    };
    yield { count: due.length, write: due.length === 0 ? null : write, mark };
  }
}

/** The local midnight with which reminding begins: so many days before the last day on which it is good. */
function remindFrom(endsAtMs: number, days: number, zone: string): number {
  return startOfLocalDay(addDays(localDateOf(endsAtMs - 1, zone), -days), zone);
}

function remind(scope: SystemScope, { customerVoucherId: id, customerId, ...claim }: DueClaim): void {
  const row = { id, remindedAtMs: scope.moment.trustedAtMs };
  setReminded(scope.db, row);
  scope.fact('customer_vouchers', row);
  scope.event({
    id: uuidV5(id, `expiring\n${claim.endsAtMs}`),
    type: 'customer.voucher.expiring',
    category: 'EFFECT',
    customerId,
    source: 'System',
    data: { ...claim, customerVoucherId: id },
  });
}

function touchWallets(scope: SystemScope): void {
  for (const topic of ['wallet', 'vouchers', 'customers'] as const) scope.touch(topic);
}
