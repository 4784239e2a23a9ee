import type { CustomValues } from '#shop/customers/custom-field.ts';
import type { SegmentCondition, SegmentFacts, SegmentRule } from '#shop/customers/segment-rule.ts';
import type { ReadableDb, Sql } from '../db/database.ts';

// What a rule reads of a customer, in one place for both readers below: their names are those of SegmentFacts. Records that
// were merged into a customer count with them.
const FACTS = `
  SELECT c.id AS customerId,
    c.total_spent_minor + COALESCE((
      SELECT SUM(d.total_spent_minor) FROM customers d WHERE d.duplicate_of = c.id), 0) AS spentMinor,
    c.total_transactions + COALESCE((
      SELECT SUM(d.total_transactions) FROM customers d WHERE d.duplicate_of = c.id), 0) AS sales,
    (
      SELECT COUNT(DISTINCT v.business_date) FROM customer_visits v
      WHERE v.merchant_id = c.merchant_id AND v.visit_count > 0 AND v.customer_id IN (
        SELECT c.id UNION ALL SELECT d.id FROM customers d WHERE d.duplicate_of = c.id)) AS visits,
    COALESCE(a.current_points, 0) AS balance,
    (
      SELECT CAST(julianday(:today) - julianday(MAX(v.business_date)) AS INTEGER) FROM customer_visits v
      WHERE v.merchant_id = c.merchant_id AND v.visit_count > 0 AND v.customer_id IN (
        SELECT c.id UNION ALL SELECT d.id FROM customers d WHERE d.duplicate_of = c.id)) AS lastVisitDays,
    (
      SELECT CAST(julianday(:today) - julianday(MIN(v.business_date)) AS INTEGER) FROM customer_visits v
      WHERE v.merchant_id = c.merchant_id AND v.visit_count > 0 AND v.customer_id IN (
        SELECT c.id UNION ALL SELECT d.id FROM customers d WHERE d.duplicate_of = c.id)) AS firstVisitDays,
    (CAST(:nowMs AS INTEGER) - c.created_at_ms) / 86400000 AS createdDays,
    (
      SELECT t.tier_id FROM customer_tiers t
      JOIN loyalty_programs g ON g.id = t.program_id AND g.is_main = 1
      WHERE t.account_id = a.id) AS tier,
    c.language, p.tags, CAST(substr(p.birthday, -5, 2) AS INTEGER) AS birthdayMonth, c.consent_marketing AS consent,
    p.custom`;
const FROM = `
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.merchant_id = :merchantId
    AND c.duplicate_of IS NULL
    AND c.status <> 'erased'`;

const FACTS_OF_SOME = `${FACTS} FROM json_each(:customerIds) n CROSS JOIN customers c ON c.id = n.value ${FROM}` as Sql;

/** The instant as which a rule is asked: the business date counts visits back, the month is 1 to 12. */
export interface SegmentInstant {
  readonly merchantId: string;
  readonly nowMs: number;
  readonly today: string;
}

export const monthOf = ({ today }: SegmentInstant): number => Number(today.slice(5, 7));

interface FactsRow extends Omit<SegmentFacts, 'tags' | 'consent' | 'custom'> {
  readonly customerId: string;
  readonly tags: string | null;
  readonly consent: number;
  readonly custom: string | null;
}

/** What rules read of these customers; records that were merged into others and erased ones are left out. */
export function selectFacts(
  db: ReadableDb,
  instant: SegmentInstant,
  customerIds: readonly string[],
): Map<string, SegmentFacts> {
  const rows = db.all<FactsRow>(FACTS_OF_SOME, { ...instant, customerIds: JSON.stringify(customerIds) });
  return new Map(
    rows.map(({ customerId, ...row }) => [
      customerId,
      {
        ...row,
        tags: row.tags === null ? [] : (JSON.parse(row.tags) as string[]),
        consent: row.consent === 1,
        custom: row.custom === null ? {} : (JSON.parse(row.custom) as CustomValues),
      },
    ]),
  );
}

/** A statement with its values. Its text is put together from the constants of this file: values are always bound. */
export interface Compiled {
  readonly statement: string;
  readonly parameters: Readonly<Record<string, string | number | null>>;
}

/** The rule as one statement over all customers: what `isInSegment` says of each of them (a property of the tests). */
export function compileSegment(rule: SegmentRule, instant: SegmentInstant, wanted: 'ids' | 'count'): Compiled {
  const values: (string | number)[] = [monthOf(instant)];
  const bind = (value: string | number): string => `:v${values.push(value) - 1}`;
  const condition = conditionOf(rule, bind);
  const columns = wanted === 'ids' ? 'f.customerId' : 'COUNT(*) AS count';
  const parameters = Object.fromEntries(values.map((value, position) => [`v${position}`, value]));
  return {
    // :v0 is read once in any case, so that a rule without months binds it too.
    statement: `SELECT ${columns} FROM (${FACTS} FROM customers c ${FROM}) f WHERE :v0 > 0 AND ${condition}`,
    parameters: { ...instant, ...parameters },
  };
}

type Bind = (value: string | number) => string;

function conditionOf(rule: SegmentRule, bind: Bind): string {
  if ('not' in rule) return `NOT (${conditionOf(rule.not, bind)})`;
  if ('all' in rule)
    return rule.all.length === 0 ? '1' : `(${rule.all.map((part) => conditionOf(part, bind)).join(' AND ')})`;
  if ('any' in rule)
    return rule.any.length === 0 ? '0' : `(${rule.any.map((part) => conditionOf(part, bind)).join(' OR ')})`;
  if (rule.field === 'tags') return tagsCondition(rule, bind);
  return rule.field === 'custom' ? customCondition(rule, bind) : plainCondition(rule, bind);
}

function plainCondition({ field, operator, value }: SegmentCondition, bind: Bind): string {
  const column = `f.${field}`;
  switch (operator) {
    case 'is':
      return `(${column} IS ${boundOf(value, bind)})`;
    case 'is-not':
      return `(${column} IS NOT ${boundOf(value, bind)})`;
    case 'is-empty':
      return `(${column} IS NULL)`;
    case 'is-this-month':
      return `(${column} IS :v0)`;
    case 'at-least':
      return `(${column} IS NOT NULL AND ${column} >= ${boundOf(value, bind)})`;
    case 'at-most':
      return `(${column} IS NOT NULL AND ${column} <= ${boundOf(value, bind)})`;
  }
}

function tagsCondition({ operator, value }: SegmentCondition, bind: Bind): string {
  const tags = `json_each(COALESCE(f.tags, '[]'))`;
  if (operator === 'is-empty') return `NOT EXISTS (SELECT 1 FROM ${tags})`;
  const has = `EXISTS (SELECT 1 FROM ${tags} t WHERE t.value = ${boundOf(value, bind)})`;
  return operator === 'is' ? has : `NOT ${has}`;
}

/** A value of the shop's own: it is compared with values of its own type alone. */
function customCondition({ fieldId, operator, value }: SegmentCondition, bind: Bind): string {
  const path = bind(`$."${fieldId}"`);
  const type = `COALESCE(json_type(f.custom, ${path}), 'null')`;
  const found = `json_extract(f.custom, ${path})`;
  if (operator === 'is-empty') return `(${type} = 'null')`;
  const isOfType =
    typeof value === 'boolean'
      ? `${type} = '${value}'`
      : typeof value === 'number'
        ? `${type} IN ('integer', 'real')`
        : `${type} = 'text'`;
  const isEqual = typeof value === 'boolean' ? isOfType : `(${isOfType} AND ${found} = ${boundOf(value, bind)})`;
  if (operator === 'is') return `(${isEqual})`;
  if (operator === 'is-not') return `NOT (${isEqual})`;
  return `(${isOfType} AND ${found} ${operator === 'at-least' ? '>=' : '<='} ${boundOf(value, bind)})`;
}

function boundOf(value: SegmentCondition['value'], bind: Bind): string {
  return bind(typeof value === 'boolean' ? Number(value) : (value ?? ''));
}
