import { type Experiment, experimentSchema } from '#shop/experiments/experiment.ts';
import type { JsonRow } from '../command-scope.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_RUNNING = sql`
  SELECT id AS experimentId, definition, started_at_ms AS startedAtMs
  FROM experiments
  WHERE merchant_id = :merchantId
    AND status = 'running'
  ORDER BY id`;

const SELECT_EXPOSURE = sql`
  SELECT variant_id AS variantId, exposed_at_ms AS exposedAtMs
  FROM experiment_exposures
  WHERE experiment_id = :experimentId
    AND customer_id = :customerId`;

const INSERT_EXPOSURE = sql`
  INSERT INTO experiment_exposures (experiment_id, customer_id, merchant_id, variant_id, bucket, exposed_at_ms)
  VALUES (:experimentId, :customerId, :merchantId, :variantId, :bucket, :exposedAtMs)`;

const SELECT_CONVERSION = sql`
  SELECT transaction_id AS saleId
  FROM experiment_conversions
  WHERE experiment_id = :experimentId
    AND customer_id = :customerId`;

const SELECT_CONVERSIONS_OF_SALE = sql`
  SELECT c.experiment_id AS experimentId, c.customer_id AS customerId, e.definition, e.ended_at_ms AS endedAtMs,
    x.variant_id AS variantId, x.exposed_at_ms AS exposedAtMs
  FROM experiment_conversions c
  JOIN experiments e ON e.id = c.experiment_id
  JOIN experiment_exposures x ON x.experiment_id = c.experiment_id
    AND x.customer_id = c.customer_id
  WHERE c.transaction_id = :saleId`;

const INSERT_CONVERSION = sql`
  INSERT INTO experiment_conversions (experiment_id, customer_id, merchant_id, transaction_id, converted_at_ms)
  VALUES (:experimentId, :customerId, :merchantId, :saleId, :convertedAtMs)`;

const DELETE_CONVERSION = sql`
  DELETE FROM experiment_conversions
  WHERE experiment_id = :experimentId
    AND customer_id = :customerId`;

/** The first sale of a customer in a span of business dates that stands; campaignId null: whatever was used in it. */
const SELECT_FIRST_SALE = sql`
  SELECT t.id AS saleId, t.completed_at_ms AS atMs
  FROM transactions t
  WHERE t.customer_id = :customerId
    AND t.merchant_id = :merchantId
    AND t.kind = 'SALE'
    AND t.status = 'completed'
    AND t.completed_at_ms >= :sinceMs
    AND t.completed_at_ms < :beforeMs
    AND t.business_date BETWEEN :fromDate AND :toDate
    AND (t.amount_minor = 0 OR t.refunded_minor < t.amount_minor)
    AND (:campaignId IS NULL OR EXISTS (
      SELECT 1
      FROM voucher_redemptions r
      WHERE r.transaction_id = t.id
        AND r.campaign_id = :campaignId))
  ORDER BY t.completed_at_ms, t.id
  LIMIT 1`;

const SELECT_EXPERIMENTS = sql`
  SELECT id AS experimentId, status, definition, revision, created_at_ms AS createdAtMs, started_at_ms AS startedAtMs,
    ended_at_ms AS endedAtMs
  FROM experiments
  WHERE merchant_id = :merchantId
  ORDER BY created_at_ms DESC, id DESC
  LIMIT 200`;

const SELECT_EXPERIMENT = sql`
  SELECT id AS experimentId, status, definition, revision, created_at_ms AS createdAtMs, started_at_ms AS startedAtMs,
    ended_at_ms AS endedAtMs
  FROM experiments
  WHERE id = :experimentId
    AND merchant_id = :merchantId`;

const UPSERT_EXPERIMENT = sql`
  INSERT INTO experiments (id, merchant_id, name, definition, revision, created_by_staff_id, created_at_ms)
  VALUES (:experimentId, :merchantId, :name, :definition, :revision, :staffId, :createdAtMs)
  ON CONFLICT (id) DO UPDATE SET
    name = excluded.name,
    definition = excluded.definition,
    revision = excluded.revision`;

const SET_STATE = sql`
  UPDATE experiments
  SET status = :status, started_at_ms = :startedAtMs, ended_at_ms = :endedAtMs
  WHERE id = :experimentId`;

const DELETE_EXPERIMENT = sql`
  DELETE FROM experiments
  WHERE id = :experimentId
    AND status = 'draft'`;

/**
 * For the reading worker: it goes through everybody who met the experiment. Records that were merged are one person, in the
 * arm that they met first: the arm stands in the row of the one MIN, and a second MIN or MAX would make that row any.
 */
export const COUNT_ARMS = sql`
  SELECT found.variantId, COUNT(*) AS exposures, SUM(found.hasConverted) AS conversions
  FROM (
    SELECT x.variant_id AS variantId, MIN(x.exposed_at_ms) AS exposedAtMs, SUM(c.customer_id IS NOT NULL) > 0 AS hasConverted
    FROM experiment_exposures x
    JOIN customers k ON k.id = x.customer_id
    LEFT JOIN experiment_conversions c ON c.experiment_id = x.experiment_id
      AND c.customer_id = x.customer_id
    WHERE x.experiment_id = :experimentId
    GROUP BY COALESCE(k.duplicate_of, k.id)) found
  GROUP BY found.variantId`;

/** An experiment that runs. Its terms do not change any more. */
export interface RunningExperiment {
  readonly experimentId: string;
  readonly startedAtMs: number;
  readonly experiment: Experiment;
}

/** Terms by id and text: reading the same text again would give the same. */
const KNOWN_TERMS = new Map<string, Experiment>();
const MOST_KNOWN = 200;

/** The terms of an experiment as they are kept. */
export function termsOf(definition: string): Experiment {
  const known = KNOWN_TERMS.get(definition);
  if (known !== undefined) return known;
  const experiment = experimentSchema.parse(JSON.parse(definition));
  if (KNOWN_TERMS.size >= MOST_KNOWN) KNOWN_TERMS.clear();
  KNOWN_TERMS.set(definition, experiment);
  return experiment;
}

export function selectRunningExperiments(db: ReadableDb, merchantId: string): RunningExperiment[] {
  const rows = db.all<{ experimentId: string; definition: string; startedAtMs: number }>(SELECT_RUNNING, {
    merchantId,
  });
  return rows.map(({ definition, ...row }) => ({ ...row, experiment: termsOf(definition) }));
}

/** When a customer first met an experiment, and the arm that they have been in since. */
export interface Exposure {
  readonly variantId: string;
  readonly exposedAtMs: number;
}

export function selectExposure(db: ReadableDb, experimentId: string, customerId: string): Exposure | null {
  return db.get<Exposure>(SELECT_EXPOSURE, { experimentId, customerId }) ?? null;
}

export function insertExposure(
  db: WritableDb,
  row: Exposure & {
    readonly experimentId: string;
    readonly customerId: string;
    readonly merchantId: string;
    readonly bucket: number;
  },
): JsonRow {
  db.runOne(INSERT_EXPOSURE, { ...row });
  return { ...row };
}

export function hasConverted(db: ReadableDb, experimentId: string, customerId: string): boolean {
  return db.get(SELECT_CONVERSION, { experimentId, customerId }) !== undefined;
}

export interface ConversionRow {
  readonly experimentId: string;
  readonly customerId: string;
  readonly merchantId: string;
  readonly saleId: string;
  readonly convertedAtMs: number;
}

export function insertConversion(db: WritableDb, row: ConversionRow): JsonRow {
  db.runOne(INSERT_CONVERSION, { ...row });
  return { ...row };
}

/** An exposure that a conversion came of. */
interface ConvertedExposure extends Exposure {
  readonly experimentId: string;
  readonly customerId: string;
  readonly endedAtMs: number | null;
}

/** The conversions that a sale is, each with its terms and the exposure before it. */
export function selectConversionsOfSale(
  db: ReadableDb,
  saleId: string,
): (ConvertedExposure & { experiment: Experiment })[] {
  const rows = db.all<ConvertedExposure & { definition: string }>(SELECT_CONVERSIONS_OF_SALE, { saleId });
  return rows.map(({ definition, ...row }) => ({ ...row, experiment: termsOf(definition) }));
}

export function deleteConversion(db: WritableDb, experimentId: string, customerId: string): void {
  db.runOne(DELETE_CONVERSION, { experimentId, customerId });
}

/** The first sale that stands of a customer, from a moment on and in a span of business dates, in which a campaign was used. */
export function selectFirstSale(
  db: ReadableDb,
  sought: {
    readonly merchantId: string;
    readonly customerId: string;
    readonly sinceMs: number;
    readonly beforeMs: number;
    readonly fromDate: string;
    readonly toDate: string;
    /** Null: whatever was used in it. */
    readonly campaignId: string | null;
  },
): { saleId: string; atMs: number } | null {
  return db.get<{ saleId: string; atMs: number }>(SELECT_FIRST_SALE, { ...sought }) ?? null;
}

/** An experiment as it is kept, whatever its state. */
export interface StoredExperiment {
  readonly experimentId: string;
  readonly status: 'draft' | 'running' | 'ended';
  readonly revision: number;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly experiment: Experiment;
}

type ExperimentRow = Omit<StoredExperiment, 'experiment'> & { readonly definition: string };

/** The last 200 experiments, the newest first. */
export function selectExperiments(db: ReadableDb, merchantId: string): StoredExperiment[] {
  return db.all<ExperimentRow>(SELECT_EXPERIMENTS, { merchantId }).map(stored);
}

export function selectExperiment(db: ReadableDb, merchantId: string, experimentId: string): StoredExperiment | null {
  const row = db.get<ExperimentRow>(SELECT_EXPERIMENT, { merchantId, experimentId });
  return row === undefined ? null : stored(row);
}

function stored({ definition, ...row }: ExperimentRow): StoredExperiment {
  return { ...row, experiment: termsOf(definition) };
}

export interface ExperimentToKeep {
  readonly experimentId: string;
  readonly merchantId: string;
  readonly experiment: Experiment;
  readonly revision: number;
  readonly staffId: string;
  readonly createdAtMs: number;
}

/** Keeps a draft, a new one or the next revision of one; returns the row for the op. */
export function storeExperiment(db: WritableDb, { experiment, ...row }: ExperimentToKeep): JsonRow {
  const kept = { ...row, name: experiment.name, definition: JSON.stringify(experiment) };
  db.runOne(UPSERT_EXPERIMENT, kept);
  return { ...kept, status: 'draft' };
}

/** Starts or ends an experiment. */
export function setExperimentState(
  db: WritableDb,
  row: Pick<StoredExperiment, 'experimentId' | 'status' | 'startedAtMs' | 'endedAtMs'>,
): void {
  db.runOne(SET_STATE, { ...row });
}

export function deleteExperiment(db: WritableDb, experimentId: string): void {
  db.runOne(DELETE_EXPERIMENT, { experimentId });
}

/** How many customers met an arm, and how many of them converted. */
export interface ArmCount {
  readonly variantId: string;
  readonly exposures: number;
  readonly conversions: number;
}

/** The arms in their order with what was counted of each. */
export function armsOf(
  { variants }: Experiment,
  counts: readonly ArmCount[],
): (Experiment['variants'][number] & ArmCount)[] {
  return variants.map((variant) => {
    const counted = counts.find(({ variantId }) => variantId === variant.variantId);
    return { ...variant, exposures: counted?.exposures ?? 0, conversions: counted?.conversions ?? 0 };
  });
}
