import {
  Bell,
  ChartColumn,
  FlaskConical,
  History,
  type LucideIcon,
  Settings,
  ShoppingBag,
  Sparkles,
  Ticket,
  Users,
} from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import type { Permission } from '#shop/staff/permissions.ts';

export interface ScreenEntry {
  /** First part of the address, and the key of its words in `shell.screens`. */
  readonly route: string;
  readonly icon: LucideIcon;
  /** Without it the screen is not in the rail. */
  readonly permission: Permission;
  readonly isAtBottom?: boolean;
  /** It is opened from the top bar, and stands last, so that the others keep their keys. */
  readonly isInTopBar?: boolean;
  readonly Screen: ComponentType;
  /** Fetches the screen's code ahead of its first showing. */
  readonly load: () => Promise<unknown>;
}

function screen(load: () => Promise<{ default: ComponentType }>): Pick<ScreenEntry, 'Screen' | 'load'> {
  return { Screen: lazy(load), load };
}

/** The screens in rail order; Alt 1 is the first. */
export const SCREENS: readonly ScreenEntry[] = [
  {
    route: 'till',
    icon: ShoppingBag,
    permission: 'catalogue.read',
    ...screen(() => import('../screens/till/till-screen.tsx').then((module) => ({ default: module.TillScreen }))),
  },
  {
    route: 'customers',
    icon: Users,
    permission: 'customers.read',
    ...screen(() =>
      import('../screens/customers/customers-screen.tsx').then((module) => ({ default: module.CustomersScreen })),
    ),
  },
  {
    route: 'award',
    icon: Sparkles,
    permission: 'customers.read',
    ...screen(() => import('../screens/award/award-screen.tsx').then((module) => ({ default: module.AwardScreen }))),
  },
  {
    route: 'vouchers',
    icon: Ticket,
    permission: 'vouchers.read',
    ...screen(() =>
      import('../screens/vouchers/vouchers-screen.tsx').then((module) => ({ default: module.VouchersScreen })),
    ),
  },
  {
    route: 'today',
    icon: ChartColumn,
    permission: 'analytics.today',
    ...screen(() =>
      import('../screens/analytics/analytics-screen.tsx').then((module) => ({ default: module.AnalyticsScreen })),
    ),
  },
  {
    route: 'experiments',
    icon: FlaskConical,
    permission: 'analytics.all',
    ...screen(() =>
      import('../screens/experiments/experiments-screen.tsx').then((module) => ({ default: module.ExperimentsScreen })),
    ),
  },
  {
    route: 'activity',
    icon: History,
    permission: 'activity.own',
    ...screen(() =>
      import('../screens/activity/activity-screen.tsx').then((module) => ({ default: module.ActivityScreen })),
    ),
  },
  {
    route: 'settings',
    icon: Settings,
    permission: 'settings.read',
    isAtBottom: true,
    ...screen(() =>
      import('../screens/settings/settings-screen.tsx').then((module) => ({ default: module.SettingsScreen })),
    ),
  },
  {
    route: 'alerts',
    icon: Bell,
    permission: 'alerts.read',
    isInTopBar: true,
    ...screen(() => import('../screens/alerts/alerts-screen.tsx').then((module) => ({ default: module.AlertsScreen }))),
  },
];
