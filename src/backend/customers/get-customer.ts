import { shownPhone } from '#shop/customers/phone.ts';
import { averageSaleMinor } from '#shop/analytics/measures.ts';
import { foldLots, type PointLot } from '#shop/points/lots.ts';
import { refuse } from '#shop/refusal.ts';
import { addDays, daysFromCivil, parseDate } from '#shop/time/civil-date.ts';
import type { ReadScope } from '../context.ts';
import { refusalError } from '../trpc.ts';
import { countValueOnlySales, countVisits, selectLedger, selectVisitDates } from './customer-ledger-store.ts';
import { selectReplacedCodes } from './cards-store.ts';
import { selectConsents } from './consents-store.ts';
import { selectMergedInto } from './merges-store.ts';
import { selectSegmentsOf } from './segments-store.ts';
import { type Customer, selectCustomer } from './customers-store.ts';

/**
 * The customer page: who, how to reach them, what they hold in the main programme, how often they come. Throws the
 * refusal 'not-found'.
 */
export function getCustomer(scope: ReadScope, { customerId }: { customerId: string }) {
  const { db, shop, moment } = scope;
  const customer = selectCustomer(db, shop.merchantId, customerId);
  if (customer === null) throw refusalError(refuse('not-found', { kind: 'customer' }));
  const entries = selectLedger(db, shop.merchantId, customerId);
  const position = foldLots(
    entries.map((entry) => ({ ...entry, atMs: entry.trustedAtMs })),
    moment.trustedAtMs,
  );
  return {
    ...identityOf(customer, shop.country),
    consents: selectConsents(db, shop.merchantId, customerId),
    merges: selectMergedInto(db, customerId),
    segments: selectSegmentsOf(db, customerId),
    replacedCards: selectReplacedCodes(db, shop.merchantId, customerId),
    balance: position.balance,
    pendingPoints: position.pendingPoints,
    worthMinor: null as number | null,
    stats: {
      visits: countVisits(db, shop.merchantId, customerId),
      lastVisitAtMs: customer.lastVisitAtMs,
      spentMinor: customer.spentMinor,
      averageSaleMinor: averageSaleMinor({
        netSalesMinor: customer.spentMinor,
        basketCount: customer.salesCount - countValueOnlySales(db, customerId),
      }),
      salesCount: customer.salesCount,
    },
    visitsPerWeek: visitsPerWeek(scope, customerId),
    lots: position.lots as PointLot[],
  };
}

function identityOf(customer: Customer, country: string) {
  const { personal } = customer;
  return {
    customerId: customer.customerId,
    code: customer.code,
    displayName: personal.fullName === '' ? customer.code : personal.fullName,
    fullName: personal.fullName,
    callName: personal.callName,
    phone: personal.phone,
    phoneNational: personal.phone === null ? null : shownPhone(personal.phone, country),
    email: personal.email,
    birthday: personal.birthday,
    note: personal.note,
    tags: [...personal.tags],
    custom: personal.custom,
    contactBy: personal.contactBy,
    blockReason: personal.blockReason,
    language: customer.language,
    consentMarketing: customer.consentMarketing,
    duplicateOf: customer.duplicateOf,
    status: customer.status,
    version: customer.version,
    createdAtMs: customer.createdAtMs,
    /** What the card's QR holds: the code, which every scanner and the typed search read alike. */
    qrText: customer.code,
  };
}

const WEEKS = 26;

/** Visits in each of the last 26 weeks of seven days, the oldest first; the last one ends today. */
function visitsPerWeek({ db, shop, moment }: ReadScope, customerId: string): number[] {
  const today = moment.businessDate;
  const weeks = new Array<number>(WEEKS).fill(0);
  const todayDays = daysFromCivil(parseDate(today));
  for (const date of selectVisitDates(db, shop.merchantId, customerId, addDays(today, 1 - WEEKS * 7))) {
    const weeksAgo = Math.floor((todayDays - daysFromCivil(parseDate(date))) / 7);
    const index = WEEKS - 1 - weeksAgo;
    if (index >= 0 && index < WEEKS) weeks[index] = (weeks[index] ?? 0) + 1;
  }
  return weeks;
}
