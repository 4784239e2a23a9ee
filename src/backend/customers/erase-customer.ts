import { canonicalJson } from '#shop/audit/hash-chain.ts';
import { dueExpiries } from '#shop/points/due.ts';
import { foldLots, type Position } from '#shop/points/lots.ts';
import { transferAll } from '#shop/points/transfer-lots.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { readStoredDraft } from '#shop/till/sale-draft-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { type Member, selectHolder } from '../points/accounts-store.ts';
import { selectEntries } from '../points/entries-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { type Customer, selectCustomer } from './customers-store.ts';
import {
  deletePersonal,
  forgetScans,
  type PersonalPart,
  rewriteAuditPersonal,
  rewriteOpsPersonal,
  selectDraftsOf,
  selectDuplicatesOf,
  selectTraces,
  selectTypedTexts,
  updateDraftText,
} from './erasure-store.ts';
import { forgetLent } from './forget-lent.ts';
import { selectLentFields } from './lent-fields-store.ts';
import { sweepAfterErasure } from './sweep-erased.ts';
import { eraseValue } from '../value/erase-value.ts';

/**
 * Takes a person out of everything that is kept and keeps the books (C-50): their points and credit are booked off today
 * with the reason ERASED, claims and passes end, personal data goes from its table, the search index, events, remarks, drafts, audit rows and ops, and
 * their records that were merged into this one go along. Sales and past days stay as they are. Refuses 'not-found',
 * 'merge-already' with the customer who holds this record, and 'sale-not-completed' while a payment of theirs runs.
 */
export function eraseCustomer(
  scope: CommandScope,
  { customerId }: { customerId: string },
): Outcome<{ customerId: string; pointsErased: number; creditErasedMinor: number }> {
  const { db, shop } = scope;
  const known = selectCustomer(db, shop.merchantId, customerId);
  if (known === null || known.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (known.duplicateOf !== null) return refuse('merge-already', { customerId: known.duplicateOf });
  const ids = [...selectDuplicatesOf(db, { merchantId: shop.merchantId, customerId }), customerId];
  const people = ids.flatMap((id) => selectCustomer(db, shop.merchantId, id) ?? []);
  const drafts = people.flatMap((person) => draftsOf(scope, person));
  const pending = drafts.find((draft) => draft.saleStatus === 'pending');
  if (pending !== undefined) return refuse('sale-not-completed', { saleId: pending.saleId });
  const wasTold = people.flatMap((person) => [...textsOf(person), ...selectTypedTexts(db, person.customerId)]);
  let pointsErased = 0;
  let creditErasedMinor = 0;
  for (const person of people) {
    pointsErased += bookOff(scope, person.customerId);
    creditErasedMinor += eraseValue(scope, person.customerId);
    erasePerson(scope, person);
  }
  forgetScans(db, ids);
  for (const { saleId, draft } of drafts)
    updateDraftText(db, { saleId, draft: withoutPerson(draft), atMs: scope.moment.atMs });
  scope.afterCommit(() => sweepAfterErasure(scope.env, wasTold));
  for (const topic of ['customers', 'points', 'sales', 'drafts'] as const) scope.touch(topic);
  return done({ customerId, pointsErased, creditErasedMinor });
}

function draftsOf({ db, shop }: CommandScope, { customerId }: Customer) {
  return selectDraftsOf(db, { merchantId: shop.merchantId, customerId });
}

/** Books a balance off, lot by lot where some of it cannot be spent yet, so that nothing of it can ripen or expire later. */
function bookOff(scope: CommandScope, customerId: string): number {
  const member = selectHolder(scope.db, scope.shop.merchantId, customerId);
  if (member?.accountId == null) return 0;
  const entries = selectEntries(scope.db, member.accountId);
  let erased = 0;
  for (const programId of new Set(entries.map((entry) => entry.programId))) {
    const position = foldLots(
      entries.filter((entry) => entry.programId === programId),
      scope.moment.trustedAtMs,
    );
    bookExpired(scope, { member, programId, position });
    erased += position.balance;
    if (position.balance === 0 && position.lots.length === 0) continue;
    const whole = [{ fromLotId: null, points: position.balance }];
    for (const { fromLotId, points } of position.pendingLots.length === 0 ? whole : transferAll(position)) {
      appendEntry(scope, { member, programId, kind: 'adjust', points: -points, lotId: fromLotId, reason: 'ERASED' });
    }
  }
  if (erased !== 0) {
    scope.event({
      type: 'customer.rewarded.loyalty_points',
      category: 'EFFECT',
      customerId,
      data: { points: -erased, balance: 0, reason: 'ERASED' },
    });
  }
  return erased;
}

/** What has ended and nobody has written yet is expiry, not erasure. */
function bookExpired(
  scope: CommandScope,
  { member, programId, position }: { readonly member: Member; readonly programId: string; readonly position: Position },
): void {
  for (const due of dueExpiries({ accountId: member.accountId ?? '', programId }, position)) {
    const { entryId, lotId, points } = due;
    appendEntry(scope, { member, programId, kind: 'expire', points, entryId, lotId });
  }
}

function erasePerson(scope: CommandScope, person: Customer): void {
  const { db, shop, session, moment } = scope;
  const { customerId, customerNumber } = person;
  const { merchantId } = shop;
  const { subjects, operations } = selectTraces(db, { merchantId, customerId });
  const isOfPerson = (id: unknown): boolean => typeof id === 'string' && (id === customerId || subjects.has(id));
  const mayTell = ({ operationId, pii }: PersonalPart) => operations.has(operationId) || pii.includes(customerId);
  const lent = selectLentFields(db, customerId);
  rewriteAuditPersonal(db, (part) => {
    const pii = forgetLent(part, lent);
    return mayTell(part) ? auditWithout(pii, isOfPerson) : pii;
  });
  rewriteOpsPersonal(db, (part) => {
    const pii = forgetLent(part, lent);
    return mayTell(part) ? opWithout(pii, isOfPerson) : pii;
  });
  deletePersonal(db, { merchantId, customerId, customerNumber, staffId: session.staffId, atMs: moment.atMs });
  scope.fact('customers', { id: customerId, merchantId, status: 'erased', atMs: moment.atMs });
  scope.event({ type: 'customer.erased', category: 'ACTION', customerId, data: {} });
  scope.changed({
    table: 'customers',
    recordId: customerId,
    before: { status: person.status },
    after: { status: 'erased' },
  });
}

function auditWithout(pii: string, isOfPerson: (id: unknown) => boolean): string | null {
  const parts = JSON.parse(pii) as { readonly recordId: string }[];
  const left = parts.filter((part) => !isOfPerson(part.recordId));
  if (left.length === parts.length) return pii;
  return left.length === 0 ? null : canonicalJson(left);
}

/**
 * What is left of an op's personal part. Rows name their customer, sale or line; the events of a command on one person
 * go with it, and rows that tell of several people keep the others, whose part then no longer fits its hash.
 */
function opWithout(pii: string, isOfPerson: (id: unknown) => boolean): string | null {
  const tables = JSON.parse(pii) as Record<string, Record<string, unknown>[]>;
  const people = new Set((tables.customer_pii ?? []).map((row) => row.customerId));
  const isOnlyThisOne = [...people].every(isOfPerson);
  const left = Object.entries(tables).flatMap(([table, rows]) => {
    const kept = rows.filter((row) => !(table === 'customer_events' && isOnlyThisOne) && !tells(row, isOfPerson));
    return kept.length === 0 ? [] : [[table, kept] as const];
  });
  const text = left.length === 0 ? null : canonicalJson(Object.fromEntries(left));
  return text === pii ? pii : text;
}

function tells(row: Record<string, unknown>, isOfPerson: (id: unknown) => boolean): boolean {
  return isOfPerson(row.customerId) || isOfPerson(row.subjectId) || isOfPerson(row.id);
}

/** What an open amount is called whose name was erased: a line that is still being rung up has some name. */
const UNNAMED = '–';

/** A sale that is being rung up goes on for nobody, without what was typed about it. */
function withoutPerson(text: string): string {
  const { vouchers: _vouchers, passUses: _passUses, ...draft } = readStoredDraft(text);
  const lines = draft.lines.map((line) => ({ ...line, note: '', name: line.productId === null ? UNNAMED : line.name }));
  const nobody = { customerId: null, customerIdentifiedBy: null, customerIdentifiedAtMs: null, redemptions: [] };
  const exchange = draft.exchange === undefined ? {} : { exchange: { ...draft.exchange, reason: '' } };
  return JSON.stringify({ ...draft, ...nobody, ...exchange, lines, label: '', note: '' });
}

/** What to look for in the unused parts of the file. */
function textsOf({ personal }: Customer): string[] {
  const { fullName, callName, phone, email, note, tags, custom, blockReason } = personal;
  const values = Object.values(custom).filter((value) => typeof value === 'string');
  return [fullName, callName ?? '', phone ?? '', email ?? '', note, blockReason, ...tags, ...values];
}
