import { z } from 'zod';
import type { Alert } from '#shop/alerts/alert.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { itemAt } from '#shop/must.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import {
  countOpenAlerts,
  type StoredAlert,
  type StoredOccurrence,
  selectAlert,
  selectAlerts,
  selectOccurrences,
} from './alert-list-store.ts';
import { selectSameOpen, setHandled, setOpen } from './alerts-store.ts';

/** An inbox of hundreds is not read any more: the newest are shown. */
const MOST_SHOWN = 100;
const MOST_OCCURRENCES = 50;

export const listAlertsSchema = z.strictObject({ tab: z.enum(['open', 'handled']) });
export const alertIdSchema = z.strictObject({ alertId: idSchema });
export const handleAlertSchema = z.strictObject({ alertId: idSchema, note: lineText({ min: 0, max: 200 }) });

/** What happened, by kind, with who and what it was about. */
export type Occurrence = Alert & Omit<StoredOccurrence, 'facts'>;

export interface ListedAlert extends StoredAlert {
  readonly last: Occurrence;
}

/** Returns the newest alerts that are open, or that were handled, each with the last time that it happened. */
export function listAlerts(
  { db, shop }: ReadScope,
  { tab }: z.output<typeof listAlertsSchema>,
): { alerts: ListedAlert[]; open: number } {
  const stored = selectAlerts(db, shop.merchantId, { tab, limit: MOST_SHOWN });
  const alerts = stored.map((alert) => ({ ...alert, last: itemAt(occurrencesOf(db, alert, 1), 0) }));
  return { alerts, open: countOpenAlerts(db, shop.merchantId) };
}

/** Returns one alert with the last fifty times that it happened. Refuses 'not-found'. */
export function showAlert(
  { db, shop }: ReadScope,
  { alertId }: z.output<typeof alertIdSchema>,
): Outcome<StoredAlert & { readonly occurrences: readonly Occurrence[] }> {
  const alert = selectAlert(db, shop.merchantId, alertId);
  if (alert === null) return refuse('not-found', { kind: 'alert' });
  return done({ ...alert, occurrences: occurrencesOf(db, alert, MOST_OCCURRENCES) });
}

function occurrencesOf(db: ReadScope['db'], { alertId, kind }: StoredAlert, limit: number): Occurrence[] {
  return selectOccurrences(db, alertId, limit).map(
    ({ facts, ...row }) => ({ ...row, kind, facts: JSON.parse(facts) }) as Occurrence,
  );
}

/** Marks an alert as handled, with a note. Refuses 'not-found', and 'changed-elsewhere' where somebody has handled it. */
export function handleAlert(
  scope: CommandScope,
  { alertId, note }: z.output<typeof handleAlertSchema>,
): Outcome<{ alertId: string }> {
  const alert = selectAlert(scope.db, scope.shop.merchantId, alertId);
  if (alert === null) return refuse('not-found', { kind: 'alert' });
  if (alert.handledAtMs !== null) return refuse('changed-elsewhere', { kind: 'alert' });
  setHandled(scope, alertId, note);
  scope.changed({
    table: 'alerts',
    recordId: alertId,
    before: { kind: alert.kind, times: alert.times },
    after: { handledAtMs: scope.moment.atMs },
    personalAfter: note === '' ? undefined : { note },
  });
  return done({ alertId });
}

/**
 * Opens an alert again that was marked as handled. Where the same has happened since and is open, that one is answered and
 * nothing changes. Refuses 'not-found', and 'changed-elsewhere' where it is open.
 */
export function reopenAlert(
  scope: CommandScope,
  { alertId }: z.output<typeof alertIdSchema>,
): Outcome<{ alertId: string }> {
  const alert = selectAlert(scope.db, scope.shop.merchantId, alertId);
  if (alert === null) return refuse('not-found', { kind: 'alert' });
  if (alert.handledAtMs === null) return refuse('changed-elsewhere', { kind: 'alert' });
  const same = selectSameOpen(scope.db, alertId);
  if (same !== null) return done({ alertId: same });
  setOpen(scope, alertId);
  scope.changed({
    table: 'alerts',
    recordId: alertId,
    before: { handledAtMs: alert.handledAtMs },
    after: { handledAtMs: null },
  });
  return done({ alertId });
}
