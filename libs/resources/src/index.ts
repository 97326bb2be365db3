import type { ComponentName } from '@lgtm-fleet/plan';
import { alertmanager } from './alertmanager/resources.ts';
import { alloyGateway } from './alloy-gateway/resources.ts';
import { alloySources } from './alloy-sources/resources.ts';
import { alloy } from './alloy/resources.ts';
import { canaryTraces } from './canary-traces/resources.ts';
import { canary } from './canary/resources.ts';
import { gateway } from './gateway/resources.ts';
import { grafana } from './grafana/resources.ts';
import { kafka } from './kafka/resources.ts';
import { kubeStateMetrics } from './kube-state-metrics/resources.ts';
import { loki } from './loki/resources.ts';
import { metaMonitoring } from './meta-monitoring/resources.ts';
import { mimir } from './mimir/resources.ts';
import { namespaces } from './namespaces/resources.ts';
import { nodeExporter } from './node-exporter/resources.ts';
import { prometheus } from './prometheus/resources.ts';
import { rules } from './rules/resources.ts';
import { sample } from './sample/resources.ts';
import { seaweedfs } from './seaweedfs/resources.ts';
import { secrets } from './secrets/resources.ts';
import { tempo } from './tempo/resources.ts';
import type { Emit } from './types.ts';

/** What each component needs beyond what every component gets. */
export const emitters: Readonly<Record<ComponentName, Emit>> = {
  namespaces,
  secrets,
  seaweedfs,
  kafka,
  loki,
  mimir,
  prometheus,
  tempo,
  gateway,
  grafana,
  alloy,
  'alloy-gateway': alloyGateway,
  'alloy-sources': alloySources,
  'kube-state-metrics': kubeStateMetrics,
  'node-exporter': nodeExporter,
  canary,
  'canary-traces': canaryTraces,
  rules,
  alertmanager,
  'meta-monitoring': metaMonitoring,
  sample,
};

export { edgeFolders } from './edge/edge.ts';
export { OTLP_QUEUE_BYTES } from './edge/hosts/otlp.ts';
export { credentialFiles, placesOf } from './edge/hosts/places.ts';
export { COLLECTOR_FOLDER, filesBelow, PROMETHEUS_FOLDER } from './edge/senders/places.ts';
export type { EdgeFile, EdgeFolder } from './edge/types.ts';
export { rulesByHand, type RulesByHand, type WrittenRules } from './rules/by-hand.ts';
export { TLS_FOLDER } from './tls.ts';
export type { ComponentResources, ConfigFile, Emit, KubernetesObject, ObjectFile, PatchFile } from './types.ts';
export { gatewayRoutes, type Route } from './gateway/routes.ts';
export { PREVIOUS } from './gateway/senders.ts';
export { isToken, readTokenLine, tokenLine, tokensByUser } from './gateway/tokens.ts';
