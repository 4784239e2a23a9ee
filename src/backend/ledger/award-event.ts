import { mustHave } from '#shop/must.ts';
import type { Earning } from '#shop/points/earning.ts';
import type { EarningContext } from '#shop/points/earning-context.ts';
import { computeEventEarning, rulesForEvent } from '#shop/points/event-earning.ts';
import { termsOf } from '#shop/points/lot-terms.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { SystemScope } from '../command-scope.ts';
import { type Member, selectHolder, withAccount } from '../points/accounts-store.ts';
import { insertEventAward, selectHasEventAward } from '../points/event-awards-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { eventContextOf } from './earn-in-programmes.ts';
import { settleTier } from './settle-tier.ts';
import { type PointsScope, type Standing, standingsOf } from './standing.ts';

/** Something that happened to a customer outside a sale, or because of somebody else's. */
export interface EventToAward {
  readonly event: string;
  /** What makes it happen once, for ever: the same occasion again gives nothing. */
  readonly occasion: string;
  /** The civil day that it belongs to: yearly limits count its year. */
  readonly countedOn: string;
  /** The purchase that it waited for, and what that comes to; minor units. */
  readonly purchase?: { readonly saleId: string; readonly spendMinor: number };
}

/** What an event earns in one programme, and the world that it was decided in. */
export interface EventEarning {
  readonly standing: Standing;
  readonly earning: Earning;
  readonly context: EarningContext;
}

/** Returns what an event earns now in each programme that has a rule for it; nothing where this occasion was had before. */
export function earnByEvent(
  scope: PointsScope,
  member: Member,
  what: EventToAward,
  versions: readonly StoredVersion[],
): EventEarning[] {
  const { event, occasion, countedOn, purchase } = what;
  const { customerId } = member;
  const asked = versions.filter(
    ({ programId, programme }) =>
      rulesForEvent(programme, event).length > 0 &&
      !selectHasEventAward(scope.db, { customerId, programId, event, occasion }),
  );
  return standingsOf(scope, member, asked).map((standing) => {
    const context = eventContextOf(scope, standing, { event, countedOn });
    const earning = computeEventEarning(event, standing.version, context, purchase?.spendMinor ?? null);
    return { standing, earning, context };
  });
}

/** What an event brought: points over all programmes, and the entries. */
export interface AwardedEvent {
  readonly points: number;
  readonly entryIds: readonly string[];
}

/**
 * Books what an event earns, in every programme that has a rule for it, tells the customer's history and settles their
 * tiers. The entry says how many points by which version (L8) and no more: what they were for is kept where it can be
 * forgotten, for a birthday is nobody's business once its person is erased (C-50).
 */
export function awardEvent(
  scope: SystemScope,
  member: Member,
  what: EventToAward,
  versions: readonly StoredVersion[],
): AwardedEvent {
  const earned = earnByEvent(scope, member, what, versions).filter(({ earning }) => earning.points > 0);
  if (earned.length === 0) return { points: 0, entryIds: [] };
  const holder = withAccount(scope, member);
  const entryIds = earned.map((each) => book(scope, holder, what, each));
  scope.touch('points');
  scope.touch('customers');
  return { points: earned.reduce((sum, { earning }) => sum + earning.points, 0), entryIds };
}

function book(
  scope: SystemScope,
  member: Member & { readonly accountId: string },
  { event, occasion, countedOn, purchase }: EventToAward,
  { standing, earning, context }: EventEarning,
): string {
  const { shop, moment } = scope;
  const { version } = standing;
  const { programId, versionId, programme } = version;
  const { points } = earning;
  const { customerId, accountId } = member;
  const balance = standing.balance() + points;
  const terms = termsOf(programme, moment.trustedAtMs, shop.timeZone);
  const entryId = appendEntry(scope, {
    ...{ member, programId, kind: 'earn', points, programmeVersionId: versionId },
    ...terms,
  });
  const saleId = purchase?.saleId ?? null;
  const awardedOn = localDateOf(moment.atMs, shop.timeZone);
  const award = { entryId, customerId, programId, event, occasion, awardedOn, countedOn, saleId, context };
  for (const part of earning.parts) {
    if (part.points > 0) insertEventAward(scope, { ...award, ruleId: part.ruleId, points: part.points });
  }
  const { expiresAtMs, ripensAtMs } = terms;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId,
    data: { entryId, programId, points, balance, expiresAtMs, ripensAtMs },
  });
  settleTierOf(scope, customerId, accountId, version);
  return entryId;
}

/** Settles the tier of a customer in one programme after something was booked there. */
export function settleTierOf(scope: SystemScope, customerId: string, accountId: string, version: StoredVersion): void {
  if (version.programme.tiers === null) return;
  const holder = mustHave(selectHolder(scope.db, scope.shop.merchantId, customerId), 'whose tier is settled');
  for (const { moves } of standingsOf(scope, holder, [version])) {
    settleTier(scope, { member: holder, accountId, version, moves: moves() });
  }
}
