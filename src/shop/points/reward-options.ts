import { mulDiv, shareOf, sumOf } from '../money/money.ts';
import { matchesFilter } from '../offers/item-filter.ts';
import type { RefusalFacts, RefusalReason } from '../refusal.ts';
import { decideRedeem, isByPiece, leastPointsOf, type RedeemGiven, type RewardLine } from './decide-redeem.ts';
import type { Reward } from './programme-rewards.ts';

/** A reward as the till shows it: what it costs, what it gives here, and why it cannot be had now. */
export interface RewardOption {
  readonly rewardId: string;
  readonly name: string;
  readonly kind: Reward['kind'];
  readonly isAvailable: boolean;
  /** Null where it can be had. */
  readonly reason: RefusalReason | null;
  readonly facts: RefusalFacts;
  /** What it costs here; of a rate reward that cannot be had, the fewest points that it takes. */
  readonly pointsNeeded: number;
  readonly pointsMissing: number;
  /** What it takes off, about: pricing decides when it is used. */
  readonly amountMinor: number;
  /** Of a rate reward: the points of one step, and the fewest that it takes. */
  readonly step: { readonly points: number; readonly leastPoints: number } | null;
  /** The lines to choose from, for a free choice. */
  readonly choiceLineIds: readonly string[];
}

/** Returns every reward of a programme for a sale, in the programme's order (T19). A free choice is judged by its best item. */
export function rewardOptions(rewards: readonly Reward[], given: RedeemGiven): readonly RewardOption[] {
  return rewards.map((reward) => optionOf(reward, given));
}

/** The reward that the fewest points are missing for, or null where none is short of points: the next reward bar. */
export function nextReward(options: readonly RewardOption[]): RewardOption | null {
  const short = options.filter((option) => option.pointsMissing > 0 && option.reason !== 'reward-tier');
  return short.sort((a, b) => a.pointsMissing - b.pointsMissing)[0] ?? null;
}

function optionOf(reward: Reward, given: RedeemGiven): RewardOption {
  const choices = reward.kind === 'free-choice' ? choicesOf(reward, given.lines) : [];
  const wish = { offerId: reward.rewardId, points: null, choiceLineId: choices[0]?.lineId ?? null };
  const decided = decideRedeem(reward, given, wish);
  const isAvailable = decided.kind === 'redemption';
  const pointsNeeded = isAvailable ? decided.points : leastPointsOf(reward);
  return {
    rewardId: reward.rewardId,
    name: reward.name,
    kind: reward.kind,
    isAvailable,
    reason: isAvailable ? null : decided.reason,
    facts: isAvailable ? {} : decided.facts,
    pointsNeeded,
    pointsMissing: Math.max(0, pointsNeeded - Math.max(0, given.spendablePoints)),
    amountMinor: isAvailable ? (decided.pointsOff?.amountMinor ?? amountOf(reward, given.lines)) : 0,
    step: reward.kind === 'rate' ? { points: reward.pointsPerStep, leastPoints: leastPointsOf(reward) } : null,
    choiceLineIds: choices.map((line) => line.lineId),
  };
}

/** Lines to choose from, dearest unit first. */
function choicesOf(reward: Reward, lines: readonly RewardLine[]): RewardLine[] {
  return lines
    .filter((line) => line.netMinor > 0 && isByPiece(line) && matchesFilter(line, reward.filter))
    .sort((a, b) => unitOf(b) - unitOf(a));
}

function amountOf(reward: Reward, lines: readonly RewardLine[]): number {
  const eligible = lines.filter((line) => line.netMinor > 0 && matchesFilter(line, reward.filter));
  const totalMinor = sumOf(eligible.map((line) => line.netMinor));
  const units = eligible.flatMap(unitsOf).sort((a, b) => a - b);
  if (reward.kind === 'fixed') return Math.min(reward.amountMinor, totalMinor);
  if (reward.kind === 'percentage')
    return Math.min(shareOf(totalMinor, reward.rateBasisPoints), reward.capMinor ?? totalMinor);
  if (reward.kind === 'free-product') return sumOf(units.slice(0, reward.units));
  if (reward.kind === 'cheapest-item') return shareOf(units[0] ?? 0, reward.rateBasisPoints);
  return units.at(-1) ?? 0;
}

/** No reward is about more pieces than this. */
const MOST_UNITS = 100;

function unitsOf(line: RewardLine): number[] {
  const count = isByPiece(line) ? Math.min(MOST_UNITS, line.quantityThousandths / 1000) : 0;
  return Array.from({ length: count }, () => unitOf(line));
}

function unitOf(line: RewardLine): number {
  return mulDiv(line.netMinor, 1000, line.quantityThousandths, 'half-away-from-zero');
}
