import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_TAX_RATES = sql`
  SELECT id, name, rate_basis_points, is_default, is_active, version
  FROM tax_rates
  WHERE merchant_id = :merchantId
    AND is_active = 1
  ORDER BY is_default DESC, rate_basis_points DESC, name`;

/** In no order: pricing finds each by its id, at every sale. */
const SELECT_RATES_IN_FORCE = sql`
  SELECT id AS taxRateId, name, rate_basis_points AS rateBasisPoints
  FROM tax_rates
  WHERE merchant_id = :merchantId
    AND is_active = 1`;

const SELECT_TAX_RATE = sql`
  SELECT id, name, rate_basis_points, is_default, is_active, version
  FROM tax_rates
  WHERE id = :taxRateId
    AND merchant_id = :merchantId`;

const SELECT_DEFAULT_TAX_RATE = sql`
  SELECT id, name, rate_basis_points, is_default, is_active, version
  FROM tax_rates
  WHERE merchant_id = :merchantId
    AND is_default = 1
    AND is_active = 1`;

const INSERT_TAX_RATE = sql`
  INSERT INTO tax_rates (id, merchant_id, name, rate_basis_points, is_default, is_active, version)
  VALUES (:id, :merchantId, :name, :rateBasisPoints, :isDefault, 1, 1)`;

const UPDATE_TAX_RATE = sql`
  UPDATE tax_rates
  SET name = :name, rate_basis_points = :rateBasisPoints, is_default = :isDefault, is_active = :isActive,
    version = version + 1
  WHERE id = :id
    AND merchant_id = :merchantId`;

const CLEAR_DEFAULT_TAX_RATE = sql`
  UPDATE tax_rates
  SET is_default = 0, version = version + 1
  WHERE merchant_id = :merchantId
    AND is_default = 1
    AND id <> :exceptId`;

const COUNT_PRODUCTS_OF_TAX_RATE = sql`
  SELECT COUNT(*) AS found
  FROM products
  WHERE tax_rate_id = :taxRateId
    AND merchant_id = :merchantId
    AND is_active = 1`;

/** The tax rates in use, the default one first. */
export function selectTaxRates(db: ReadableDb, merchantId: string): TaxRate[] {
  return db.all<TaxRateRow>(SELECT_TAX_RATES, { merchantId }).map(toTaxRate);
}

/** The tax rates in use as pricing reads them, in no order. */
export function selectRatesInForce(
  db: ReadableDb,
  merchantId: string,
): Pick<TaxRate, 'taxRateId' | 'name' | 'rateBasisPoints'>[] {
  return db.all<Pick<TaxRate, 'taxRateId' | 'name' | 'rateBasisPoints'>>(SELECT_RATES_IN_FORCE, { merchantId });
}

export function selectTaxRate(db: ReadableDb, merchantId: string, taxRateId: string): TaxRate | null {
  const row = db.get<TaxRateRow>(SELECT_TAX_RATE, { merchantId, taxRateId });
  return row === undefined ? null : toTaxRate(row);
}

/** The rate that new products and open amounts carry. */
export function selectDefaultTaxRate(db: ReadableDb, merchantId: string): TaxRate | null {
  const row = db.get<TaxRateRow>(SELECT_DEFAULT_TAX_RATE, { merchantId });
  return row === undefined ? null : toTaxRate(row);
}

/** Adds a rate in use and returns its row for the op. */
export function insertTaxRate(db: WritableDb, rate: NewTaxRate): JsonRow {
  db.runOne(INSERT_TAX_RATE, { ...rate, isDefault: rate.isDefault ? 1 : 0 });
  return { ...rate, isActive: true, version: 1 };
}

export function updateTaxRate(db: WritableDb, rate: NewTaxRate & { readonly isActive: boolean }): void {
  db.runOne(UPDATE_TAX_RATE, { ...rate, isDefault: rate.isDefault ? 1 : 0, isActive: rate.isActive ? 1 : 0 });
}

/** Takes the default mark from every other rate: there is one default. */
export function clearDefaultTaxRate(db: WritableDb, merchantId: string, exceptId: string): void {
  db.run(CLEAR_DEFAULT_TAX_RATE, { merchantId, exceptId });
}

export function countProductsOfTaxRate(db: ReadableDb, merchantId: string, taxRateId: string): number {
  return db.get<{ found: number }>(COUNT_PRODUCTS_OF_TAX_RATE, { merchantId, taxRateId })?.found ?? 0;
}

export interface TaxRate {
  readonly taxRateId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
  readonly isDefault: boolean;
  readonly isActive: boolean;
  readonly version: number;
}

export interface NewTaxRate {
  readonly id: string;
  readonly merchantId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
  readonly isDefault: boolean;
}

interface TaxRateRow {
  readonly id: string;
  readonly name: string;
  readonly rate_basis_points: number;
  readonly is_default: number;
  readonly is_active: number;
  readonly version: number;
}

function toTaxRate(row: TaxRateRow): TaxRate {
  return {
    taxRateId: row.id,
    name: row.name,
    rateBasisPoints: row.rate_basis_points,
    isDefault: row.is_default === 1,
    isActive: row.is_active === 1,
    version: row.version,
  };
}
