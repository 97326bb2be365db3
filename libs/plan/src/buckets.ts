import type { BucketNames, Plan } from './types.ts';

/** The buckets that a cluster reads and writes, by what they are for; each is made before anything starts. */
export function bucketsInUse({
  loki,
  mimir,
  tempo,
  grafana,
}: Pick<Plan, 'loki' | 'mimir' | 'tempo' | 'grafana'>): readonly (keyof BucketNames)[] {
  return [
    ...(loki === undefined ? [] : (['loki', 'lokiRuler'] as const)),
    ...(mimir === undefined ? [] : (['mimirBlocks', 'mimirRuler', 'mimirAlertmanager'] as const)),
    ...(tempo === undefined ? [] : (['tempo'] as const)),
    ...(grafana?.database.kind === 'sqlite' && grafana.database.backup !== undefined ? (['grafana'] as const) : []),
  ];
}
