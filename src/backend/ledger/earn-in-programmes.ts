import { computeEarning, type Earning, type EarningSale } from '#shop/points/earning.ts';
import type { EarningContext, RuleUse } from '#shop/points/earning-context.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import type { Programme } from '#shop/points/programme.ts';
import type { EarningConditions } from '#shop/points/programme-rules.ts';
import { saleMoveOf } from '#shop/points/sale-move.ts';
import { tierForSale, type TierMove } from '#shop/points/tiers.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import { selectSegmentsOf } from '../customers/segments-store.ts';
import type { EntryRow } from '../points/entries-store.ts';
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
    const tierId = tierOf(scope, standing, sale, occasion, context);
    const counted = { ...context, tierId };
    return { standing, context: counted, earning: computeEarning(sale, version, counted) };
  });
}

/** The tier that counts: held before the sale, unless the programme counts the sale itself too (C-17). */
function tierOf(
  { shop }: PointsScope,
  { version, moves }: Standing,
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
  return tierForSale(tiers, moves(), move, shop.timeZone);
}

function contextOf(
  { db, shop }: PointsScope,
  { member, version, entries }: Standing,
  { atMs }: EarningOccasion,
): EarningContext {
  const { programme } = version;
  const zone = shop.timeZone;
  const limited = limitedIds(programme);
  const hasCap = programme.caps.pointsPerDay !== null;
  const conditions: readonly EarningConditions[] = [...programme.rules, ...programme.promotions];
  const asksForSegments = conditions.some((each) => each.segmentIds.length > 0);
  return {
    atMs,
    zone,
    tierId: null,
    segmentIds:
      asksForSegments && member !== null
        ? selectSegmentsOf(db, member.customerId).map(({ segmentId }) => segmentId)
        : [],
    used: limited.size === 0 ? {} : usesBefore(entries(), limited, atMs, zone),
    programmePointsToday: hasCap ? pointsOfDay(entries(), atMs, zone) : 0,
  };
}

/** The rules and promotions whose limits look at what has been had before. */
function limitedIds({ rules, promotions }: Programme): ReadonlySet<string> {
  const isLimited = ({ limits }: EarningConditions): boolean =>
    limits.pointsPerDay !== null || limits.pointsEver !== null || limits.timesPerDay !== null;
  return new Set([
    ...rules.filter((rule) => isLimited(rule) || rule.kind === 'event').map((rule) => rule.ruleId),
    ...promotions.filter(isLimited).map((promotion) => promotion.promotionId),
  ]);
}

/** What was had of limited rules, by civil days and years. What refunds took back stays used (C-55). */
function usesBefore(
  entries: readonly EntryRow[],
  limited: ReadonlySet<string>,
  atMs: number,
  zone: string,
): Record<string, RuleUse> {
  const today = localDateOf(atMs, zone);
  const used: Record<string, RuleUse> = {};
  for (const entry of entries) {
    if (entry.kind !== 'earn') continue;
    const date = localDateOf(entry.saidAtMs, zone);
    for (const { ruleId, kind, points } of JSON.parse(entry.parts) as PointsPart[]) {
      if (kind === 'tier' || points <= 0 || !limited.has(ruleId)) continue;
      const had = used[ruleId] ?? { pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear: 0 };
      used[ruleId] = {
        pointsToday: had.pointsToday + (date === today ? points : 0),
        timesToday: had.timesToday + (date === today ? 1 : 0),
        pointsEver: had.pointsEver + points,
        timesThisYear: had.timesThisYear + (date.slice(0, 4) === today.slice(0, 4) ? 1 : 0),
      };
    }
  }
  return used;
}

function pointsOfDay(entries: readonly EntryRow[], atMs: number, zone: string): number {
  const today = localDateOf(atMs, zone);
  return entries.reduce(
    (sum, { kind, saidAtMs, points }) =>
      kind === 'earn' && localDateOf(saidAtMs, zone) === today ? sum + points : sum,
    0,
  );
}
