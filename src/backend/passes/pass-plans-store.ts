import { type PassTerms, passTermsSchema } from '#shop/passes/pass.ts';
import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_PLANS = sql`
  SELECT id AS planId, name, kind, terms, is_active AS isActive, version, created_at_ms AS createdAtMs
  FROM pass_plans
  WHERE merchant_id = :merchantId
  ORDER BY is_active DESC, name, id`;

const SELECT_PLAN = sql`
  SELECT id AS planId, name, kind, terms, is_active AS isActive, version, created_at_ms AS createdAtMs
  FROM pass_plans
  WHERE id = :planId
    AND merchant_id = :merchantId`;

const UPSERT_PLAN = sql`
  INSERT INTO pass_plans (id, merchant_id, name, kind, terms, is_active, version, created_at_ms, updated_at_ms)
  VALUES (:id, :merchantId, :name, :kind, :terms, :isActive, :version, :createdAtMs, :updatedAtMs)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, kind = excluded.kind, terms = excluded.terms, is_active = excluded.is_active,
    version = excluded.version, updated_at_ms = excluded.updated_at_ms`;

/** What passes of a kind are made with. A pass keeps the terms that it was made with. */
export interface PassPlan {
  readonly planId: string;
  readonly name: string;
  readonly kind: 'units' | 'package';
  readonly terms: PassTerms;
  readonly isActive: boolean;
  readonly version: number;
  readonly createdAtMs: number;
}

type PlanRow = Omit<PassPlan, 'terms' | 'isActive'> & { readonly terms: string; readonly isActive: 0 | 1 };

/** All plans, those in use first. */
export function selectPassPlans(db: ReadableDb, merchantId: string): PassPlan[] {
  return db.all<PlanRow>(SELECT_PLANS, { merchantId }).map(planOf);
}

export function selectPassPlan(db: ReadableDb, merchantId: string, planId: string): PassPlan | null {
  const row = db.get<PlanRow>(SELECT_PLAN, { merchantId, planId });
  return row === undefined ? null : planOf(row);
}

/** Writes a plan, new or changed, and puts it into the op. */
export function writePassPlan(scope: SystemScope, { planId, terms, isActive, ...plan }: PassPlan): void {
  const row = {
    ...plan,
    id: planId,
    merchantId: scope.shop.merchantId,
    terms: JSON.stringify(terms),
    isActive: isActive ? 1 : 0,
    updatedAtMs: scope.moment.atMs,
  };
  scope.db.runOne(UPSERT_PLAN, row);
  scope.fact('pass_plans', row);
}

function planOf(row: PlanRow): PassPlan {
  return { ...row, terms: passTermsSchema.parse(JSON.parse(row.terms)), isActive: row.isActive === 1 };
}
