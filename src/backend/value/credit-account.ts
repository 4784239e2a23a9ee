import type { CreditAccount } from '#shop/credit/decide-spend.ts';
import { foldCredit } from '#shop/credit/fold-credit.ts';
import type { Moment } from '../command-scope.ts';
import type { StoredCreditAccount } from '../credit/credit-accounts-store.ts';
import { selectCreditEntries } from '../credit/credit-entries-store.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectHeld } from './holds-store.ts';

/** Returns an account as rules read it now, or at another instant of trusted time; what saleId itself has set aside does not stand against it. */
export function creditAccountOf(
  { db, moment }: { readonly db: ReadableDb; readonly moment: Moment },
  { accountId, status }: Pick<StoredCreditAccount, 'accountId' | 'status'>,
  saleId: string | null = null,
  atMs: number = moment.trustedAtMs,
): CreditAccount {
  const { amountMinor: heldMinor } = selectHeld(db, { subjectKind: 'credit', subjectId: accountId, saleId, atMs });
  return { status, position: foldCredit(selectCreditEntries(db, accountId), atMs), heldMinor };
}
