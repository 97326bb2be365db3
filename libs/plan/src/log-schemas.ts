import type { ClusterSpec } from '@lgtm-fleet/spec';
import { planObjectStorage } from './storage.ts';
import type { Decision, LogSchema } from './types.ts';

/** Where each lies: files stay where they were, everything else is where objects are kept now. */
export function planEarlierSchemas(cluster: ClusterSpec): readonly LogSchema[] {
  const { kind } = planObjectStorage(cluster);
  return cluster.spec.logs.earlierSchemas.map(({ objectStore = kind, ...schema }) => ({ ...schema, objectStore }));
}

export function logSchemaDecisions(cluster: ClusterSpec): readonly Decision[] {
  const { schemaFrom } = cluster.spec.logs;
  const earlier = planEarlierSchemas(cluster);
  return earlier.map(({ from, store, schema, objectStore }, index) => ({
    subject: `loki.schema.${from}`,
    value: `${store} ${schema}`,
    reason: `spec.logs.earlierSchemas: read until ${earlier[index + 1]?.from ?? schemaFrom} and never written after it; in ${objectStore}`,
    source: 'Loki docs, operations/storage/schema',
  }));
}
