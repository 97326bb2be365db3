import { planJson, planTable } from '@lgtm-fleet/report';
import { print, type ExitCode } from '../console.ts';
import { openClusters } from '../workspace/open.ts';
import type { Problem } from '../workspace/problem.ts';
import { planOf } from '../workspace/tree.ts';

export interface PlanOptions {
  readonly cluster?: string;
  readonly json?: boolean;
  readonly root?: string;
}

/** Prints what would run on a cluster and why. */
export function showPlan(options: PlanOptions): ExitCode | Problem {
  const opened = openClusters(options);
  if (!opened.ok) return opened.ended;
  const { workspace, fleet } = opened;
  const all = fleet.clusters.map(({ cluster }) => cluster);
  const plans = opened.clusters.map(({ cluster }) => planOf({ cluster, fleet: all, repository: workspace.repository }));
  if (options.json === true)
    print(options.cluster === undefined ? `[${plans.map(planJson).join(',\n')}]` : plans.map(planJson).join('\n'));
  else print(plans.map(planTable).join('\n\n'));
  return 0;
}
