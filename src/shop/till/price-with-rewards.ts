import type { LineShare, Offer } from '../offers/offer.ts';
import { decideRedeem, isCovered, type Redemption, type RewardLine } from '../points/decide-redeem.ts';
import type { Reward } from '../points/programme-rewards.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { type PriceableLine, type PriceableSale, type PricingPolicy, priceSale } from './price-sale.ts';
import type { PricedSale, RedemptionDraft } from './sale.ts';

/** A programme whose rewards the customer may take, and what the customer has in it now. */
export interface RewardsProgramme {
  readonly programId: string;
  readonly rewards: readonly Reward[];
  readonly spendablePoints: number;
  readonly tierId: string | null;
}

/** What pricing with rewards needs beside the sale. */
export interface RewardsGiven {
  /** Offers that come from elsewhere. */
  readonly offers: readonly Offer[];
  readonly programmes: readonly RewardsProgramme[];
}

/** A reward that is taken: what it costs in points, and what it took off. */
export interface TakenReward {
  /** Its place among the draft's redemptions. */
  readonly place: number;
  readonly redemption: Redemption;
  readonly amountMinor: number;
  readonly shares: readonly LineShare[];
}

/** A reward that was asked for and cannot be had on this sale. */
export interface RefusedReward {
  readonly place: number;
  readonly refusal: Refusal;
}

/** A sale priced with the rewards that were asked for; a preview shows those refused, a commit refuses the sale. */
export interface RewardedSale {
  readonly priced: PricedSale;
  readonly taken: readonly TakenReward[];
  readonly refused: readonly RefusedReward[];
}

/**
 * Returns the sale with its rewards: each is decided on what the ones before it leave of the sale and of the points, the
 * rewards that are offers first, then points as money (LOYALTY.md 1, step 6). No points are asked for what takes nothing
 * off: such a reward is refused as 'reward-not-applied' with the reason of its offer. Refuses the sale as priceSale does.
 */
export function priceWithRewards(
  draft: PriceableSale & { readonly redemptions: readonly RedemptionDraft[] },
  policy: PricingPolicy,
  given: RewardsGiven,
): RewardedSale | Refusal {
  const wanted = draft.redemptions.map((redemption, place) => ({ redemption, place }));
  const sale = { ...draft, lines: markedLines(draft, given) };
  const idle: RefusedReward[] = [];
  for (;;) {
    const rest = wanted.filter(({ place }) => idle.every((each) => each.place !== place));
    const tried = tryRewards(sale, policy, given, rest);
    if ('reason' in tried) return tried;
    const found = tried.taken.filter((reward) => reward.amountMinor === 0);
    if (found.length === 0) {
      const priced = tried.taken.length === 0 ? priceSale(draft, policy, given.offers) : tried.priced;
      if ('reason' in priced) return priced;
      return { ...tried, priced, refused: [...idle, ...tried.refused].sort((a, b) => a.place - b.place) };
    }
    idle.push(...found.map((reward) => notApplied(reward, tried.priced)));
  }
}

/** Each line with the rewards asked for that may cover it: a reward is decided on what is left of its lines. */
function markedLines(
  { lines, redemptions }: PriceableSale & { readonly redemptions: readonly RedemptionDraft[] },
  given: RewardsGiven,
): PriceableLine[] {
  const covers = redemptions.map((redemption) => {
    const reward = rewardOf(redemption, given);
    const only = reward?.kind === 'free-choice' ? chosenLine(lines, redemption.choice) : null;
    return (line: PriceableLine): boolean =>
      reward !== undefined && isCovered(line, reward) && (only === null || only === line.lineId);
  });
  return lines.map((line) => ({
    ...line,
    mark: covers.reduce((mark, isIn) => 2 * mark + Number(isIn(line)), 0),
  }));
}

function rewardOf({ programId, rewardId }: RedemptionDraft, { programmes }: RewardsGiven): Reward | undefined {
  const programme = programmes.find((each) => each.programId === programId);
  return programme?.rewards.find((each) => each.rewardId === rewardId);
}

interface Wanted {
  readonly redemption: RedemptionDraft;
  readonly place: number;
}

interface Decided {
  readonly place: number;
  readonly redemption: Redemption;
}

function tryRewards(
  draft: PriceableSale,
  policy: PricingPolicy,
  given: RewardsGiven,
  wanted: readonly Wanted[],
): RewardedSale | Refusal {
  const decided: Decided[] = [];
  const refused: RefusedReward[] = [];
  let priced = priceSale(draft, policy, given.offers);
  for (const want of [...wanted].sort(
    (a, b) => Number(isRate(a, given)) - Number(isRate(b, given)) || a.place - b.place,
  )) {
    if ('reason' in priced) return priced;
    const answer = decideOne(draft, priced, given, want, decided);
    if (answer.kind === 'refused') {
      refused.push({ place: want.place, refusal: answer });
      continue;
    }
    decided.push({ place: want.place, redemption: answer });
    const offers = decided.flatMap((each) => each.redemption.offer ?? []);
    priced = priceSale(draft, policy, [...given.offers, ...offers], answer.pointsOff);
  }
  if ('reason' in priced) return priced;
  return { priced, taken: takenOf(decided, priced), refused };
}

function decideOne(
  { lines }: PriceableSale,
  priced: PricedSale,
  { programmes }: RewardsGiven,
  { redemption, place }: Wanted,
  decided: readonly Decided[],
): Redemption | Refusal {
  const { programId, rewardId, points, choice } = redemption;
  const programme = programmes.find((each) => each.programId === programId);
  const reward = programme?.rewards.find((each) => each.rewardId === rewardId);
  if (programme === undefined || reward === undefined) return refuse('reward-unknown', { programId, rewardId });
  if (reward.kind === 'rate' && priced.pointsOff !== null)
    return refuse('reward-not-applied', { rewardId, why: 'one-rate' });
  const usedPoints = decided
    .filter((each) => each.redemption.programId === programId)
    .reduce((sum, each) => sum + each.redemption.points, 0);
  return decideRedeem(
    reward,
    {
      programId,
      lines: rewardLinesOf(lines, priced),
      tierId: programme.tierId,
      spendablePoints: programme.spendablePoints - usedPoints,
    },
    { offerId: `${programId}:${rewardId}:${place}`, points, choiceLineId: chosenLine(lines, choice) },
  );
}

/** What rewards see of a priced sale: each line with what is left of it. */
export function rewardLinesOf(items: readonly PriceableLine[], priced: Pick<PricedSale, 'lines'>): RewardLine[] {
  return items.map((item, index) => ({
    lineId: item.lineId,
    productId: item.productId,
    categoryId: item.categoryId,
    tags: item.tags ?? [],
    quantityThousandths: item.quantityThousandths,
    netMinor: priced.lines[index]?.netMinor ?? 0,
    payableMinor: priced.lines[index]?.payableMinor ?? 0,
  }));
}

/** The choice names a line, or a product that stands on one. */
function chosenLine(lines: readonly PriceableLine[], choice: string | null): string | null {
  if (choice === null) return null;
  const line = lines.find((each) => each.lineId === choice) ?? lines.find((each) => each.productId === choice);
  return line?.lineId ?? null;
}

function isRate({ redemption }: Wanted, given: RewardsGiven): boolean {
  return rewardOf(redemption, given)?.kind === 'rate';
}

function takenOf(decided: readonly Decided[], priced: PricedSale): TakenReward[] {
  return decided.map(({ place, redemption }) => {
    const took =
      redemption.offer === null
        ? priced.pointsOff
        : priced.offers.find((applied) => applied.offerId === redemption.offer?.offerId);
    return { place, redemption, amountMinor: took?.amountMinor ?? 0, shares: took?.shares ?? [] };
  });
}

function notApplied({ place, redemption }: TakenReward, priced: PricedSale): RefusedReward {
  const skipped = priced.skippedOffers.find((each) => each.offerId === redemption.offer?.offerId);
  const facts = { rewardId: redemption.rewardId, why: skipped?.reason ?? 'nothing-left' };
  return { place, refusal: refuse('reward-not-applied', facts) };
}
