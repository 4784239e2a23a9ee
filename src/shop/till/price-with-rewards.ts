import type { LineShare, Offer } from '../offers/offer.ts';
import { decideRedeem, isCovered, type Redemption, type RewardLine } from '../points/decide-redeem.ts';
import type { Reward } from '../points/programme-rewards.ts';
import { itemAt } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import {
  type PriceableLine,
  type PriceableSale,
  type PricingPolicy,
  priceRead,
  type ReadSale,
  readSale,
} from './price-sale.ts';
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
  const sale = readSale(draft, policy);
  if ('reason' in sale) return sale;
  if (draft.redemptions.length === 0) return { priced: priceRead(sale, given.offers, null), taken: [], refused: [] };
  const marked = markedSale(sale, draft.redemptions, given);
  const wanted = draft.redemptions.map((redemption, place) => ({ redemption, place }));
  const idle: RefusedReward[] = [];
  for (;;) {
    const rest = wanted.filter(({ place }) => idle.every((each) => each.place !== place));
    const tried = tryRewards(marked, given, rest);
    const found = tried.taken.filter((reward) => reward.amountMinor === 0);
    if (found.length === 0) {
      const priced = tried.taken.length === 0 ? priceRead(sale, given.offers, null) : tried.priced;
      return { ...tried, priced, refused: [...idle, ...tried.refused].sort((a, b) => a.place - b.place) };
    }
    idle.push(...found.map((reward) => notApplied(reward, tried.priced)));
  }
}

/** Each line with the rewards asked for that may cover it: a reward is decided on what is left of its lines. */
function markedSale(sale: ReadSale, redemptions: readonly RedemptionDraft[], given: RewardsGiven): ReadSale {
  const items = itemsOf(sale);
  const covers = redemptions.map((redemption) => {
    const reward = offered(redemption, given)?.reward;
    const only = reward?.kind === 'free-choice' ? chosenLine(items, redemption.choice) : null;
    return (line: PriceableLine): boolean =>
      reward !== undefined && isCovered(line, reward) && (only === null || only === line.lineId);
  });
  const markOf = (line: PriceableLine): number => covers.reduce((mark, isIn) => 2 * mark + Number(isIn(line)), 0);
  return { ...sale, lines: sale.lines.map((each) => ({ ...each, line: { ...each.line, mark: markOf(each.line) } })) };
}

function itemsOf({ lines }: ReadSale): PriceableLine[] {
  return lines.map(({ line }) => line);
}

/** The reward that is asked for, with its programme. */
function offered(
  { programId, rewardId }: RedemptionDraft,
  { programmes }: RewardsGiven,
): { readonly programme: RewardsProgramme; readonly reward: Reward } | undefined {
  return programmes
    .filter((programme) => programme.programId === programId)
    .flatMap((programme) => programme.rewards.map((reward) => ({ programme, reward })))
    .find(({ reward }) => reward.rewardId === rewardId);
}

interface Wanted {
  readonly redemption: RedemptionDraft;
  readonly place: number;
}

interface Decided {
  readonly place: number;
  readonly redemption: Redemption;
}

/** Takes the rewards in the order asked for, points as money last: after points nothing but another rate can follow. */
function tryRewards(sale: ReadSale, given: RewardsGiven, wanted: readonly Wanted[]): RewardedSale {
  const decided: Decided[] = [];
  const refused: RefusedReward[] = [];
  let priced = priceRead(sale, given.offers, null);
  for (const want of [...wanted].sort((a, b) => Number(isRate(a, given)) - Number(isRate(b, given)))) {
    const answer = decideOne(itemsOf(sale), priced, given, want, decided);
    if (answer.kind === 'refused') {
      refused.push({ place: want.place, refusal: answer });
      continue;
    }
    decided.push({ place: want.place, redemption: answer });
    const offers = decided.flatMap((each) => each.redemption.offer ?? []);
    priced = priceRead(sale, [...given.offers, ...offers], answer.pointsOff);
  }
  return { priced, taken: takenOf(decided, priced), refused };
}

function decideOne(
  lines: readonly PriceableLine[],
  priced: PricedSale,
  given: RewardsGiven,
  { redemption, place }: Wanted,
  decided: readonly Decided[],
): Redemption | Refusal {
  const { programId, rewardId, points, choice } = redemption;
  const found = offered(redemption, given);
  if (found === undefined) return refuse('reward-unknown', { programId, rewardId });
  const { programme, reward } = found;
  if (priced.pointsOff !== null) return refuse('reward-not-applied', { rewardId, why: 'one-rate' });
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

/** What rewards see of a priced sale: each line of goods with what is left of it. Stored value is none of their business. */
export function rewardLinesOf(items: readonly PriceableLine[], priced: Pick<PricedSale, 'lines'>): RewardLine[] {
  const lines = items.map((item, index) => ({
    lineId: item.lineId,
    productId: item.productId,
    categoryId: item.categoryId,
    tags: item.tags ?? [],
    quantityThousandths: item.quantityThousandths,
    netMinor: itemAt(priced.lines, index).netMinor,
    payableMinor: itemAt(priced.lines, index).payableMinor,
  }));
  return lines.filter((_, index) => items[index]?.isStoredValue !== true);
}

/** The choice names a line, or a product that stands on one. */
function chosenLine(lines: readonly PriceableLine[], choice: string | null): string | null {
  if (choice === null) return null;
  const line = lines.find((each) => each.lineId === choice) ?? lines.find((each) => each.productId === choice);
  return line?.lineId ?? null;
}

function isRate({ redemption }: Wanted, given: RewardsGiven): boolean {
  return offered(redemption, given)?.reward.kind === 'rate';
}

function takenOf(decided: readonly Decided[], priced: PricedSale): TakenReward[] {
  return decided.map(({ place, redemption }) => {
    const offerId = offerIdOf(redemption);
    const took = offerId === undefined ? priced.pointsOff : priced.offers.find((each) => each.offerId === offerId);
    return { place, redemption, amountMinor: took?.amountMinor ?? 0, shares: took?.shares ?? [] };
  });
}

function offerIdOf({ offer }: Redemption): string | undefined {
  return offer?.offerId;
}

function notApplied({ place, redemption }: TakenReward, priced: PricedSale): RefusedReward {
  const offerId = offerIdOf(redemption);
  const skipped = priced.skippedOffers.find((each) => each.offerId === offerId);
  const facts = { rewardId: redemption.rewardId, why: skipped?.reason ?? 'nothing-left' };
  return { place, refusal: refuse('reward-not-applied', facts) };
}
