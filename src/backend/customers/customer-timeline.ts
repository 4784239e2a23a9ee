import type { ReadScope } from '../context.ts';
import type { TimelineFilter, TimelineInput } from './customer-schemas.ts';
import { type EventData, selectEventsOfGroups, selectGroups, type TimelineEvent } from './timeline-store.ts';

/** Which types each filter of the page shows. */
const TYPES: Readonly<Record<Exclude<TimelineFilter, 'all'>, readonly string[]>> = {
  sales: ['customer.order.created', 'customer.order.updated', 'customer.order.canceled'],
  points: ['customer.rewarded', 'customer.rewarded.loyalty_points', 'customer.redeemed.loyalty_points'],
  vouchers: [
    'customer.voucher.claimed',
    'customer.voucher.issued',
    'customer.voucher.redeemed',
    'customer.voucher.rolled_back',
    'customer.voucher.expiring',
    'customer.voucher.expired',
    'customer.voucher.refused',
    'customer.voucher.revoked',
    'customer.voucher.reissued',
    'customer.voucher.voided',
    'customer.credit.adjusted',
    'customer.credit.granted',
    'customer.credit.topped_up',
    'customer.credit.spent',
    'customer.credit.returned',
    'customer.credit.refunded',
    'customer.credit.reversed',
    'customer.credit.expiring',
    'customer.credit.expired',
    'customer.credit.frozen',
    'customer.credit.unfrozen',
    'customer.credit.reissued',
    'customer.credit.moved',
    'customer.pass.activated',
    'customer.pass.used',
    'customer.pass.returned',
    'customer.pass.adjusted',
    'customer.pass.taken_back',
    'customer.pass.revoked',
    'customer.pass.expired',
    'customer.pass.moved',
  ],
  scans: ['customer.scanned'],
};

export interface TimelineGroup {
  readonly groupId: string;
  readonly atMs: number;
  readonly businessDate: string;
  readonly action: { readonly type: string; readonly data: EventData };
  readonly effects: readonly { readonly type: string; readonly data: EventData }[];
  readonly staffName: string | null;
  readonly source: string;
  readonly terminalName: string | null;
}

/**
 * A customer's history, newest first: one group per operation, what the customer did as the action, what followed as
 * effects. A group is found when one of its events fits all filters and is then shown whole. Paged by keyset.
 */
export function customerTimeline(
  { db, shop }: ReadScope,
  input: TimelineInput,
): { groups: TimelineGroup[]; nextCursor: string | null } {
  const after = readCursor(input.cursor);
  const { merchantId } = shop;
  const found = selectGroups(db, {
    merchantId,
    customerId: input.customerId,
    beforeMs: after.atMs,
    beforeGroup: after.groupId,
    fromMs: input.fromMs ?? Number.MIN_SAFE_INTEGER,
    toMs: input.toMs ?? Number.MAX_SAFE_INTEGER,
    types: typesOf(input),
    category: input.category ?? null,
    campaignId: input.campaignId ?? null,
    limit: input.limit + 1,
  });
  const page = found.slice(0, input.limit);
  const last = page.at(-1);
  const groupIds = page.map((group) => group.groupId);
  const events = selectEventsOfGroups(db, { merchantId, customerId: input.customerId, groupIds });
  return {
    groups: groupIds.map((groupId) =>
      toGroup(
        groupId,
        events.filter((event) => event.groupId === groupId),
      ),
    ),
    nextCursor: found.length > input.limit && last !== undefined ? `${last.atMs}~${last.groupId}` : null,
  };
}

function typesOf(input: TimelineInput): string | null {
  const ofFilter = input.filter === 'all' ? null : TYPES[input.filter];
  const { types } = input;
  if (ofFilter === null) return types === undefined ? null : JSON.stringify(types);
  return JSON.stringify(types === undefined ? ofFilter : types.filter((type) => ofFilter.includes(type)));
}

/** A cursor is told by us and given back; anything else starts from the top. */
function readCursor(cursor: string | undefined): { atMs: number; groupId: string } {
  const [atMs, groupId] = (cursor ?? '').split('~');
  const instant = Number(atMs);
  if (groupId === undefined || atMs === '' || !Number.isSafeInteger(instant))
    return { atMs: Number.MAX_SAFE_INTEGER, groupId: '' };
  return { atMs: instant, groupId };
}

/** The event itself, or the same told of the other record of a person that was merged. */
function isSame(event: TimelineEvent, lead: TimelineEvent): boolean {
  return event === lead || (event.type === lead.type && JSON.stringify(event.data) === JSON.stringify(lead.data));
}

/** A sale or a refund leads whatever else was done with it, else the first action; a group of effects alone is led by its first. */
function leadOf(events: readonly TimelineEvent[]): TimelineEvent | undefined {
  const actions = events.filter((event) => event.category === 'ACTION');
  return actions.find((event) => TYPES.sales.includes(event.type)) ?? actions[0] ?? events[0];
}

function toGroup(groupId: string, events: readonly TimelineEvent[]): TimelineGroup {
  const lead = leadOf(events);
  if (lead === undefined) throw new Error('a group of the timeline has an event');
  return {
    groupId,
    atMs: lead.atMs,
    businessDate: lead.businessDate,
    action: { type: lead.type, data: lead.data },
    effects: events.filter((event) => !isSame(event, lead)).map(({ type, data }) => ({ type, data })),
    staffName: lead.staffName,
    source: lead.source,
    terminalName: lead.terminalName,
  };
}
