import { consentStanding, joinedConsent } from '#shop/customers/consent.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectConsents } from './consents-store.ts';
import { type Customer, selectCustomer } from './customers-store.ts';
import { selectDuplicatesOf } from './erasure-store.ts';
import type { Merge } from './merges-store.ts';

/**
 * How a customer stands once a record that was merged into them is one of its own again: a block and a consent that came
 * along go back with it, unless somebody changed them since or another record that stays merged says the same.
 */
export function standingAfterUndo(
  scope: CommandScope,
  merge: Merge,
  { from, into }: { readonly from: Customer; readonly into: Customer },
): { readonly status: 'active' | 'blocked'; readonly blockReason: string; readonly consentMarketing: boolean } {
  const { db, shop } = scope;
  const gone = new Set([from.customerId, ...merge.repointed.customers]);
  const staying = selectDuplicatesOf(db, { merchantId: shop.merchantId, customerId: into.customerId })
    .filter((customerId) => !gone.has(customerId))
    .flatMap((customerId) => selectCustomer(db, shop.merchantId, customerId) ?? []);
  return { ...blockAfter(merge, { from, into }, staying), consentMarketing: consentAfter(scope, merge, into, staying) };
}

function blockAfter(
  { filled }: Merge,
  { from, into }: { readonly from: Customer; readonly into: Customer },
  staying: readonly Customer[],
) {
  const { status, personal } = into;
  const isOfMerge = filled.includes('status') && personal.blockReason === from.personal.blockReason;
  if (status !== 'blocked') return { status: 'active', blockReason: '' } as const;
  const other = staying.find((known) => known.status === 'blocked');
  if (!isOfMerge) return { status, blockReason: personal.blockReason };
  return other === undefined
    ? ({ status: 'active', blockReason: '' } as const)
    : { status, blockReason: other.personal.blockReason };
}

function consentAfter(
  { db, shop }: CommandScope,
  { filled }: Merge,
  { customerId, consentMarketing }: Customer,
  staying: readonly Customer[],
): boolean {
  const [last] = selectConsents(db, shop.merchantId, customerId);
  if (!filled.includes('consent') || last?.channel !== 'merge') return consentMarketing;
  const before = consentMarketing ? 'not-asked' : 'given';
  const others = staying.map((known) =>
    consentStanding(known.consentMarketing, selectConsents(db, shop.merchantId, known.customerId)),
  );
  return others.reduce(joinedConsent, before) === 'given';
}
