import type { EarningContext } from '#shop/points/earning-context.ts';
import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const INSERT_AWARD = sql`
  INSERT INTO event_awards (
    entry_id, rule_id, merchant_id, customer_id, program_id, event, occasion, points, awarded_on, counted_on, sale_id,
    context)
  VALUES (
    :entryId, :ruleId, :merchantId, :customerId, :programId, :event, :occasion, :points, :awardedOn, :countedOn, :saleId,
    :context)`;

/** CROSS JOIN: from the few records of the person, whatever the statistics say. */
const SELECT_USES = sql`
  SELECT a.program_id AS programId, a.rule_id AS ruleId, a.points, a.awarded_on AS awardedOn, a.counted_on AS countedOn
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN event_awards a ON a.customer_id = w.id`;

const HAS_AWARD = sql`
  SELECT 1 AS found
  FROM (SELECT :customerId AS id UNION ALL SELECT id FROM customers WHERE duplicate_of = :customerId) w
  CROSS JOIN event_awards a ON a.customer_id = w.id
  WHERE a.program_id = :programId
    AND a.event = :event
    AND a.occasion = :occasion
  LIMIT 1`;

const SELECT_OF_SALE = sql`
  SELECT DISTINCT e.id AS entryId, e.account_id AS accountId, e.customer_id AS customerId, e.program_id AS programId,
    e.programme_version_id AS versionId,
    e.points + COALESCE((SELECT SUM(r.points) FROM points_transactions r WHERE r.reverses_id = e.id), 0) AS standingPoints
  FROM event_awards a
  CROSS JOIN points_transactions e ON e.id = a.entry_id
  WHERE a.sale_id = :saleId
    AND a.program_id = :programId
  ORDER BY e.seq`;

/** Points that somebody got for something other than a sale; days are civil dates of the shop. */
export interface NewEventAward {
  readonly entryId: string;
  readonly ruleId: string;
  readonly customerId: string;
  readonly programId: string;
  readonly event: string;
  readonly occasion: string;
  readonly points: number;
  readonly awardedOn: string;
  readonly countedOn: string;
  readonly saleId: string | null;
  readonly context: EarningContext;
}

/** Keeps what an entry was for, apart from it and from the op's body: it is forgotten with the person. */
export function insertEventAward(scope: SystemScope, award: NewEventAward): void {
  const row = { ...award, merchantId: scope.shop.merchantId, context: JSON.stringify(award.context) };
  scope.db.runOne(INSERT_AWARD, row);
  scope.personalFact('event_awards', row);
}

/** What of a rule somebody had, by the days that limits count. */
export type EventUse = Pick<NewEventAward, 'programId' | 'ruleId' | 'points' | 'awardedOn' | 'countedOn'>;

/** What a customer had for events, in records that were merged into theirs too. */
export function selectEventUses(db: ReadableDb, customerId: string): EventUse[] {
  return db.all<EventUse>(SELECT_USES, { customerId });
}

/** Whether a customer, by whatever record, had something on this occasion before. */
export function selectHasEventAward(
  db: ReadableDb,
  award: Pick<NewEventAward, 'customerId' | 'programId' | 'event' | 'occasion'>,
): boolean {
  const { customerId, programId, event, occasion } = award;
  return db.get(HAS_AWARD, { customerId, programId, event, occasion }) !== undefined;
}

/** An entry that a purchase brought to somebody, and what of it has not been taken back. */
export interface AwardOfSale {
  readonly entryId: string;
  readonly accountId: string;
  readonly customerId: string;
  readonly programId: string;
  readonly versionId: string;
  readonly standingPoints: number;
}

/** What a friend's purchase brought to both in a programme. */
export function selectAwardsOfSale(db: ReadableDb, saleId: string, programId: string): AwardOfSale[] {
  return db.all<AwardOfSale>(SELECT_OF_SALE, { saleId, programId });
}
