import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { datesOfPass, type Pass, passStandingOf, passToFill } from '#shop/passes/pass.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectHeld } from '../value/holds-store.ts';
import { type PassPlan, selectPassPlan } from './pass-plans-store.ts';
import {
  appendPassUnits,
  insertPass,
  revokePassRow,
  selectPass,
  selectPassesOf,
  selectPassOrigins,
} from './passes-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

const MAX_ADJUST_UNITS = 100_000;

export const passesOfSchema = z.strictObject({ customerId: idSchema });

/** A pass on the customer's page. unitsFree leaves out what open sales have set aside. */
export interface ShownPass extends Pass {
  readonly standing: ReturnType<typeof passStandingOf>;
  readonly unitsLeft: number;
  readonly unitsFree: number;
  /** What the voucher was called that it came from (S3-118); null: bought, or given by hand. */
  readonly fromVoucher: string | null;
}

/** Shows a customer's passes, the soonest to end first. Refuses 'not-found'. */
export function showPasses(
  { db, shop, moment }: ReadScope,
  { customerId }: z.output<typeof passesOfSchema>,
): Outcome<readonly ShownPass[]> {
  if (selectMember(db, shop.merchantId, customerId) === null) return refuse('not-found', { kind: 'customer' });
  const atMs = moment.trustedAtMs;
  const origins = selectPassOrigins(db, shop.merchantId, customerId);
  const shown = selectPassesOf(db, shop.merchantId, customerId).map((pass) => {
    const unitsLeft = pass.unitsTotal - pass.unitsUsed;
    const held = selectHeld(db, { subjectKind: 'pass', subjectId: pass.passId, saleId: null, atMs });
    const standing = passStandingOf(pass, atMs);
    const fromVoucher = origins.get(pass.passId) ?? null;
    return { ...pass, standing, unitsLeft, unitsFree: Math.max(0, unitsLeft - held.uses), fromVoucher };
  });
  return done(shown);
}

export const givePassSchema = z.strictObject({
  customerId: idSchema,
  planId: idSchema,
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

/**
 * Gives a customer what a plan says, without a sale: units are added to the pass of that plan that has no end, a package
 * and what ends begin anew (S3-14, S3-15, S3-21). Refuses 'not-found' and 'customer-blocked'.
 */
export function givePass(
  scope: CommandScope,
  { customerId, planId, note }: z.output<typeof givePassSchema>,
): Outcome<{ readonly passId: string; readonly unitsLeft: number; readonly endsAtMs: number | null }> {
  const { db, shop } = scope;
  const plan = selectPassPlan(db, shop.merchantId, planId);
  if (plan?.isActive !== true) return refuse('not-found', { kind: 'pass-plan' });
  const refused = refuseCustomer(scope, customerId);
  if (refused !== null) return refused;
  const { units, days } = plan.terms;
  const filled = passToFill(selectPassesOf(db, shop.merchantId, customerId), { ...plan, days });
  const passId = filled?.passId ?? makePass(scope, customerId, plan);
  appendPassUnits(scope, { passId, kind: 'grant', units, reason: 'goodwill' });
  const unitsLeft = (filled === null ? 0 : filled.unitsTotal - filled.unitsUsed) + units;
  const { endsAtMs } = selectPass(db, shop.merchantId, passId) ?? { endsAtMs: null };
  const data = { passId, planId, units, unitsLeft, endsAtMs };
  scope.event({ type: 'customer.pass.activated', category: 'EFFECT', customerId, data, pii: { note } });
  scope.changed({
    table: 'customer_packages',
    recordId: passId,
    before: null,
    after: { ...data, customerId },
    personalAfter: { note },
  });
  touchPasses(scope);
  return done({ passId, unitsLeft, endsAtMs });
}

function makePass(scope: CommandScope, customerId: string, { planId, name, kind, terms }: PassPlan): string {
  const dates = datesOfPass(terms, scope.moment.trustedAtMs, scope.shop.timeZone);
  return insertPass(scope, { customerId, planId, name, kind, terms, ...dates });
}

export const adjustPassSchema = z.strictObject({
  passId: idSchema,
  /** Signed: units that are given or taken. */
  units: z
    .int()
    .min(-MAX_ADJUST_UNITS)
    .max(MAX_ADJUST_UNITS)
    .refine((units) => units !== 0),
  reason: z.enum(['goodwill', 'correction']),
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

/**
 * Adds units to a pass by hand or takes unused ones, never those that a sale has set aside. Refuses 'not-found',
 * 'customer-blocked', 'pass-revoked' and 'pass-short'.
 */
export function adjustPass(
  scope: CommandScope,
  { passId, units, reason, note }: z.output<typeof adjustPassSchema>,
): Outcome<{ readonly unitsLeft: number }> {
  const pass = selectPass(scope.db, scope.shop.merchantId, passId);
  if (pass === null) return refuse('not-found', { kind: 'pass' });
  const refused = refuseCustomer(scope, pass.customerId);
  if (refused !== null) return refused;
  if (pass.revokedAtMs !== null) return refuse('pass-revoked');
  const before = pass.unitsTotal - pass.unitsUsed;
  const have = Math.max(0, before - heldUnitsOf(scope, passId));
  if (-units > have) return refuse('pass-short', { needed: -units, have });
  const entryId = appendPassUnits(scope, { passId, kind: 'adjust', units, reason });
  const unitsLeft = before + units;
  const { customerId } = pass;
  const data = { passId, entryId, units, unitsLeft, reason };
  scope.event({ type: 'customer.pass.adjusted', category: 'EFFECT', customerId, data, pii: { note } });
  scope.changed({
    table: 'package_uses',
    recordId: entryId,
    before: { unitsLeft: before },
    after: data,
    personalAfter: { note },
  });
  touchPasses(scope);
  return done({ unitsLeft });
}

export const revokePassSchema = z.strictObject({
  passId: idSchema,
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

/**
 * Takes a pass back for good: none of what is left can be used; what was used stays. Refuses 'not-found', 'pass-revoked',
 * and 'pass-short' while a sale has units of it set aside.
 */
export function revokePass(
  scope: CommandScope,
  { passId, note }: z.output<typeof revokePassSchema>,
): Outcome<{ readonly unitsLost: number }> {
  const pass = selectPass(scope.db, scope.shop.merchantId, passId);
  if (pass === null) return refuse('not-found', { kind: 'pass' });
  if (pass.revokedAtMs !== null) return refuse('pass-revoked');
  const unitsLost = pass.unitsTotal - pass.unitsUsed;
  const held = heldUnitsOf(scope, passId);
  if (held > 0) return refuse('pass-short', { needed: unitsLost, have: Math.max(0, unitsLost - held) });
  revokePassRow(scope, passId);
  const { customerId } = pass;
  const data = { passId, unitsLost };
  scope.event({ type: 'customer.pass.revoked', category: 'EFFECT', customerId, data, pii: { note } });
  const after = { revokedAtMs: scope.moment.trustedAtMs, unitsLost };
  scope.changed({
    table: 'customer_packages',
    recordId: passId,
    before: { revokedAtMs: null },
    after,
    personalAfter: { note },
  });
  touchPasses(scope);
  return done({ unitsLost });
}

function refuseCustomer({ db, shop }: CommandScope, customerId: string): Refusal | null {
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
  return member.status === 'blocked' ? refuse('customer-blocked', { customerId }) : null;
}

function heldUnitsOf({ db, moment }: CommandScope, passId: string): number {
  return selectHeld(db, { subjectKind: 'pass', subjectId: passId, saleId: null, atMs: moment.trustedAtMs }).uses;
}

function touchPasses(scope: CommandScope): void {
  for (const topic of ['wallet', 'customers'] as const) scope.touch(topic);
}
