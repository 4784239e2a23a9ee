import { computeEarning, type Earning, type EarningSale } from '#shop/points/earning.ts';
import type { EarningContext, RuleUse } from '#shop/points/earning-context.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import type { Programme } from '#shop/points/programme.ts';
import { holdsFor, isUsedUp } from '#shop/points/earning-limits.ts';
import type { EarningConditions, Promotion } from '#shop/points/programme-rules.ts';
import { saleMoveOf } from '#shop/points/sale-move.ts';
import type { TierMove } from '#shop/points/tiers.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { rulesForEvent } from '#shop/points/event-earning.ts';
import { selectSegmentsOf } from '../customers/segments-store.ts';
import { selectEarningsOfDuplicates, type EarningRow } from '../points/entries-store.ts';
import { selectEventUses } from '../points/event-awards-store.ts';
import { once } from './once.ts';
import type { PointsScope, Standing } from './standing.ts';

/** What a sale earns in one programme, and the world that it was decided in. */
export interface ProgrammeEarning {
  readonly standing: Standing;
  readonly earning: Earning;
  readonly context: EarningContext;
}

/** Which sale earns, and when: a customer may be added to it later. */
export interface EarningOccasion {
  readonly saleId: string;
  readonly atMs: number;
  readonly trustedAtMs: number;
}

/**
 * Returns what a sale earns in each programme where the customer stands so (LOYALTY.md 2). Preview, commit and late attach
 * call the same. Only what the programme's rules ask for is read.
 */
export function earnInProgrammes(
  scope: PointsScope,
  standings: readonly Standing[],
  sale: EarningSale,
  occasion: EarningOccasion,
): ProgrammeEarning[] {
  return standings.map((standing) => {
    const { version } = standing;
    const context = contextOf(scope, standing, occasion);
    const tierId = tierOf(standing, sale, occasion, context);
    const counted = { ...context, tierId };
    return { standing, context: counted, earning: computeEarning(sale, version, counted) };
  });
}

/** The promotions that would count now for whoever stands there, before anything is sold. */
export function promotionsNow(scope: PointsScope, standing: Standing): readonly Promotion[] {
  const { atMs, trustedAtMs } = scope.moment;
  const occasion = { saleId: '', atMs, trustedAtMs };
  const context = { ...contextOf(scope, standing, occasion), tierId: standing.tier()?.tierId ?? null };
  return standing.version.programme.promotions.filter(
    (promotion) =>
      holdsFor(promotion, context) && !isUsedUp({ ruleId: promotion.promotionId, limits: promotion.limits }, context),
  );
}

/** The tier that counts: held before the sale, unless the programme counts the sale itself too (C-17). */
function tierOf(
  { version, tierAfter }: Standing,
  sale: EarningSale,
  { saleId, trustedAtMs }: EarningOccasion,
  context: EarningContext,
): string | null {
  const { tiers } = version.programme;
  if (tiers === null) return null;
  const plain = tiers.includesThisSale ? computeEarning(sale, version, context).points : 0;
  const move: TierMove = {
    ...saleMoveOf(sale),
    atMs: trustedAtMs,
    saleId,
    earnedPoints: plain,
    balancePoints: plain,
  };
  return tierAfter(tiers.includesThisSale ? [move] : [], trustedAtMs)?.tierId ?? null;
}

function contextOf(scope: PointsScope, standing: Standing, { atMs }: EarningOccasion): EarningContext {
  const { rules, promotions } = standing.version.programme;
  const conditions = [...rules.filter(({ kind }) => kind !== 'event'), ...promotions];
  const zone = scope.shop.timeZone;
  const limited = limitedIds(standing.version.programme);
  const had = once(() => earningsOf(scope, standing));
  return {
    ...worldOf(scope, standing, { atMs, conditions, had }),
    tierId: null,
    used: limited.size === 0 ? {} : usesBefore(had(), limited, atMs, zone),
  };
}

/**
 * The world in which an event earns. Yearly limits count the year of the day that it belongs to (a birthday that is given
 * late counts for its own year), daily ones the day on which points were given.
 */
export function eventContextOf(
  scope: PointsScope,
  standing: Standing,
  { event, countedOn }: { readonly event: string; readonly countedOn: string },
): EarningContext {
  const { db, shop, moment } = scope;
  const { member, version, tier } = standing;
  const { programId, programme } = version;
  const conditions = rulesForEvent(programme, event);
  const ids = new Set(conditions.map(({ ruleId }) => ruleId));
  const { atMs } = moment;
  const today = localDateOf(atMs, shop.timeZone);
  const used: Record<string, RuleUse> = {};
  for (const use of member === null ? [] : selectEventUses(db, member.customerId)) {
    const { ruleId, points, awardedOn } = use;
    if (use.programId !== programId || !ids.has(ruleId)) continue;
    const isOfYear = use.countedOn.slice(0, 4) === countedOn.slice(0, 4);
    addUse(used, ruleId, { points, isToday: awardedOn === today, isOfYear });
  }
  const had = once(() => earningsOf(scope, standing));
  return { ...worldOf(scope, standing, { atMs, conditions, had }), tierId: tier()?.tierId ?? null, used };
}

function worldOf(
  { db, shop }: PointsScope,
  { member, version }: Standing,
  given: {
    readonly atMs: number;
    readonly conditions: readonly EarningConditions[];
    readonly had: () => readonly EarningRow[];
  },
): Pick<EarningContext, 'atMs' | 'zone' | 'segmentIds' | 'programmePointsToday'> {
  const { atMs, conditions, had } = given;
  const zone = shop.timeZone;
  const asksForSegments = conditions.some((each) => each.segmentIds.length > 0);
  return {
    atMs,
    zone,
    segmentIds:
      asksForSegments && member !== null
        ? selectSegmentsOf(db, member.customerId).map(({ segmentId }) => segmentId)
        : [],
    programmePointsToday: version.programme.caps.pointsPerDay === null ? 0 : pointsOfDay(had(), atMs, zone),
  };
}

/** What a customer earned in a programme, and what records earned that were merged into theirs: limits are a person's. */
function earningsOf({ db }: PointsScope, { member, version, entries }: Standing): readonly EarningRow[] {
  const own = entries().filter(({ kind }) => kind === 'earn');
  if (member === null) return own;
  const elsewhere = selectEarningsOfDuplicates(db, member.customerId);
  return [...own, ...elsewhere.filter(({ programId }) => programId === version.programId)];
}

/** The rules and promotions of sales whose limits look at what has been had before. */
function limitedIds({ rules, promotions }: Programme): ReadonlySet<string> {
  const isLimited = ({ limits }: EarningConditions): boolean =>
    limits.pointsPerDay !== null || limits.pointsEver !== null || limits.timesPerDay !== null;
  return new Set([
    ...rules.filter((rule) => rule.kind !== 'event' && isLimited(rule)).map((rule) => rule.ruleId),
    ...promotions.filter(isLimited).map((promotion) => promotion.promotionId),
  ]);
}

/** What was had of limited rules, by civil days and years. What refunds took back stays used (C-55). */
function usesBefore(
  earnings: readonly EarningRow[],
  limited: ReadonlySet<string>,
  atMs: number,
  zone: string,
): Record<string, RuleUse> {
  const today = localDateOf(atMs, zone);
  const used: Record<string, RuleUse> = {};
  for (const entry of earnings) {
    const date = localDateOf(entry.saidAtMs, zone);
    for (const { ruleId, kind, points } of JSON.parse(entry.parts) as PointsPart[]) {
      if (kind === 'tier' || points <= 0 || !limited.has(ruleId)) continue;
      addUse(used, ruleId, { points, isToday: date === today, isOfYear: date.slice(0, 4) === today.slice(0, 4) });
    }
  }
  return used;
}

function addUse(
  used: Record<string, RuleUse>,
  ruleId: string,
  { points, isToday, isOfYear }: { readonly points: number; readonly isToday: boolean; readonly isOfYear: boolean },
): void {
  const had = used[ruleId] ?? { pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear: 0 };
  used[ruleId] = {
    pointsToday: had.pointsToday + (isToday ? points : 0),
    timesToday: had.timesToday + (isToday ? 1 : 0),
    pointsEver: had.pointsEver + points,
    timesThisYear: had.timesThisYear + (isOfYear ? 1 : 0),
  };
}

function pointsOfDay(earnings: readonly EarningRow[], atMs: number, zone: string): number {
  const today = localDateOf(atMs, zone);
  return earnings.reduce(
    (sum, { saidAtMs, points }) => (localDateOf(saidAtMs, zone) === today ? sum + points : sum),
    0,
  );
}
