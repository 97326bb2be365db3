import { namespaceOf, stackTenant, type Plan } from '@lgtm-fleet/plan';
import { textAt } from './records.ts';
import { subjectOf, type Subject } from './subjects.ts';
import type { View } from './view.ts';

export interface PlannedJob {
  readonly job: string;
  /** Whose series they are. */
  readonly tenant: string;
  readonly about: Subject;
}

const SCRAPE = 'prometheus.io/scrape';

/** Every job that the collectors of this cluster scrape of the stack and its nodes, and whose it is. */
export function plannedJobs(view: View): readonly PlannedJob[] {
  const { plan, facts } = view;
  if (facts.expectedJobs !== undefined) return facts.expectedJobs.map((one) => ({ ...one, about: 'alloy' }));
  if (plan.components.every(({ name }) => name !== 'alloy')) return [];
  const own = stackTenant(plan);
  const nodes = plan.tenants[0]?.name ?? own;
  const annotated = ['Deployment', 'StatefulSet', 'DaemonSet']
    .flatMap((kind) => view.planned(kind))
    .filter((object) => textAt(object, 'spec', 'template', 'metadata', 'annotations', SCRAPE) === 'true')
    .map((object) => {
      const { namespace = '', name } = object.metadata;
      const job = `${namespace}/${withoutZone(plan, name)}`;
      return { job, tenant: name === 'node-exporter' ? nodes : own, about: subjectOf(object) };
    });
  return [
    ...new Map(annotated.filter(({ job }) => isOfStack(plan, job)).map((one) => [one.job, one])).values(),
    ...['kubelet', 'cadvisor'].map((name) => ({ job: `kube-system/${name}`, tenant: nodes, about: 'alloy' })),
  ];
}

function withoutZone({ kubernetes }: Plan, name: string): string {
  const zone = kubernetes.zones.find(({ slot }) => name.endsWith(`-${slot}`));
  return zone === undefined ? name : name.slice(0, -zone.slot.length - 1);
}

/** The sample is an application, and its series are whoever's namespace it is. */
function isOfStack(plan: Plan, job: string): boolean {
  return plan.components.some(
    ({ name, workloads }) =>
      name !== 'sample' && workloads.some((workload) => job === `${namespaceOf(name)}/${workload.name}`),
  );
}
