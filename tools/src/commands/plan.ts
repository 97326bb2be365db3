import { planJson, planTable } from '@lgtm-fleet/report';
import { print, printDiagnostics, type ExitCode } from '../console.ts';
import { loadFleet } from '../workspace/clusters.ts';
import { isProblem, type Problem } from '../workspace/problem.ts';
import { openWorkspace } from '../workspace/root.ts';
import { select } from '../workspace/select.ts';
import { planOf } from '../workspace/tree.ts';

export interface PlanOptions {
  readonly cluster?: string;
  readonly json?: boolean;
  readonly root?: string;
}

/** Prints what would run on a cluster and why. */
export function showPlan(options: PlanOptions): ExitCode | Problem {
  const workspace = openWorkspace(options.root);
  if (isProblem(workspace)) return workspace;
  const fleet = loadFleet(workspace.root);
  const selection = select(fleet, options.cluster);
  if (isProblem(selection)) return selection;
  if (selection.diagnostics.length > 0) {
    printDiagnostics(selection.diagnostics, fleet.sources);
    return 1;
  }
  const all = fleet.clusters.map(({ cluster }) => cluster);
  const plans = selection.clusters.map(({ cluster }) =>
    planOf({ cluster, fleet: all, repository: workspace.repository }),
  );
  if (options.json === true)
    print(options.cluster === undefined ? `[${plans.map(planJson).join(',\n')}]` : plans.map(planJson).join('\n'));
  else print(plans.map(planTable).join('\n\n'));
  return 0;
}
