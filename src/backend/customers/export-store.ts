import { sql } from '../db/database.ts';

/** One page of all customers with their personal data, by number; NOT INDEXED keeps it from sorting the rest for each page. */
export const EXPORT_PAGE = sql`
  SELECT c.customer_number AS customerNumber, c.customer_code AS code, c.status, c.consent_marketing AS consent,
    c.total_transactions AS salesCount, c.total_spent_minor AS spentMinor, c.last_visit_at_ms AS lastVisitAtMs,
    c.created_at_ms AS createdAtMs, p.full_name AS name, p.phone_e164 AS phone, p.email, p.birthday, p.note,
    COALESCE(a.current_points, 0) AS points
  FROM customers c NOT INDEXED
  JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE c.merchant_id = :merchantId
    AND c.customer_number > :afterNumber
    AND c.duplicate_of IS NULL
    AND c.status <> 'erased'
  ORDER BY c.customer_number
  LIMIT 1000`;

export interface ExportedCustomer {
  readonly customerNumber: number;
  readonly code: string;
  readonly status: string;
  readonly consent: number;
  readonly salesCount: number;
  readonly spentMinor: number;
  readonly lastVisitAtMs: number | null;
  readonly createdAtMs: number;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
  readonly note: string;
  readonly points: number;
}
