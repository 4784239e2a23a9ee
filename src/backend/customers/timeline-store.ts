import { type ReadableDb, sql } from '../db/database.ts';

/**
 * Groups of one customer's events, those of records that were merged into them included, from an instant back: the newest events first, one row per group. All filters combine
 * (S4-45); a null one does not filter.
 */
const SELECT_GROUPS = sql`
  SELECT e.group_id AS groupId, MAX(e.created_at_ms) AS atMs
  FROM customer_events e
  WHERE e.merchant_id = :merchantId
    AND e.customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
    AND e.created_at_ms <= :beforeMs
    AND e.created_at_ms >= :fromMs
    AND e.created_at_ms < :toMs
    AND (:types IS NULL OR e.event_type IN (SELECT value FROM json_each(:types)))
    AND (:category IS NULL OR e.category = :category)
    AND (:campaignId IS NULL OR e.campaign_id = :campaignId)
  GROUP BY e.created_at_ms, e.group_id
  HAVING e.created_at_ms < :beforeMs OR e.group_id < :beforeGroup
  ORDER BY e.created_at_ms DESC, e.group_id DESC
  LIMIT :limit`;

const SELECT_EVENTS = sql`
  SELECT e.id AS eventId, e.group_id AS groupId, e.event_type AS type, e.category, e.data,
    e.event_source AS source, e.business_date AS businessDate, e.created_at_ms AS atMs, s.name AS staffName,
    t.name AS terminalName, g.name AS segmentName, c.name AS campaignName,
    p.name AS passName, (
      SELECT a.event
      FROM event_awards a
      WHERE a.entry_id = COALESCE(json_extract(e.data, '$.reversesEntryId'), json_extract(e.data, '$.entryId'))
      LIMIT 1) AS awardedFor
  FROM json_each(:groupIds) k
  CROSS JOIN customer_events e ON e.group_id = k.value
  LEFT JOIN staff_members s ON s.id = e.staff_id
  LEFT JOIN terminals t ON t.id = e.terminal_id
  LEFT JOIN segments g ON g.id = json_extract(e.data, '$.segmentId')
  LEFT JOIN campaigns c ON c.id = json_extract(e.data, '$.campaignId')
  LEFT JOIN customer_packages p ON p.id = json_extract(e.data, '$.passId')
  WHERE e.merchant_id = :merchantId
    AND e.customer_id IN (SELECT :customerId UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId)
  ORDER BY k.key, e.category, e.id`;

export function selectGroups(db: ReadableDb, given: GroupQuery): { groupId: string; atMs: number }[] {
  return db.all<{ groupId: string; atMs: number }>(SELECT_GROUPS, { ...given });
}

/** The events of these groups that are this customer's, in the order of the groups, actions before effects. */
export function selectEventsOfGroups(
  db: ReadableDb,
  given: { readonly merchantId: string; readonly customerId: string; readonly groupIds: readonly string[] },
): TimelineEvent[] {
  return db
    .all<TimelineEventRow>(SELECT_EVENTS, { ...given, groupIds: JSON.stringify(given.groupIds) })
    .map(({ segmentName, awardedFor, campaignName, passName, ...row }) => {
      const known = {
        ...(segmentName === null ? {} : { segmentName }),
        ...(awardedFor === null ? {} : { awardedFor }),
        ...(campaignName === null ? {} : { campaignName }),
        ...(passName === null ? {} : { passName }),
      };
      return { ...row, data: { ...(JSON.parse(row.data) as EventData), ...known } };
    });
}

export interface GroupQuery {
  readonly merchantId: string;
  readonly customerId: string;
  readonly beforeMs: number;
  readonly beforeGroup: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** JSON array of event types, or null. */
  readonly types: string | null;
  readonly category: string | null;
  readonly campaignId: string | null;
  readonly limit: number;
}

export type EventData = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

interface TimelineEventRow {
  readonly eventId: string;
  readonly groupId: string;
  readonly type: string;
  readonly category: 'ACTION' | 'EFFECT';
  readonly data: string;
  readonly source: string;
  readonly businessDate: string;
  readonly atMs: number;
  readonly staffName: string | null;
  readonly terminalName: string | null;
  /** What the segment of the event is called now. */
  readonly segmentName: string | null;
  /** What its campaign and its pass are called now. */
  readonly campaignName: string | null;
  readonly passName: string | null;
  /** What points without a sale were for, as long as the person is known. */
  readonly awardedFor: string | null;
}

export interface TimelineEvent
  extends Omit<TimelineEventRow, 'data' | 'segmentName' | 'awardedFor' | 'campaignName' | 'passName'> {
  readonly data: EventData;
}
