import type { TracedStep } from '#shop/money/trace.ts';
import { mustHave } from '#shop/must.ts';
import { balanceAfterRefund } from '#shop/points/balance-after-refund.ts';
import { decideNegative } from '#shop/points/decide-negative.ts';
import { type Holder, selectHolder } from '../points/accounts-store.ts';
import type { BookedOfSale } from '../points/ledger-store.ts';
import { selectProgrammeVersion, type StoredVersion } from '../points/programmes-store.ts';
import type { PointsToAdjust } from './reverse-sale-points.ts';
import { type PointsScope, standingsOf } from './standing.ts';

/** What the programmes do about balances below zero: deductMinor is kept of the money. */
export interface Negatives {
  readonly deductMinor: number;
  readonly adjustments: readonly PointsToAdjust[];
  readonly trace: readonly TracedStep[];
}

/** What of a refund or a cancellation decides about a balance below zero. */
export interface TakenBack {
  readonly reversals: readonly { readonly programId: string; readonly points: number }[];
  /** redemptionId: what the sale knows the reward by. */
  readonly returns: readonly { readonly redemptionId: string; readonly points: number }[];
  /** The money that goes back. */
  readonly moneyMinor: number;
}

/**
 * Returns what each programme does about a balance that taking back brings below zero (C-10), under the version of the sale:
 * refunds, cancellations and undone awards ask the same.
 */
export function decideNegatives(
  scope: PointsScope,
  { customerId }: { readonly customerId: string | null },
  booked: readonly BookedOfSale[],
  taken: TakenBack,
): Negatives {
  const { db, shop } = scope;
  const holder = customerId === null ? null : selectHolder(db, shop.merchantId, customerId);
  if (holder === null || taken.reversals.every(({ points }) => points === 0))
    return { deductMinor: 0, adjustments: [], trace: [] };
  let { moneyMinor } = taken;
  let deductMinor = 0;
  const adjustments: PointsToAdjust[] = [];
  const trace: TracedStep[] = [];
  for (const { programId, points } of taken.reversals) {
    const { versionId } = entryOf(booked, 'earn', 'programId', programId);
    const version = mustHave(selectProgrammeVersion(db, shop.merchantId, versionId ?? ''), 'the version of an earning');
    const { negativeBalance, pointValue } = version.programme;
    if (points === 0 || negativeBalance === 'ALLOW_NEGATIVE') continue;
    const { before, after } = balancesOf(scope, { holder, booked, taken, version, points });
    const negative = decideNegative({
      policy: negativeBalance,
      balanceAfter: after,
      reversedPoints: Math.max(0, before - after),
      refundMinor: moneyMinor,
      pointValue,
    });
    trace.push(...negative.trace);
    moneyMinor -= negative.deductedMinor;
    deductMinor += negative.deductedMinor;
    if (negative.reason !== null)
      adjustments.push({ programId, points: negative.adjustPoints, reason: negative.reason });
  }
  return { deductMinor, adjustments, trace };
}

/** Where points went to another record with their owner, what that one has counts too (C-48). */
function balancesOf(
  scope: PointsScope,
  given: {
    readonly holder: Holder;
    readonly booked: readonly BookedOfSale[];
    readonly taken: TakenBack;
    readonly version: StoredVersion;
    readonly points: number;
  },
): { readonly before: number; readonly after: number } {
  const { db, shop, moment } = scope;
  const { holder, booked, version, points } = given;
  const { programId } = version;
  const balances = balanceAfterRefund({
    entries: standingsOf(scope, holder, [version]).flatMap((standing) => standing.entries()),
    earnEntryId: entryOf(booked, 'earn', 'programId', programId).entryId,
    reversedPoints: points,
    returns: given.taken.returns.flatMap((each) => {
      const entry = entryOf(booked, 'redeem', 'offerId', each.redemptionId);
      return entry.programId === programId ? [{ redeemEntryId: entry.entryId, points: each.points }] : [];
    }),
    atMs: moment.trustedAtMs,
    graceDays: version.programme.refundGraceDays,
    zone: shop.timeZone,
  });
  const survivor = holder.mergedInto === null ? null : selectHolder(db, shop.merchantId, holder.mergedInto);
  const [elsewhere] = survivor === null ? [] : standingsOf(scope, survivor, [version]);
  const more = elsewhere?.balance() ?? 0;
  return { before: balances.before + more, after: balances.after + more };
}

/** The entry of a sale that goes back, by its programme or by what the sale knows the reward by. */
export function entryOf(
  booked: readonly BookedOfSale[],
  kind: BookedOfSale['kind'],
  by: 'programId' | 'offerId',
  id: string,
): BookedOfSale {
  return mustHave(
    booked.find((entry) => entry.kind === kind && entry[by] === id),
    'the entry that a refund reverses',
  );
}
