import { decideTakeBack } from '#shop/credit/take-back.ts';
import { amountOfFirst } from '#shop/money/unit-shares.ts';
import { mustHave } from '#shop/must.ts';
import { decideTakeUnitsBack } from '#shop/passes/decide-pass-use.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import { type ReturnedLine, remainingShareOf, type UnitsBack, unitsToReturn } from '#shop/till/sold-value.ts';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { decideRollback, type Rollback } from '#shop/vouchers/rollback.ts';
import { endOf } from '#shop/vouchers/validity.ts';
import type { Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { selectCreditAccount } from '../credit/credit-accounts-store.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectPass } from '../passes/passes-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import { claimsGoingWith, isGiverGone } from './coupon-claims.ts';
import { creditAccountOf } from './credit-account.ts';
import {
  type IssueOfSale,
  type RedemptionOfSale,
  type SoldSubject,
  type StoredPayment,
  selectCreditOfSale,
  selectGrantsOfSale,
  selectIssuesOfSale,
  selectPaidWithValue,
  selectRedemptionsOfSale,
  selectSoldSubjects,
  selectStandingClaim,
} from './give-back-store.ts';
import { selectHeld } from './holds-store.ts';
import { endOnReturn, endsOnReturn } from './later-ends.ts';
import type { StandingClaim } from './merge-parts-store.ts';

/** What queries and commands both have of the world. */
export interface GiveBackScope {
  readonly db: ReadableDb;
  readonly shop: ShopIdentity;
  readonly moment: Moment;
}

/** What an offer took off the lines of a sale. */
interface DiscountOfSale {
  readonly lineId: string;
  readonly source: string;
  readonly sourceId: string;
  readonly amountMinor: number;
}

/** What comes back of a sale: its lines with all that is gone of them then. */
export interface ComingBack {
  readonly saleId: string;
  readonly lines: readonly ReturnedLine[];
  readonly discounts: readonly DiscountOfSale[];
}

/** An account or a pass that a line had filled: so much of it is taken back again. */
interface TakenBack {
  readonly subject: SoldSubject;
  readonly entries: readonly { readonly entryId: string; readonly amount: number }[];
}

interface RolledBack {
  readonly redemption: RedemptionOfSale;
  readonly rollback: Rollback;
  /** When the voucher ends that can be used again, UTC ms; null: without end, or a promotion. */
  readonly endsAtMs: number | null;
}

/** Everything of value that a refund or a cancellation moves, apart from the money that goes back to accounts. */
export interface ValueToGiveBack {
  readonly isComplete: boolean;
  readonly paid: readonly StoredPayment[];
  readonly units: readonly UnitsBack[];
  readonly rolledBack: readonly RolledBack[];
  readonly takenBack: readonly TakenBack[];
  /** Vouchers that the sale gave out and that can still be used: what is left of them goes, what was used stays used. */
  readonly revoked: readonly IssueOfSale[];
  /** Claims on codes for everybody that the customer has by this sale alone. */
  readonly closedClaims: readonly StandingClaim[];
}

/**
 * Decides what of vouchers, credit and passes goes the other way when lines of a sale come back; writes nothing, and
 * preview and commit call the same. Redemptions come back as a whole once nothing remains, before that their money
 * alone (C-36); what lines had sold is taken back as long as it is unused. Refuses 'credit-already-used' and
 * 'pass-already-used', 'pass-short' while another sale has the units set aside, and what stands against a frozen or replaced account that would be taken from.
 */
export function decideGiveBack(scope: GiveBackScope, sale: ComingBack): ValueToGiveBack | Refusal {
  const { db } = scope;
  const { saleId, lines } = sale;
  const isComplete = lines.every(({ goneThousandths, quantityThousandths }) => goneThousandths === quantityThousandths);
  const paid = selectPaidWithValue(db, saleId).filter((tender) => isHeld(scope, tender));
  const takenBack: TakenBack[] = [];
  for (const sold of bySubject(selectSoldSubjects(db, saleId))) {
    const decided = takeBack(scope, sale, sold);
    if ('reason' in decided) return decided;
    if (decided.entries.length > 0) takenBack.push(decided);
  }
  const rolledBack = selectRedemptionsOfSale(db, saleId).map((redemption) =>
    rollbackOf(scope, sale, redemption, isComplete),
  );
  return {
    ...{ isComplete, paid, takenBack },
    units: unitsToReturn(lines, paid),
    rolledBack: rolledBack.filter(({ rollback }) => rollback.uses + rollback.amountMinor > 0),
    revoked: isComplete ? selectIssuesOfSale(db, saleId) : [],
    closedClaims: isComplete ? claimsGoingWith(db, saleId) : [],
  };
}

/** Whether somebody still has what paid: nothing goes back to a person who was erased. */
function isHeld({ db, shop }: GiveBackScope, { accountId, passId }: StoredPayment): boolean {
  const customerId =
    accountId === null
      ? (selectPass(db, shop.merchantId, passId ?? '')?.customerId ?? null)
      : (selectCreditAccount(db, shop.merchantId, accountId)?.customerId ?? null);
  return customerId === null || selectCustomer(db, shop.merchantId, customerId)?.status !== 'erased';
}

function rollbackOf(
  { db, shop, moment }: GiveBackScope,
  { saleId, lines, discounts }: ComingBack,
  redemption: RedemptionOfSale,
  isComplete: boolean,
): RolledBack {
  const { voucherId, campaignId, customerId, definition } = redemption;
  const shares = discounts.filter(({ source, sourceId }) =>
    voucherId === null
      ? source === 'promotion' && sourceId === campaignId
      : source === 'voucher' && sourceId === voucherId,
  );
  const claim = voucherId === null || customerId === null ? null : selectStandingClaim(db, customerId, voucherId);
  const voucher = voucherId === null ? null : selectVoucher(db, shop.merchantId, voucherId);
  const usedUnderMs = endOf(campaignSchema.parse(JSON.parse(definition)).validity, shop.timeZone);
  const endsAtMs = voucher === null ? null : endOnReturn(endsOnReturn({ db, shop }, voucher, claim), usedUnderMs);
  const rollback = decideRollback(
    { ...redemption, endsAtMs, isGiverGone: voucher !== null && isGiverGone(db, { saleId, voucher }, claim) },
    { isComplete, remainingMinor: remainingShareOf(lines, shares), atMs: moment.trustedAtMs },
  );
  return { redemption, rollback, endsAtMs };
}

/** The lines of a sale by what they filled: two may have filled one account. */
function bySubject(sold: readonly SoldSubject[]): readonly (readonly SoldSubject[])[] {
  const found = new Map<string, SoldSubject[]>();
  for (const each of sold) found.set(each.subjectId, [...(found.get(each.subjectId) ?? []), each]);
  return [...found.values()];
}

function takeBack(scope: GiveBackScope, sale: ComingBack, sold: readonly SoldSubject[]): TakenBack | Refusal {
  const subject = mustHave(sold[0], 'a line that sold something');
  return subject.kind === 'package' ? takeUnits(scope, sale, sold, subject) : takeCredit(scope, sale, sold, subject);
}

function takeCredit(
  scope: GiveBackScope,
  { saleId, lines }: ComingBack,
  sold: readonly SoldSubject[],
  subject: SoldSubject,
): TakenBack | Refusal {
  const { db, shop } = scope;
  const { subjectId: accountId } = subject;
  const topUps = selectCreditOfSale(db, { saleId, accountId }).filter(({ kind }) => kind === 'top-up');
  const filling = sold.filter(({ lineId }) => lines.some((line) => line.lineId === lineId && line.netMinor > 0));
  const entries = stillToTake(
    lines,
    filling,
    topUps.map(({ entryId, amountMinor: given, goneMinor: taken }) => ({ entryId, given, taken })),
  );
  if (entries.length === 0) return { subject, entries };
  const stored = mustHave(selectCreditAccount(db, shop.merchantId, accountId), 'the account that a line filled');
  const account = creditAccountOf(scope, stored);
  const amountMinor = entries.reduce((sum, { amount }) => sum + amount, 0);
  const refused = decideTakeBack(account, { entryId: '', amountMinor, takenBackMinor: 0 }, amountMinor);
  return refused.kind === 'refused' ? refused : { subject, entries };
}

function takeUnits(
  scope: GiveBackScope,
  { saleId, lines }: ComingBack,
  sold: readonly SoldSubject[],
  subject: SoldSubject,
): TakenBack | Refusal {
  const { db, shop, moment } = scope;
  const grants = selectGrantsOfSale(db, { saleId, passId: subject.subjectId });
  const entries = stillToTake(
    lines,
    sold,
    grants.map(({ entryId, units: given, goneUnits: taken }) => ({ entryId, given, taken })),
  );
  if (entries.length === 0) return { subject, entries };
  const pass = mustHave(selectPass(db, shop.merchantId, subject.subjectId), 'the pass that a line filled');
  if (pass.revokedAtMs !== null) return refuse('pass-revoked');
  const units = entries.reduce((sum, { amount }) => sum + amount, 0);
  const refused = decideTakeUnitsBack(pass, units);
  if (refused.kind === 'refused') return refused;
  const of = { subjectKind: 'pass', subjectId: pass.passId, saleId: null, atMs: moment.trustedAtMs } as const;
  const have = pass.unitsTotal - pass.unitsUsed - selectHeld(db, of).uses;
  return have < units ? refuse('pass-short', { needed: units, have: Math.max(0, have) }) : { subject, entries };
}

/** What is still to be taken of what lines gave out, by what came back of them; a line that gave anything wrote one entry, in the order of the lines. */
function stillToTake(
  lines: readonly ReturnedLine[],
  sold: readonly SoldSubject[],
  entries: readonly { readonly entryId: string; readonly given: number; readonly taken: number }[],
): TakenBack['entries'] {
  return entries.flatMap(({ entryId, given, taken }, at) => {
    const line = mustHave(
      lines.find((each) => each.lineId === sold[at]?.lineId),
      'the line that gave it out',
    );
    const amount = amountOfFirst(given, line.goneThousandths, line.quantityThousandths) - taken;
    return amount <= 0 ? [] : [{ entryId, amount }];
  });
}
