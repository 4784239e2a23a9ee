import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import {
  clearDefaultTaxRate,
  countProductsOfTaxRate,
  insertTaxRate,
  selectDefaultTaxRate,
  selectTaxRate,
  type TaxRate,
  updateTaxRate,
} from './tax-rates-store.ts';
import type { SaveTaxRateInput } from './catalogue-schemas.ts';

/**
 * Adds a tax rate or changes one. There is exactly one default: making another the default moves the mark, and the default
 * itself can neither lose it nor be taken out of use ('default-tax-rate-needed'). Past sales keep the rate they were sold
 * with. Refuses 'not-found', 'changed-elsewhere' and 'tax-rate-in-use' (products on sale carry it).
 */
export function saveTaxRate(
  scope: CommandScope,
  input: SaveTaxRateInput,
): Outcome<{ taxRateId: string; version: number }> {
  const { db, shop } = scope;
  const known = input.taxRateId === undefined ? null : selectTaxRate(db, shop.merchantId, input.taxRateId);
  const isActive = input.isActive ?? true;
  const refusal = refusalOf(scope, input, known, isActive);
  if (refusal !== null) return refusal;
  const isFirst = selectDefaultTaxRate(db, shop.merchantId) === null;
  const row = {
    id: known?.taxRateId ?? scope.newId(),
    merchantId: shop.merchantId,
    name: input.name,
    rateBasisPoints: input.rateBasisPoints,
    isDefault: isActive && (input.isDefault || isFirst),
  };
  if (row.isDefault) clearDefaultTaxRate(db, shop.merchantId, row.id);
  if (known === null) insertTaxRate(db, row);
  else updateTaxRate(db, { ...row, isActive });
  const version = (known?.version ?? 0) + 1;
  const stored = { ...row, isActive, version };
  scope.fact('tax_rates', stored);
  scope.changed({ table: 'tax_rates', recordId: row.id, before: known === null ? null : { ...known }, after: stored });
  scope.touch('catalogue');
  return done({ taxRateId: row.id, version });
}

function refusalOf(
  scope: CommandScope,
  input: SaveTaxRateInput,
  known: TaxRate | null,
  isActive: boolean,
): Refusal | null {
  if (input.taxRateId !== undefined && known === null) return refuse('not-found', { kind: 'tax-rate' });
  if (known === null) return null;
  if (input.version !== undefined && input.version !== known.version)
    return refuse('changed-elsewhere', { version: known.version });
  if (known.isDefault && (!isActive || !input.isDefault)) return refuse('default-tax-rate-needed');
  if (!isActive) {
    const products = countProductsOfTaxRate(scope.db, scope.shop.merchantId, known.taxRateId);
    if (products > 0) return refuse('tax-rate-in-use', { products });
  }
  return null;
}
