import type { Plan } from '@lgtm-fleet/plan';
import { dashboardOf } from './dashboard.ts';
import { pages } from './pages/index.ts';
import type { Dashboard } from './sdk.ts';
import type { Page } from './types.ts';

export interface PlannedDashboard {
  readonly page: Page;
  readonly dashboard: Dashboard;
}

/** Pages of a cluster: those that have anything to show there. */
export function pagesOf(plan: Plan): readonly Page[] {
  return plan.grafana === undefined ? [] : pages.filter(({ applies }) => applies?.(plan) ?? true);
}

/** All dashboards of a cluster. */
export function dashboardsOf(plan: Plan): readonly PlannedDashboard[] {
  return pagesOf(plan).map((page) => ({ page, dashboard: dashboardOf(plan, page) }));
}
