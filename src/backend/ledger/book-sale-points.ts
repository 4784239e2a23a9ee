import { termsOf, slideOf } from '#shop/points/lot-terms.ts';
import { saleMoveOf } from '#shop/points/sale-move.ts';
import type { EarningSale } from '#shop/points/earning.ts';
import { mustHave } from '#shop/must.ts';
import type { CommandScope } from '../command-scope.ts';
import { type Member, withAccount } from '../points/accounts-store.ts';
import type { ProgrammeEarning } from './earn-in-programmes.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { upsertMark } from '../points/marks-store.ts';
import { rewardReferral } from './settle-referral.ts';
import type { TierMove } from '#shop/points/tiers.ts';
import { once } from './once.ts';
import { settleStanding } from './settle-tier.ts';
import { type Standing, standingsOf } from './standing.ts';

/** A sale that had to read more of the history keeps a mark. */
const MOST_ROWS_READ = 16;

/** A reward that a sale takes, with the id that its entry gets. */
export interface RedemptionToBook {
  readonly entryId: string;
  readonly programId: string;
  readonly versionId: string;
  readonly rewardId: string;
  readonly name: string;
  readonly points: number;
  /** What the sale knows the reward by, where its first entry was given back by a declined tender. */
  readonly offerId?: string;
}

/** A sale's points, decided: read before anything was written. */
export interface SalePoints {
  readonly member: Member;
  readonly saleId: string;
  readonly sale: EarningSale;
  readonly earnings: readonly ProgrammeEarning[];
  /** Rewards that are paid for now; those of a sale whose payment had begun were paid for then. */
  readonly redemptions: readonly RedemptionToBook[];
  /** When the sale was made, trusted time: lots and ladder count from then. */
  readonly trustedAtMs: number;
  readonly reason?: string;
  /** Whether the tiers follow here; where versions of the past earn, they follow afterwards by the ladder of now. */
  readonly settlesTiers?: boolean;
}

/** What a sale did to the main programme, and to all of them. */
export interface BookedPoints {
  readonly pointsEarned: number;
  readonly newBalance: number;
  readonly entryId: string | null;
}

/**
 * Books what a sale costs and earns in points, in every programme, and the tiers that follow, and tells the customer's
 * history. Rewards are paid before the sale earns. Returns the numbers of the main programme.
 */
export function bookSalePoints(scope: CommandScope, given: SalePoints): BookedPoints {
  const { member, earnings, redemptions } = given;
  const main = earnings[0]?.standing.version.programId ?? '';
  const balances = new Map(earnings.map(({ standing }) => [standing.version.programId, standing.balance()]));
  const books = earnings.some(
    ({ earning, standing }) => earning.points > 0 || standing.version.programme.tiers !== null,
  );
  const holder = books || redemptions.length > 0 ? withAccount(scope, member) : member;
  for (const redemption of redemptions) bookRedemption(scope, { ...given, member: holder }, redemption, balances);
  const entries = earnings.map((each) => bookEarning(scope, { ...given, member: holder }, each, balances));
  if (given.settlesTiers !== false) {
    settleAfterSale(scope, { ...given, member: holder });
  }
  const { spendMinor } = saleMoveOf(given.sale);
  rewardReferral(scope, { customerId: member.customerId, saleId: given.saleId, spendMinor });
  return {
    pointsEarned: earnings[0]?.earning.points ?? 0,
    newBalance: balances.get(main) ?? member.balance,
    entryId: entries.find((entryId) => entryId !== null) ?? null,
  };
}

/** Books the price of the rewards of a sale whose payment begins: nobody else can use those points meanwhile. */
export function reserveRedemptions(
  scope: CommandScope,
  given: Pick<SalePoints, 'member' | 'saleId' | 'redemptions' | 'trustedAtMs'>,
  standings: readonly Standing[],
): void {
  if (given.redemptions.length === 0) return;
  const balances = new Map(standings.map((each) => [each.version.programId, each.balance()]));
  const withStandings = { ...given, earnings: standings.map((standing) => ({ standing })) };
  const holder = { ...withStandings, member: withAccount(scope, given.member) };
  for (const redemption of given.redemptions) bookRedemption(scope, holder, redemption, balances);
}

function bookRedemption(
  scope: CommandScope,
  given: Pick<SalePoints, 'member' | 'saleId' | 'trustedAtMs'> & {
    readonly earnings: readonly { standing: Standing }[];
  },
  redemption: RedemptionToBook,
  balances: Map<string, number>,
): void {
  const { entryId, programId, versionId, rewardId, name, points, offerId } = redemption;
  const { member, saleId, trustedAtMs } = given;
  const found = given.earnings.find(({ standing }) => standing.version.programId === programId);
  const { version } = mustHave(found, 'the programme of a reward').standing;
  appendEntry(scope, {
    entryId,
    member,
    programId,
    kind: 'redeem',
    points: -points,
    saleId,
    programmeVersionId: versionId,
    ruleId: rewardId,
    parts: [{ reward: rewardId, name, ...(offerId === undefined ? {} : { offerId }) }],
    slidesToMs: slideOf(version.programme, trustedAtMs, scope.shop.timeZone),
  });
  const balance = (balances.get(programId) ?? 0) - points;
  balances.set(programId, balance);
  scope.event({
    type: 'customer.redeemed.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, saleId, programId, rewardId, rewardName: name, points: -points, balance },
  });
  scope.touch('points');
}

function bookEarning(
  scope: CommandScope,
  given: SalePoints,
  { standing, earning, context }: ProgrammeEarning,
  balances: Map<string, number>,
): string | null {
  const { points, parts } = earning;
  if (points === 0) return null;
  const { member, saleId, trustedAtMs, reason } = given;
  const { programId, versionId, programme } = standing.version;
  const terms = termsOf(programme, trustedAtMs, scope.shop.timeZone);
  const entryId = appendEntry(scope, {
    member,
    programId,
    kind: 'earn',
    points,
    saleId,
    programmeVersionId: versionId,
    parts,
    context,
    ...terms,
    ...(reason === undefined ? {} : { reason }),
  });
  const balance = (balances.get(programId) ?? 0) + points;
  balances.set(programId, balance);
  const { expiresAtMs, ripensAtMs } = terms;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, saleId, programId, points, balance, expiresAtMs, ripensAtMs },
  });
  scope.touch('points');
  return entryId;
}

/**
 * Settles the tiers that follow, and keeps where the customer stands where much had to be read, so that later sales need
 * not. What was read before anything was written is gone on from; only where that is not enough it is read again.
 */
function settleAfterSale(scope: CommandScope, given: SalePoints): void {
  const { member } = given;
  const { accountId } = member;
  if (accountId === null) return;
  for (const each of given.earnings) {
    const { standing } = each;
    const { version } = standing;
    const again = once(() => mustHave(standingsOf(scope, member, [version])[0], 'the standing in a programme'));
    if (version.programme.tiers !== null) {
      const move = saleMove(given, each);
      const held = standing.tierAfterKnown([move], scope.moment.trustedAtMs) ?? again().tier();
      if (held !== null) settleStanding(scope, { member, accountId, version, standing: held });
    }
    if (standing.rowsRead() < MOST_ROWS_READ) continue;
    upsertMark(scope.db, { ...again().mark(), accountId, merchantId: scope.shop.merchantId });
  }
}

function saleMove(
  { sale, saleId, trustedAtMs, redemptions }: SalePoints,
  { standing, earning }: ProgrammeEarning,
): TierMove {
  const { programId } = standing.version;
  const paid = redemptions.reduce((sum, each) => (each.programId === programId ? sum + each.points : sum), 0);
  return {
    ...saleMoveOf(sale),
    atMs: trustedAtMs,
    saleId,
    earnedPoints: earning.points,
    balancePoints: earning.points - paid,
  };
}
