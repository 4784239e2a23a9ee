import { z } from 'zod';
import { answer, command, query, router } from '../trpc.ts';
import { countOpenAlerts } from './alert-list-store.ts';
import {
  alertIdSchema,
  handleAlert,
  handleAlertSchema,
  listAlerts,
  listAlertsSchema,
  reopenAlert,
  showAlert,
} from './alerts.ts';

/** What somebody in charge is to look at. */
export const alertsRouter = router({
  count: query('alerts.count', 'alerts.read', z.void(), ({ db, shop }) => ({
    open: countOpenAlerts(db, shop.merchantId),
  })),
  list: query('alerts.list', 'alerts.read', listAlertsSchema, listAlerts),
  detail: query('alerts.detail', 'alerts.read', alertIdSchema, (scope, input) => answer(showAlert(scope, input))),
  handle: command('alerts.handle', 'alerts.handle', handleAlertSchema, handleAlert),
  reopen: command('alerts.reopen', 'alerts.handle', alertIdSchema, reopenAlert),
});
