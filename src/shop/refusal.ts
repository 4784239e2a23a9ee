import type { BackupRefusal } from './backups/backup-refusal.ts';
import type { CatalogueRefusal } from './catalogue/catalogue-refusal.ts';
import type { CreditRefusal } from './credit/credit-refusal.ts';
import type { CustomerRefusal } from './customers/customer-refusal.ts';
import type { ExperimentRefusal } from './experiments/experiment-refusal.ts';
import type { PassRefusal } from './passes/pass-refusal.ts';
import type { PointsRefusal } from './points/points-refusal.ts';
import type { ScanningRefusal } from './scanning/scanning-refusal.ts';
import type { RequestRefusal } from './staff/request-refusal.ts';
import type { StaffRefusal } from './staff/staff-refusal.ts';
import type { TillRefusal } from './till/till-refusal.ts';
import type { TimeRefusal } from './time/time-refusal.ts';
import type { UpdateRefusal } from './updates/may-take-over.ts';
import type { VoucherRefusal } from './vouchers/voucher-refusal.ts';

/** A plain fact that explains a refusal; never personal data, never SQL or a path. */
export type RefusalFacts = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Every reason for which the shop says no, as a closed union: screens word each of them.
 * A noun keeps its reasons in its own file and is named here once.
 */
export type RefusalReason =
  | RequestRefusal
  | StaffRefusal
  | CustomerRefusal
  | CatalogueRefusal
  | TillRefusal
  | PointsRefusal
  | TimeRefusal
  | ScanningRefusal
  | VoucherRefusal
  | CreditRefusal
  | PassRefusal
  | ExperimentRefusal
  | BackupRefusal
  | UpdateRefusal;

/** The shop says no: a value, stored as the answer of its command, never thrown inside a rule. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly facts: RefusalFacts;
}

/** The command was carried out; `value` is its answer and holds ids, never names. */
export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
}

export type Outcome<T> = Done<T> | Refusal;

/** Returns a refusal with the facts that explain it. */
export function refuse(reason: RefusalReason, facts: RefusalFacts = {}): Refusal {
  return { kind: 'refused', reason, facts };
}

/** Returns a command's answer. */
export function done<T>(value: T): Done<T> {
  return { kind: 'done', value };
}
