import { mulDiv, sumOf } from '../money/money.ts';
import type { TracedStep } from '../money/trace.ts';
import { type ItemFilter, matchesFilter } from '../offers/item-filter.ts';
import type { Offer } from '../offers/offer.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { RateReward, Reward } from './programme-rewards.ts';
import { offerOfReward } from './reward-offer.ts';

/** A line as a reward sees it: what is left of it before the reward. */
export interface RewardLine {
  readonly lineId: string;
  readonly productId?: string | null;
  readonly categoryId?: string | null;
  readonly tags?: readonly string[];
  readonly quantityThousandths: number;
  readonly netMinor: number;
  readonly payableMinor: number;
}

/** The sale and the customer as a reward sees them. */
export interface RedeemGiven {
  readonly programId: string;
  readonly lines: readonly RewardLine[];
  readonly tierId: string | null;
  /** What the customer can spend now, less what other rewards of this sale take. */
  readonly spendablePoints: number;
}

/** What the customer asks for: points of a rate reward (null: as many as may be), the line chosen of a free choice. */
export interface RedeemWish {
  /** Unique among the redemptions of the sale. */
  readonly offerId: string;
  readonly points: number | null;
  readonly choiceLineId: string | null;
}

/** Points as money off, for pricing's last step before tax. */
export interface RedeemedPointsOff {
  readonly programId: string;
  readonly rewardId: string;
  readonly points: number;
  readonly amountMinor: number;
  readonly filter: ItemFilter;
}

/** What a redemption costs, and what it gives pricing: an offer or points as money, never both. */
export interface Redemption {
  readonly kind: 'redemption';
  readonly programId: string;
  readonly rewardId: string;
  readonly points: number;
  readonly offer: Offer | null;
  readonly pointsOff: RedeemedPointsOff | null;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns what a reward costs and gives on a sale. Refuses, each with the numbers behind it: 'balance-negative' (C-10),
 * 'reward-tier', 'reward-nothing-eligible', 'reward-minimum', 'reward-choice-needed' and 'points-short'.
 */
export function decideRedeem(reward: Reward, given: RedeemGiven, wish: RedeemWish): Redemption | Refusal {
  const { spendablePoints, tierId } = given;
  if (spendablePoints < 0) return refuse('balance-negative', { points: spendablePoints });
  if (reward.tierIds.length > 0 && !reward.tierIds.some((id) => id === tierId)) return refuse('reward-tier');
  const eligible = given.lines.filter((line) => isEligible(line, reward));
  if (eligible.length === 0) return refuse('reward-nothing-eligible');
  const haveMinor = sumOf(eligible.map((line) => line.payableMinor));
  if (haveMinor < reward.minimumSpendMinor)
    return refuse('reward-minimum', { neededMinor: reward.minimumSpendMinor, haveMinor });
  if (reward.kind === 'rate') return redeemRate(reward, eligible, given, wish);
  const { pricePoints, rewardId } = reward;
  const choice = reward.kind === 'free-choice' ? wish.choiceLineId : null;
  if (reward.kind === 'free-choice' && !eligible.some((line) => line.lineId === choice))
    return refuse('reward-choice-needed');
  if (spendablePoints < pricePoints) return refuse('points-short', { needed: pricePoints, have: spendablePoints });
  return {
    kind: 'redemption',
    programId: given.programId,
    rewardId,
    points: pricePoints,
    offer: offerOfReward(reward, { offerId: wish.offerId, onlyLineId: choice }),
    pointsOff: null,
    trace: [
      {
        what: 'reward-price',
        inputs: { rewardId, spendablePoints },
        operation: 'price-of-reward',
        rounding: 'none',
        result: pricePoints,
      },
    ],
  };
}

/** Whether a line is counted by the piece: a weighed one has none. */
export function isByPiece(line: Pick<RewardLine, 'quantityThousandths'>): boolean {
  return line.quantityThousandths > 0 && line.quantityThousandths % 1000 === 0;
}

/** Whether something of a line is left that the reward covers. */
function isEligible(line: RewardLine, reward: Reward): boolean {
  return line.netMinor > 0 && isCovered(line, reward);
}

/** Whether a reward covers a line, however much of it is left; what is given by the piece needs whole pieces. */
export function isCovered(line: Omit<RewardLine, 'netMinor' | 'payableMinor'>, reward: Reward): boolean {
  if (!matchesFilter(line, reward.filter)) return false;
  const givesPieces =
    reward.kind === 'free-product' || reward.kind === 'free-choice' || reward.kind === 'cheapest-item';
  return !givesPieces || isByPiece(line);
}

/**
 * Points as money off, in whole steps: as many as the customer has and asks for, the reward allows, the eligible items come
 * to and the share of the sale that points may pay leaves (C-37, C-39).
 */
function redeemRate(
  reward: RateReward,
  eligible: readonly RewardLine[],
  given: RedeemGiven,
  wish: RedeemWish,
): Redemption | Refusal {
  const { rewardId, pointsPerStep, minorPerStep, filter } = reward;
  const { spendablePoints, programId } = given;
  const asked = wish.points ?? spendablePoints;
  if (asked > spendablePoints) return refuse('points-short', { needed: asked, have: spendablePoints });
  const wanted = Math.min(asked, reward.maximumPoints ?? asked);
  const shareMinor = mulDiv(
    sumOf(given.lines.map((line) => line.netMinor)),
    reward.maxShareBasisPoints,
    10_000,
    'floor',
  );
  const roomMinor = Math.min(sumOf(eligible.map((line) => line.netMinor)), shareMinor);
  const stepsOfPoints = mulDiv(wanted, 1, pointsPerStep, 'floor');
  const stepsOfRoom = mulDiv(roomMinor, 1, minorPerStep, 'floor');
  const steps = Math.min(stepsOfPoints, stepsOfRoom);
  const points = steps * pointsPerStep;
  const needed = leastPointsOf(reward);
  if (stepsOfRoom * pointsPerStep < needed)
    return refuse('reward-minimum', { neededMinor: (needed / pointsPerStep) * minorPerStep, haveMinor: roomMinor });
  if (points < needed) return refuse('points-short', { needed, have: wanted });
  const amountMinor = steps * minorPerStep;
  const inputs = { rewardId, steps, pointsPerStep, minorPerStep, spendablePoints, roomMinor };
  return {
    kind: 'redemption',
    programId,
    rewardId,
    points,
    offer: null,
    pointsOff: { programId, rewardId, points, amountMinor, filter },
    trace: [
      { what: 'reward-points', inputs, operation: 'steps-times-points', rounding: 'floor', result: points },
      { what: 'reward-amount', inputs, operation: 'steps-times-amount', rounding: 'floor', result: amountMinor },
    ],
  };
}

/** The fewest points that a reward can be had for: its price, or its minimum in whole steps. */
export function leastPointsOf(reward: Reward): number {
  if (reward.kind !== 'rate') return reward.pricePoints;
  const steps = Math.max(1, 0 - mulDiv(-reward.minimumPoints, 1, reward.pointsPerStep, 'floor'));
  return steps * reward.pointsPerStep;
}
