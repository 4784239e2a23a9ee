import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import type { EarnsMore } from '#shop/points/earns-more.ts';
import type { ReadScope } from '../context.ts';
import { promotionsNow } from '../ledger/earn-in-programmes.ts';
import { standingsOf } from '../ledger/standing.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';

export const earnsMoreSchema = z.strictObject({ customerId: idSchema.nullable() });

/**
 * Returns what the main programme gives on single items now, for the tiles of the till: to this customer, or to somebody
 * new where nobody is known. Nothing while no programme runs.
 */
export function earnsMore(scope: ReadScope, { customerId }: z.output<typeof earnsMoreSchema>): EarnsMore {
  const { db, shop } = scope;
  const member = customerId === null ? null : selectMember(db, shop.merchantId, customerId);
  const [main] = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  if (main === undefined) return { earning: [], promotions: [] };
  return {
    earning: main.version.programme.rules.flatMap((rule) => ('filter' in rule ? [rule.filter] : [])),
    promotions: promotionsNow(scope, main).map(({ filter, multiplierBasisPoints }) => ({
      filter,
      multiplierBasisPoints,
    })),
  };
}
