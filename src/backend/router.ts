import { activityRouter } from './activity/activity-router.ts';
import { alertsRouter } from './alerts/alerts-router.ts';
import { analyticsRouter } from './analytics/analytics-router.ts';
import { backupsRouter } from './backups/backups-router.ts';
import { catalogueRouter } from './catalogue/catalogue-router.ts';
import { codesRouter } from './vouchers/codes-router.ts';
import { creditRouter } from './credit/credit-router.ts';
import { customersRouter } from './customers/customers-router.ts';
import { segmentsRouter } from './customers/segments-router.ts';
import { devicesRouter } from './devices/devices-router.ts';
import { experimentsRouter } from './experiments/experiments-router.ts';
import { passesRouter } from './passes/passes-router.ts';
import { pointsRouter } from './points/points-router.ts';
import { scanningRouter } from './scanning/scanning-router.ts';
import { settingsRouter } from './settings/settings-router.ts';
import { setupRouter } from './setup/setup-router.ts';
import { staffRouter } from './staff/staff-router.ts';
import { systemRouter } from './system/system-router.ts';
import { tillRouter } from './till/till-router.ts';
import { timeRouter } from './time/time-router.ts';
import { router } from './trpc.ts';
import { valueRouter } from './value/value-router.ts';
import { vouchersRouter } from './vouchers/vouchers-router.ts';

/** Everything that a client can ask for. Who may is declared with each procedure. */
export const appRouter = router({
  activity: activityRouter,
  alerts: alertsRouter,
  analytics: analyticsRouter,
  backups: backupsRouter,
  catalogue: catalogueRouter,
  codes: codesRouter,
  credit: creditRouter,
  customers: customersRouter,
  devices: devicesRouter,
  experiments: experimentsRouter,
  passes: passesRouter,
  points: pointsRouter,
  scanning: scanningRouter,
  segments: segmentsRouter,
  settings: settingsRouter,
  setup: setupRouter,
  staff: staffRouter,
  system: systemRouter,
  till: tillRouter,
  time: timeRouter,
  value: valueRouter,
  vouchers: vouchersRouter,
});

export type AppRouter = typeof appRouter;
