import { type CashRounding, roundCashDue } from '../money/cash-rounding.ts';
import { sumOf } from '../money/money.ts';
import { must } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { BookedTenderKind, TenderDraft } from './sale.ts';

/** A tender as it is booked: receivedMinor - changeMinor = amountMinor. receivedMinor is null but for cash. */
export interface DecidedTender {
  readonly tenderId: string;
  readonly kind: BookedTenderKind;
  readonly amountMinor: number;
  readonly receivedMinor: number | null;
  readonly changeMinor: number;
  readonly reference: string | null;
  /** The account of credit that pays, or the pass with the line and the units that it pays; null or 0 for money. */
  readonly accountId: string | null;
  readonly passId: string | null;
  readonly lineId: string | null;
  readonly uses: number;
}

/** What stored value names of a tender, for one of money. */
export const MONEY_ONLY = { accountId: null, passId: null, lineId: null, uses: 0 } as const;

/** How a sale is paid. paidMinor = total + cashRoundingMinor = sum of the tenders. */
export interface Payment {
  readonly kind: 'paid';
  readonly tenders: readonly DecidedTender[];
  readonly changeMinor: number;
  readonly cashRoundingMinor: number;
  readonly paidMinor: number;
}

/**
 * Returns how the tenders pay the total. Other kinds pay exactly what they say; what is left is paid in cash, rounded by
 * the region's rule, once and only for that part; what is handed over beyond it is change.
 * A cash tender may name its exact part or the rounded one. Refuses 'tender-too-small' with what is still due, and
 * 'tender-too-large' when kinds without change would pay more than the total.
 */
export function decideTenders(
  totalMinor: number,
  tenders: readonly TenderDraft[],
  rounding: CashRounding,
): Payment | Refusal {
  must(
    tenders.every((tender) => tender.amountMinor >= 0 && (tender.receivedMinor ?? 0) >= 0),
    'a tender is not negative',
  );
  const others = tenders.filter((tender) => tender.kind !== 'cash' && tender.amountMinor > 0);
  const cash = tenders.filter((tender) => tender.kind === 'cash');
  const nonCashMinor = sumOf(others.map((tender) => tender.amountMinor));
  if (nonCashMinor > totalMinor) return refuse('tender-too-large', { dueMinor: totalMinor });
  const exactMinor = totalMinor - nonCashMinor;
  if (cash.length === 0) {
    if (exactMinor > 0) return refuse('tender-too-small', { dueMinor: exactMinor });
    return paymentOf(others.map(booked), 0);
  }
  const dueMinor = roundCashDue(exactMinor, rounding);
  const paidInCash = decideCash(cash, exactMinor, dueMinor);
  if ('reason' in paidInCash) return paidInCash;
  return paymentOf([...others.map(booked), ...paidInCash.tenders], dueMinor - exactMinor);
}

/** Cash tenders pay in order; the last one pays what is left. */
function decideCash(
  cash: readonly TenderDraft[],
  exactMinor: number,
  dueMinor: number,
): { readonly tenders: readonly DecidedTender[] } | Refusal {
  const decided: DecidedTender[] = [];
  let leftMinor = dueMinor;
  for (const [index, tender] of cash.entries()) {
    const isLast = index === cash.length - 1;
    const amountMinor = isLast ? leftMinor : tender.amountMinor;
    if (amountMinor > leftMinor) return refuse('tender-too-large', { dueMinor });
    const neededMinor = Math.min(amountMinor, exactMinor - (dueMinor - leftMinor));
    const receivedMinor = tender.receivedMinor ?? Math.max(tender.amountMinor, amountMinor);
    if (tender.amountMinor < neededMinor || receivedMinor < amountMinor) {
      return refuse('tender-too-small', { dueMinor: amountMinor });
    }
    const changeMinor = receivedMinor - amountMinor;
    decided.push({ ...booked(tender), amountMinor, receivedMinor, changeMinor });
    leftMinor -= amountMinor;
  }
  return { tenders: decided };
}

function booked(tender: TenderDraft): DecidedTender {
  return {
    tenderId: tender.tenderId,
    kind: tender.kind,
    amountMinor: tender.amountMinor,
    receivedMinor: null,
    changeMinor: 0,
    reference: tender.reference ?? null,
    ...MONEY_ONLY,
    accountId: tender.accountId ?? null,
  };
}

function paymentOf(tenders: readonly DecidedTender[], cashRoundingMinor: number): Payment {
  return {
    kind: 'paid',
    tenders,
    changeMinor: sumOf(tenders.map((tender) => tender.changeMinor)),
    cashRoundingMinor,
    paidMinor: sumOf(tenders.map((tender) => tender.amountMinor)),
  };
}
