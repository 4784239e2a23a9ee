import type { HeldPass } from '#shop/till/passes-on-sale.ts';
import type { PassUseDraft } from '#shop/till/value-on-sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { appendPassUnits, selectPass, selectPassesOf } from '../passes/passes-store.ts';
import { selectHeld } from './holds-store.ts';
import type { KeptPassUse } from './kept-value.ts';
import type { Leaving } from './leaving.ts';
import type { FactsScope } from './voucher-facts.ts';

type PassScope = Pick<FactsScope, 'db' | 'shop' | 'moment'>;

/** The passes that a sale asks for, with what other sales have set aside of them; no other is read. */
export function readAskedPasses(
  scope: PassScope,
  saleId: string,
  asked: readonly PassUseDraft[],
  leaving: Leaving,
): ReadonlyMap<string, HeldPass> {
  const passes = new Map<string, HeldPass>();
  for (const { passId } of asked) {
    if (passes.has(passId)) continue;
    const pass = selectPass(scope.db, scope.shop.merchantId, passId);
    if (pass !== null) passes.set(passId, { pass, heldUnits: heldOf(scope, passId, saleId, leaving) });
  }
  return passes;
}

/** Every pass of a customer that has units left, with what other sales have set aside of it. */
export function readPassesOf(scope: PassScope, saleId: string, customerId: string, leaving: Leaving): HeldPass[] {
  return selectPassesOf(scope.db, scope.shop.merchantId, customerId)
    .filter(({ revokedAtMs, unitsUsed, unitsTotal }) => revokedAtMs === null && unitsUsed < unitsTotal)
    .map((pass) => ({ pass, heldUnits: heldOf(scope, pass.passId, saleId, leaving) }));
}

function heldOf({ db, moment }: PassScope, subjectId: string, saleId: string, { amounts }: Leaving): number {
  const { uses } = selectHeld(db, { subjectKind: 'pass', subjectId, saleId, atMs: moment.trustedAtMs });
  return uses + (amounts.get(subjectId) ?? 0);
}

/** Writes the units that pay pieces of a sale that stands written: one entry for each line, told to the pass's customer. */
export function takePasses(scope: CommandScope, saleId: string, uses: readonly KeptPassUse[]): void {
  for (const { passId, lineId, units, amountMinor } of uses) {
    appendPassUnits(scope, { passId, kind: 'use', units: -units, saleId, lineId, amountMinor });
    const pass = selectPass(scope.db, scope.shop.merchantId, passId);
    if (pass === null) continue;
    const unitsLeft = pass.unitsTotal - pass.unitsUsed;
    const data = { passId, saleId, units, unitsLeft, amountMinor };
    scope.event({ type: 'customer.pass.used', category: 'EFFECT', customerId: pass.customerId, data });
  }
  if (uses.length > 0) scope.touch('wallet');
}
