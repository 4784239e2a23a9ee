import { liabilityOf } from '#shop/points/liability.ts';
import type { RewardLine } from '#shop/points/decide-redeem.ts';
import type { PointsPart } from '#shop/points/points-preview.ts';
import type { Programme } from '#shop/points/programme.ts';
import type { TierLevel } from '#shop/points/programme-tiers.ts';
import { nextReward, type RewardOption, rewardOptions } from '#shop/points/reward-options.ts';
import type { EarningSale } from '#shop/points/earning.ts';
import { saleMoveOf } from '#shop/points/sale-move.ts';
import type { TierStanding } from '#shop/points/tiers.ts';
import type { TracedStep } from '#shop/till/sale.ts';
import type { EarningOccasion, ProgrammeEarning } from './earn-in-programmes.ts';
import type { Standing } from './standing.ts';

/** A tier as a screen names it. */
export type ShownTier = Pick<TierLevel, 'tierId' | 'name' | 'metal'>;

/** Where a customer stands on a ladder; progress and missing in minor units, points or visits, by its measure. */
export interface ShownStanding extends ShownTier {
  readonly measure: 'balance' | 'spend' | 'points' | 'visits';
  readonly sinceMs: number | null;
  readonly keepsUntilMs: number | null;
  readonly progress: number;
  readonly threshold: number;
  readonly next: (ShownTier & { readonly threshold: number; readonly missing: number }) | null;
  /** The whole ladder, from the bottom. */
  readonly levels: readonly TierLevel[];
}

/** What one programme does on a sale: what the customer has, gives and gets, and which rewards can be had. */
export interface ProgrammePreview {
  readonly programId: string;
  readonly versionId: string;
  readonly isMain: boolean;
  readonly name: string;
  readonly pointName: string;
  /** What the sale earns, in parts that can be explained. */
  readonly points: number;
  readonly parts: readonly PointsPart[];
  readonly trace: readonly TracedStep[];
  readonly minimumMet: boolean;
  readonly balanceBefore: number;
  readonly redeemedPoints: number;
  readonly balanceAfter: number;
  readonly spendablePoints: number;
  readonly pendingPoints: number;
  /** What the balance is worth in money. */
  readonly worthMinor: number;
  /** With a customer: every reward on what is left of the sale and the points, whether it can be had, and why not. */
  readonly rewards: readonly RewardOption[];
  readonly nextReward: RewardOption | null;
  /** Before the sale; null where the programme has no tiers. */
  readonly tier: ShownStanding | null;
  /** After it, where that is another. */
  readonly tierAfter: ShownTier | null;
}

interface PointsPaid {
  readonly programId: string;
  readonly points: number;
}

/** What of the sale the programmes' preview reads. */
export interface PreviewedSale {
  readonly sale: EarningSale;
  readonly lines: readonly RewardLine[];
  readonly occasion: EarningOccasion;
  readonly redeemed: readonly PointsPaid[];
  /** Rewards that this sale has paid for already, because its payment has begun. */
  readonly reserved: readonly PointsPaid[];
}

/** Returns what each programme shows beside a sale, from the decision that would commit it. */
export function previewProgrammes(earnings: readonly ProgrammeEarning[], previewed: PreviewedSale): ProgrammePreview[] {
  return earnings.map((each, index) => previewOne(each, previewed, index === 0));
}

function previewOne(
  { standing, earning }: ProgrammeEarning,
  previewed: PreviewedSale,
  isMain: boolean,
): ProgrammePreview {
  const { version, member } = standing;
  const { programId, versionId, programme } = version;
  const reservedPoints = pointsIn(programId, previewed.reserved);
  const balanceBefore = standing.balance() + reservedPoints;
  const newlyRedeemedPoints = pointsIn(programId, previewed.redeemed);
  const redeemedPoints = newlyRedeemedPoints + reservedPoints;
  const spendablePoints = standing.spendablePoints() + reservedPoints;
  const tier = standing.tier();
  const options =
    member === null
      ? []
      : rewardOptions(programme.rewards, {
          programId,
          lines: previewed.lines,
          tierId: tier?.tierId ?? null,
          spendablePoints: spendablePoints - redeemedPoints,
        });
  return {
    programId,
    versionId,
    isMain,
    name: programme.name,
    pointName: programme.pointName,
    points: earning.points,
    parts: earning.parts,
    trace: earning.trace,
    minimumMet: earning.minimumMet,
    balanceBefore,
    redeemedPoints,
    balanceAfter: balanceBefore - redeemedPoints + earning.points,
    spendablePoints,
    pendingPoints: balanceBefore - spendablePoints,
    worthMinor: worthOf(balanceBefore, programme),
    rewards: options,
    nextReward: member === null ? null : nextOf(standing, spendablePoints - redeemedPoints + earning.points),
    tier: tier === null ? null : shownStanding(programme, tier),
    tierAfter: tierAfter(standing, previewed, earning.points - newlyRedeemedPoints, earning.points),
  };
}

function pointsIn(programId: string, paid: readonly PointsPaid[]): number {
  return paid.reduce((sum, each) => (each.programId === programId ? sum + each.points : sum), 0);
}

/** The next reward with what the customer will have: what the sale holds does not count, only points do. */
function nextOf({ version, tier }: Standing, spendablePoints: number): RewardOption | null {
  const { programId, programme } = version;
  const tierId = tier()?.tierId ?? null;
  return nextReward(rewardOptions(programme.rewards, { programId, lines: [], tierId, spendablePoints }));
}

/** What points are worth in money, as the programme values them. */
export function worthOf(points: number, { pointValue }: Programme): number {
  return liabilityOf(points, pointValue);
}

/** A standing with the names that a screen shows. */
export function shownStanding({ tiers }: Programme, standing: TierStanding): ShownStanding | null {
  const level = tiers?.levels.find(({ tierId }) => tierId === standing.tierId);
  if (tiers === null || level === undefined) return null;
  const { next, progress, sinceMs, keepsUntilMs } = standing;
  const above = tiers.levels.find(({ tierId }) => tierId === next?.tierId);
  return {
    ...shownTier(level),
    measure: tiers.mode === 'BALANCE' ? 'balance' : tiers.measure,
    sinceMs,
    keepsUntilMs,
    progress,
    threshold: level.threshold,
    levels: tiers.levels,
    next:
      above === undefined || next === null
        ? null
        : { ...shownTier(above), threshold: above.threshold, missing: next.missing },
  };
}

function shownTier({ tierId, name, metal }: TierLevel): ShownTier {
  return { tierId, name, metal };
}

function tierAfter(
  { version, tier, tierAfter: afterMoves }: Standing,
  { sale, occasion }: PreviewedSale,
  balancePoints: number,
  earnedPoints: number,
): ShownTier | null {
  const { tiers } = version.programme;
  if (tiers === null) return null;
  const { saleId, trustedAtMs } = occasion;
  const move = { ...saleMoveOf(sale), atMs: trustedAtMs, saleId, earnedPoints, balancePoints };
  const tierId = afterMoves([move], trustedAtMs)?.tierId;
  const level = tiers.levels.find((each) => each.tierId === tierId);
  return tierId === tier()?.tierId || level === undefined ? null : shownTier(level);
}
