import { z } from 'zod';
import { consentStanding, joinedConsent, joinedStatus } from '#shop/customers/consent.ts';
import { shownPhone } from '#shop/customers/phone.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { foldLots } from '#shop/points/lots.ts';
import { transferAll } from '#shop/points/transfer-lots.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectHolder } from '../points/accounts-store.ts';
import { entriesByProgramme, movePoints, settleTiersOf } from '../ledger/merge-points.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { standingsOf } from '../ledger/standing.ts';
import { mergeValue, previewMergedValue } from '../value/merge-value.ts';
import { refusalError } from '../trpc.ts';
import { selectConsents } from './consents-store.ts';
import { type Customer, type PersonalData, selectCustomer } from './customers-store.ts';
import { selectDraftsOf, selectDuplicatesOf, updateDraftText } from './erasure-store.ts';
import { insertMerge, insertMergeLots, pointCustomerTo } from './merges-store.ts';
import { moveMember } from './segment-members.ts';
import { selectSegmentsOf } from './segments-store.ts';
import { writeChange } from './update-customer.ts';

/** A merge can be undone for so long. */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

export const mergeSchema = z.strictObject({ fromCustomerId: idSchema, intoCustomerId: idSchema });
type MergeInput = z.output<typeof mergeSchema>;

type Standing = Customer & { readonly status: 'active' | 'blocked' };

/** Says what a merge would do, writing nothing. Throws what `mergeCustomers` refuses. */
export function previewMerge(scope: ReadScope, input: MergeInput) {
  const { db, shop } = scope;
  const pair = pairOf(db, shop.merchantId, input);
  if ('kind' in pair) throw refusalError(pair);
  const { from, into } = pair;
  return {
    from: sideOf(scope, from),
    into: sideOf(scope, into),
    ...fillingShown(fillingOf(db, shop.merchantId, from, into)),
    points: pointsAfter(scope, from, into),
    value: previewMergedValue(scope, input),
    undoDays: UNDO_DAYS,
  };
}

function sideOf(scope: ReadScope, customer: Customer) {
  const { db, shop } = scope;
  const { customerId, code, personal, createdAtMs, spentMinor, salesCount, lastVisitAtMs } = customer;
  const [main] = standingsOf(
    scope,
    selectHolder(db, shop.merchantId, customerId),
    selectLiveProgrammes(db, shop.merchantId),
  );
  const tier = main?.tier() ?? null;
  const level = main?.version.programme.tiers?.levels.find(({ tierId }) => tierId === tier?.tierId);
  return {
    ...{ customerId, code, displayName: personal.fullName === '' ? code : personal.fullName },
    ...{
      phone: personal.phone === null ? null : shownPhone(personal.phone, shop.country),
      email: personal.email,
      birthday: personal.birthday,
    },
    ...{ createdAtMs, spentMinor, salesCount, lastVisitAtMs, tierName: level?.name ?? null },
    balance: main?.balance() ?? 0,
  };
}

function pointsAfter({ db, shop, moment }: ReadScope, from: Customer, into: Customer) {
  const fold = (customerId: string) => {
    const accountId = selectHolder(db, shop.merchantId, customerId)?.accountId ?? null;
    return new Map(
      [...entriesByProgramme({ db }, accountId)].map(([programId, entries]) => [
        programId,
        foldLots(entries, moment.trustedAtMs),
      ]),
    );
  };
  const [left, right] = [fold(from.customerId), fold(into.customerId)];
  return [...new Set([...right.keys(), ...left.keys()])].map((programId) => {
    const moving = left.get(programId);
    const lots = moving === undefined ? [] : transferAll(moving);
    const before = right.get(programId)?.balance ?? 0;
    const movedPoints = moving?.balance ?? 0;
    return {
      programId,
      movedPoints,
      balanceAfter: before + movedPoints,
      lots: lots.map(({ points, expiresAtMs, ripensAtMs }) => ({ points, expiresAtMs, ripensAtMs })),
    };
  });
}

/**
 * Joins two records of one person: points and credit with their lots and expiries, vouchers, gift cards, passes, totals, visits and history
 * go to `into`, which is told what it did not know; a block and a withdrawn consent of either hold for both; the card of `from` finds it from now
 * on. Can be undone for 30 days. Refuses 'not-found', 'merge-same', 'merge-already' and 'sale-not-completed' while a payment
 * of `from` runs.
 */
export function mergeCustomers(
  scope: CommandScope,
  input: MergeInput,
): Outcome<{ mergeId: string; intoCustomerId: string; movedPoints: number }> {
  const { db, shop, session, moment } = scope;
  const pair = pairOf(db, shop.merchantId, input);
  if ('kind' in pair) return pair;
  const { from, into } = pair;
  const drafts = selectDraftsOf(db, { merchantId: shop.merchantId, customerId: from.customerId });
  const pending = drafts.find((draft) => draft.saleStatus === 'pending');
  if (pending !== undefined) return refuse('sale-not-completed', { saleId: pending.saleId });
  const mergeId = scope.newId();
  const customers = selectDuplicatesOf(db, { merchantId: shop.merchantId, customerId: from.customerId });
  const segments = selectSegmentsOf(db, from.customerId).filter((segment) => segment.kind === 'static');
  const lots = movePoints(scope, from.customerId, into.customerId);
  const filling = fillingOf(db, shop.merchantId, from, into);
  const { filled } = filling;
  for (const customerId of [...customers, from.customerId]) pointTo(scope, customerId, into.customerId);
  if (filled.length > 0) fill(scope, into, filling);
  const was = new Set(selectSegmentsOf(db, into.customerId).map(({ segmentId }) => segmentId));
  const segmentIds = segments.map(({ segmentId }) => segmentId);
  const repointed = { customers, segments: segmentIds, joined: segmentIds.filter((id) => !was.has(id)) };
  const merge = { mergeId, fromCustomerId: from.customerId, intoCustomerId: into.customerId, filled, repointed };
  const row = { ...merge, mergedAtMs: moment.trustedAtMs, undoUntilMs: moment.trustedAtMs + UNDO_DAYS * DAY_MS };
  insertMerge(db, { ...row, merchantId: shop.merchantId, staffId: session.staffId });
  insertMergeLots(db, { mergeId, merchantId: shop.merchantId, lots });
  mergeValue(scope, mergeId, input);
  for (const { segmentId } of segments) {
    moveMember(scope, { segmentId, customerId: from.customerId, belongs: false });
    moveMember(scope, { segmentId, customerId: into.customerId, belongs: true });
  }
  for (const { saleId, draft } of drafts) {
    updateDraftText(db, { saleId, draft: withCustomer(draft, into.customerId), atMs: moment.atMs });
  }
  settleTiersOf(scope, into.customerId);
  const movedPoints = lots.reduce((sum, lot) => sum + lot.points, 0);
  record(scope, merge, movedPoints);
  return done({ mergeId, intoCustomerId: into.customerId, movedPoints });
}

function pairOf(
  db: ReadableDb,
  merchantId: string,
  { fromCustomerId, intoCustomerId }: MergeInput,
): { readonly from: Standing; readonly into: Standing } | Refusal {
  if (fromCustomerId === intoCustomerId) return refuse('merge-same');
  const [from, into] = [fromCustomerId, intoCustomerId].map((id) => selectCustomer(db, merchantId, id));
  if (from == null || into == null || from.status === 'erased' || into.status === 'erased') {
    return refuse('not-found', { kind: 'customer' });
  }
  const merged = from.duplicateOf ?? into.duplicateOf;
  if (merged !== null) return refuse('merge-already', { customerId: merged });
  return { from: from as Standing, into: into as Standing };
}

const FILLABLE = ['callName', 'phone', 'email', 'birthday', 'contactBy', 'fullName', 'note', 'tags'] as const;

/** What the second record takes over from the first one, by the names of the fields. */
interface Filling {
  readonly filled: readonly string[];
  readonly personal: PersonalData;
  readonly language: string | null;
  readonly status: 'active' | 'blocked';
  readonly consentMarketing: boolean;
}

/** What somebody is told before two records are joined: fields, and what changes of whether they buy and are written to. */
function fillingShown({ filled, consentMarketing }: Filling) {
  const isConsentChanged = filled.includes('consent');
  return {
    filled: filled.filter((name) => !['status', 'blockReason', 'consent'].includes(name)),
    isBlockedAfter: filled.includes('status'),
    consentAfter: isConsentChanged ? (consentMarketing ? 'given' : 'withdrawn') : null,
  } as const;
}

/** What the second record did not know and the first one did; and a block or a consent that are the person's. */
function fillingOf(db: ReadableDb, merchantId: string, from: Standing, into: Standing): Filling {
  const isEmpty = (value: unknown): boolean =>
    value === null || value === '' || (Array.isArray(value) && value.length === 0);
  const fields = FILLABLE.filter((field) => isEmpty(into.personal[field]) && !isEmpty(from.personal[field]));
  const own = Object.keys(from.personal.custom).filter((fieldId) => !(fieldId in into.personal.custom));
  const language = into.language ?? from.language;
  const status = joinedStatus(from.status, into.status);
  const isBlocked = status !== into.status;
  const personal: PersonalData = {
    ...into.personal,
    ...Object.fromEntries(fields.map((field) => [field, from.personal[field]])),
    custom: { ...from.personal.custom, ...into.personal.custom },
    blockReason: isBlocked ? from.personal.blockReason : into.personal.blockReason,
  };
  const consentMarketing =
    joinedConsent(standingOf(db, merchantId, from), standingOf(db, merchantId, into)) === 'given';
  const filled = [
    ...fields,
    ...own.map((fieldId) => `custom:${fieldId}`),
    ...(language === into.language ? [] : ['language']),
    ...(isBlocked ? ['status', 'blockReason'] : []),
    ...(consentMarketing === into.consentMarketing ? [] : ['consent']),
  ];
  return { filled, personal, language, status, consentMarketing };
}

function standingOf(db: ReadableDb, merchantId: string, { customerId, consentMarketing }: Standing) {
  return consentStanding(consentMarketing, selectConsents(db, merchantId, customerId));
}

function fill(scope: CommandScope, into: Standing, filling: Filling): void {
  const { shop, moment } = scope;
  const { customerId, code } = into;
  const { personal, language, status, consentMarketing } = filling;
  const row = { id: customerId, merchantId: shop.merchantId, code, consentMarketing, status, atMs: moment.atMs };
  const change = { after: { ...row, language }, personal, consent: { channel: 'merge' } } as const;
  writeChange(scope, into, { ...change, type: null });
  if (status !== into.status) scope.event({ type: 'customer.blocked', category: 'EFFECT', customerId, data: {} });
}

export function pointTo(scope: CommandScope, customerId: string, intoCustomerId: string | null): void {
  const { merchantId } = scope.shop;
  const row = { customerId, merchantId, intoCustomerId, atMs: scope.moment.atMs };
  pointCustomerTo(scope.db, row);
  scope.fact('customers', { id: customerId, merchantId, duplicateOf: intoCustomerId, atMs: row.atMs });
}

/** A sale that is being rung up for the first record goes on for the second. */
function withCustomer(text: string, customerId: string): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), customerId });
}

function record(
  scope: CommandScope,
  merge: {
    readonly mergeId: string;
    readonly fromCustomerId: string;
    readonly intoCustomerId: string;
    readonly filled: readonly string[];
  },
  points: number,
): void {
  const { mergeId, fromCustomerId, intoCustomerId, filled } = merge;
  scope.fact('customer_merges', {
    id: mergeId,
    fromCustomerId,
    intoCustomerId,
    filled,
    atMs: scope.moment.trustedAtMs,
  });
  const data = { mergeId, fromCustomerId, intoCustomerId, points };
  scope.event({ type: 'customer.merged', category: 'ACTION', customerId: intoCustomerId, data });
  scope.event({ type: 'customer.merged', category: 'EFFECT', customerId: fromCustomerId, data });
  scope.changed({ table: 'customer_merges', recordId: mergeId, before: null, after: { ...data, filled } });
  for (const topic of ['customers', 'points', 'drafts'] as const) scope.touch(topic);
}
