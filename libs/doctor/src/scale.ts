import { numberAt } from './records.ts';
import type { PlannedWorkload, View } from './view.ts';

/** What git says: a person's patch may say otherwise than the plan. Of what an autoscaler moves, the least. */
export function wantedReplicas(view: View, { kind, name, workload }: PlannedWorkload): number {
  const planned = view.planned(kind).find(({ metadata }) => metadata.name === name);
  return numberAt(planned, 'spec', 'replicas') ?? workload.replicas;
}
