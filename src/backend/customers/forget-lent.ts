import { canonicalJson } from '#shop/audit/hash-chain.ts';
import type { PersonalPart } from './erasure-store.ts';
import type { LentFields } from './lent-fields-store.ts';

type Told = Record<string, unknown>;

/**
 * Takes out of the personal part of an audit row or op what another record was told of a person while the two were merged.
 * The other record's own fields stay. Returns the same text where nothing is to be taken out.
 */
export function forgetLent({ pii, trustedAtMs }: PersonalPart, lent: readonly LentFields[]): string {
  const then = lent.filter(
    ({ customerId, fromMs, untilMs }) => fromMs <= trustedAtMs && trustedAtMs <= untilMs && pii.includes(customerId),
  );
  if (then.length === 0) return pii;
  return canonicalJson(then.reduce<unknown>(without, JSON.parse(pii)));
}

function without(told: unknown, lent: LentFields): unknown {
  if (Array.isArray(told)) return told.map((row) => without(row, lent));
  if (typeof told !== 'object' || told === null) return told;
  const row = told as Told;
  if (row.customerId === lent.customerId) return emptied(row, lent);
  if (row.recordId === lent.customerId) {
    return { ...row, ...emptiedAt(row, 'before', lent), ...emptiedAt(row, 'after', lent) };
  }
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, without(value, lent)]));
}

function emptiedAt(row: Told, side: 'before' | 'after', lent: LentFields): Told {
  const values = row[side];
  return typeof values === 'object' && values !== null ? { [side]: emptied(values as Told, lent) } : {};
}

function emptied(row: Told, { filled }: LentFields): Told {
  const fields = filled.filter((name) => name in row).map((name) => [name, null]);
  const own = filled.flatMap((name) => (name.startsWith('custom:') ? [name.slice('custom:'.length)] : []));
  const custom = Object.entries((row.custom ?? {}) as Told).filter(([fieldId]) => !own.includes(fieldId));
  return { ...row, ...Object.fromEntries(fields), ...('custom' in row ? { custom: Object.fromEntries(custom) } : {}) };
}
