import type { RefusalReason } from '../refusal.ts';

/** So long what was paid stays on the customer's screen; longer while its question is open. */
export const PAID_SHOWN_MS = 8_000;
export const QUESTION_SHOWN_MS = 20_000;

/** The longest text that the customer's screen reads or types as a code. */
export const LONGEST_CODE = 200;

/** A line as the customer reads it. amountMinor: before reductions. quantityThousandths: 1000 = one piece or one unit of weight. */
export interface ScreenLine {
  readonly id: string;
  readonly name: string;
  readonly quantityThousandths: number;
  readonly amountMinor: number;
}

/** What is taken off, by name; the name is empty for what the till took off by hand. amountMinor is positive. */
export interface ScreenReduction {
  readonly kind: 'voucher' | 'promotion' | 'reward' | 'discount' | 'pass' | 'returned';
  readonly name: string;
  readonly amountMinor: number;
}

/**
 * A voucher of this sale or in its customer's wallet. applied: it is taken off. usable: it would take something off. asked:
 * chosen here, the till has not answered. not-now: it stays with the customer; reason says why where somebody asked for it.
 */
export interface ScreenVoucher {
  readonly voucherId: string;
  readonly name: string;
  /** Its last day, a calendar date; null where it does not end. */
  readonly endsOn: string | null;
  readonly amountMinor: number;
  readonly state: 'applied' | 'usable' | 'asked' | 'not-now';
  readonly reason: RefusalReason | null;
}

/** What the screen knows of the customer of the sale: never more of the name than the first, no number, no history. */
export interface ScreenCustomer {
  readonly firstName: string;
  readonly earnsPoints: number;
  readonly balancePoints: number;
  readonly nextReward: {
    readonly name: string;
    readonly costPoints: number;
    /** After this sale's points; 0 where it reaches the reward. */
    readonly missingPoints: number;
  } | null;
  readonly creditMinor: number | null;
}

export interface ScreenIdle {
  readonly moment: 'idle';
  /** One live promotion of the shop that is for everybody. */
  readonly offer: { readonly name: string; readonly endsOn: string | null } | null;
}

export interface ScreenSale {
  readonly moment: 'sale';
  readonly lines: readonly ScreenLine[];
  readonly reductions: readonly ScreenReduction[];
  /** What is to be paid, before cash rounding. */
  readonly totalMinor: number;
  /** Tax on top of the lines, where prices leave it out; else 0. */
  readonly addedTaxMinor: number;
  /** With no customer: what one would earn; null where the shop has no points or the customer is known. */
  readonly wouldEarnPoints: number | null;
  readonly customer: ScreenCustomer | null;
  /** Those on the sale first, then what can be used now, then the rest. */
  readonly vouchers: readonly ScreenVoucher[];
}

export interface ScreenPaying {
  readonly moment: 'paying';
  readonly totalMinor: number;
  readonly firstName: string | null;
}

export interface ScreenPaid {
  readonly moment: 'paid';
  readonly totalMinor: number;
  /** Cash to hand back; null where there is none. */
  readonly changeMinor: number | null;
  readonly earnedPoints: number | null;
  readonly balancePoints: number | null;
  readonly firstName: string | null;
  /** The one question, until it is answered. */
  readonly question: { readonly answerId: string } | null;
  /** The answer has come in: thank the customer. */
  readonly isAnswered: boolean;
}

/** What the customer's screen shows now, whole: each state replaces the one before. Amounts in minor units of `currency`. */
export type CustomerScreenState = (ScreenIdle | ScreenSale | ScreenPaying | ScreenPaid) & {
  readonly shopName: string;
  readonly currency: string;
  readonly region: string;
  readonly timeZone: string;
  /** The customer's once known, else the shop's. */
  readonly language: 'en' | 'es';
  /** What the shop calls a point; empty where it has no programme. */
  readonly pointName: string;
  /** False while nobody is signed in at the till: a code cannot be read then. */
  readonly isOpen: boolean;
};

/**
 * What a code was. card: the customer's own, handed to the till. known: that of this sale's customer already. voucher: asked
 * for at the till. ask-staff: something for the person at the counter (a gift card, a receipt, another customer's card).
 * busy: too many codes, or nobody signed in.
 */
export type CustomerScanAnswer =
  | { readonly kind: 'card' | 'known'; readonly firstName: string }
  | { readonly kind: 'voucher'; readonly name: string }
  | { readonly kind: 'unknown' | 'ask-staff' | 'busy' };
