import { compareText } from '../offers/basket.ts';
import type { ClaimStatus } from './life-cycle.ts';

/** A claim as the wallet orders it. standing: whether its campaign runs now. Instants are UTC ms. */
export interface WalletItem {
  readonly customerVoucherId: string;
  readonly status: ClaimStatus;
  readonly walletOrder: number;
  readonly claimedAtMs: number;
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly isRunning: boolean;
}

/** What a customer can use now, later, has used, and can use no more; each in wallet order, then as claimed. */
export interface Wallet<Item> {
  readonly now: readonly Item[];
  readonly notYet: readonly Item[];
  readonly used: readonly Item[];
  readonly expired: readonly Item[];
}

/** Sorts a customer's claims into the wallet as of an instant; what was voided is not shown. */
export function walletOf<Item extends WalletItem>(items: readonly Item[], atMs: number): Wallet<Item> {
  const sorted = [...items].sort(byOrder);
  const of = (section: Section): Item[] => sorted.filter((item) => sectionOf(item, atMs) === section);
  return { now: of('now'), notYet: of('notYet'), used: of('used'), expired: of('expired') };
}

type Section = keyof Wallet<never> | 'none';

function sectionOf({ status, startsAtMs, endsAtMs, isRunning }: WalletItem, atMs: number): Section {
  if (status === 'VOIDED' || status === 'CONFLICT') return 'none';
  if (status === 'REDEEMED') return 'used';
  if (status === 'EXPIRED' || (endsAtMs !== null && atMs >= endsAtMs)) return 'expired';
  return isRunning && (startsAtMs === null || atMs >= startsAtMs) ? 'now' : 'notYet';
}

function byOrder(a: WalletItem, b: WalletItem): number {
  return (
    a.walletOrder - b.walletOrder ||
    a.claimedAtMs - b.claimedAtMs ||
    compareText(a.customerVoucherId, b.customerVoucherId)
  );
}
