import type { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { blockSchema, oneCustomerSchema, reissueCardSchema } from './customer-schemas.ts';
import { type Customer, selectCodeOwner, selectCustomer } from './customers-store.ts';
import { newCode, storedCode } from './enrol-customer.ts';
import { type ChangedRow, writeChange } from './update-customer.ts';

/** Stops somebody from earning and buying under their name, with the reason. Refuses 'not-found'. */
export function blockCustomer(
  scope: CommandScope,
  { customerId, reason }: z.output<typeof blockSchema>,
): Outcome<{ version: number }> {
  const known = standing(scope, customerId);
  if (known === null) return refuse('not-found', { kind: 'customer' });
  const personal = { ...known.personal, blockReason: reason };
  return done(
    writeChange(scope, known, {
      after: rowOf(scope, known, { status: 'blocked' }),
      personal,
      type: 'customer.blocked',
    }),
  );
}

/** Lets somebody come back. Refuses 'not-found'; who is not blocked stays as they are. */
export function unblockCustomer(
  scope: CommandScope,
  { customerId }: z.output<typeof oneCustomerSchema>,
): Outcome<{ version: number }> {
  const known = standing(scope, customerId);
  if (known === null) return refuse('not-found', { kind: 'customer' });
  if (known.status === 'active') return done({ version: known.version });
  const personal = { ...known.personal, blockReason: '' };
  return done(
    writeChange(scope, known, {
      after: rowOf(scope, known, { status: 'active' }),
      personal,
      type: 'customer.unblocked',
    }),
  );
}

/**
 * Gives a customer a new card: a blank one whose code is read, or a code that is made and printed. The lost card's code is
 * never accepted again. Refuses 'not-found', and 'code-taken' with the id of the customer who holds it or held it.
 */
export function reissueCard(
  scope: CommandScope,
  { customerId, cardCode }: z.output<typeof reissueCardSchema>,
): Outcome<{ code: string; version: number }> {
  const known = standing(scope, customerId);
  if (known === null) return refuse('not-found', { kind: 'customer' });
  const code = cardCode === undefined ? newCode(scope) : storedCode(cardCode);
  const owner = cardCode === undefined ? null : selectCodeOwner(scope.db, scope.shop.merchantId, code);
  if (owner !== null) return refuse('code-taken', { customerId: owner });
  const after = rowOf(scope, known, { code });
  const { version } = writeChange(scope, known, { after, personal: known.personal, type: 'customer.card_replaced' });
  return done({ code, version });
}

type Standing = Customer & { readonly status: 'active' | 'blocked' };

function standing({ db, shop }: CommandScope, customerId: string): Standing | null {
  const known = selectCustomer(db, shop.merchantId, customerId);
  return known === null || known.status === 'erased' || known.duplicateOf !== null ? null : (known as Standing);
}

function rowOf({ shop, moment }: CommandScope, known: Standing, change: Partial<ChangedRow>): ChangedRow {
  const { code, language, consentMarketing, status } = known;
  const row = { id: known.customerId, merchantId: shop.merchantId, code, language, consentMarketing, status };
  return { ...row, atMs: moment.atMs, ...change };
}
