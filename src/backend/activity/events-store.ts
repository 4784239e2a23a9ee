import type { JsonRow, Moment, NewEvent } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_EVENT = sql`
  INSERT INTO customer_events (
    id, merchant_id, customer_id, event_type, category, group_id, event_source, data, pii, staff_id, terminal_id,
    business_date, created_at_ms)
  VALUES (
    :id, :merchantId, :customerId, :eventType, :category, :groupId, :eventSource, :data, :pii, :staffId, :terminalId,
    :businessDate, :createdAtMs)`;

const HAS_EVENT = sql`
  SELECT 1 AS found
  FROM customer_events
  WHERE id = :id`;

/** Whether an event with this id has been told. */
export function selectHasEvent(db: ReadableDb, id: string): boolean {
  return db.get(HAS_EVENT, { id }) !== undefined;
}

/** Appends one event of a customer's history and returns its row for the op; personal data is not in the row. */
export function insertEvent(
  db: WritableDb,
  given: { event: NewEvent; id: string; shop: ShopIdentity; staffId: string | null; groupId: string; moment: Moment },
): JsonRow {
  const { event, shop, moment } = given;
  const row = {
    id: given.id,
    merchantId: shop.merchantId,
    customerId: event.customerId,
    eventType: event.type,
    category: event.category,
    groupId: given.groupId,
    eventSource: event.source ?? 'Till',
    data: JSON.stringify(event.data),
    staffId: given.staffId,
    terminalId: shop.terminalId,
    businessDate: moment.businessDate,
    createdAtMs: moment.atMs,
  };
  db.runOne(INSERT_EVENT, { ...row, pii: event.pii === undefined ? null : JSON.stringify(event.pii) });
  return row;
}
