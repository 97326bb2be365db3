import { changedTo, impossible, type Verdict } from '../../core/verdicts.ts';
import { OVERRIDES, RECORDED } from './limits.ts';

export type Verdicts = readonly (readonly [verdict: Verdict, keys: readonly string[]])[];

const PLAN = changedTo('the plan', 'how many run, and with what, follows from `load`');
const CONFIG = changedTo('the plan', "the configuration of Loki follows from the plan, and from Loki's own defaults");
const PATCH = impossible(
  'where and how pods run is for a patch below `clusters/<name>/patches/loki`; names of fields are those of Kubernetes',
);
const OFF = changedTo('the stack', 'it was a part of the chart, and the chart goes');

/** Keys at the top of the values. */
export const top: Verdicts = [
  [OFF, ['test_pod', 'proxy', 'nameOverride', 'fullnameOverride', 'global']],
  [
    impossible(
      'lines of pods are read by Alloy: what Fluent Bit did with them besides is done by hand, with `loki.process` in a patch below `clusters/<name>/patches/alloy`',
    ),
    ['fluent-bit'],
  ],
  [
    impossible(
      'lines of pods are read by Alloy: let what else ships to Logstash push as one of `ingest.senders`, `protocols: [loki]`',
    ),
    ['filebeat', 'logstash'],
  ],
];

/** Beside `loki.config`. */
export const loki: Verdicts = [
  [
    changedTo('the stack', 'Loki comes with the stack, at the version that it pins'),
    [
      ...['enabled', 'image', 'url', 'service', 'serviceName', 'serviceAccount', 'rbac', 'serviceMonitor'],
      ...['networkPolicy', 'client', 'readinessProbe', 'livenessProbe', 'podDisruptionBudget', 'updateStrategy'],
      ...['podManagementPolicy', 'securityContext', 'containerSecurityContext', 'terminationGracePeriodSeconds'],
      ...['podAnnotations', 'tracing'],
    ],
  ],
  [
    changedTo('Grafana', 'data sources follow from tenants: that of the first tenant is `logs-main`'),
    ['isDefault', 'datasource'],
  ],
  [PLAN, ['replicas', 'resources', 'persistence']],
  [
    impossible('the volume of before is not taken over by itself: docs/migrate.md says how old lines come along'),
    ['persistence/existingClaim'],
  ],
  [
    PATCH,
    [
      ...['affinity', 'nodeSelector', 'tolerations', 'topologySpreadConstraints', 'priorityClassName', 'annotations'],
      ...['podLabels', 'initContainers', 'extraContainers', 'extraVolumes', 'extraVolumeMounts', 'extraPorts', 'env'],
      ...['extraEnvFrom', 'extraArgs'],
    ],
  ],
  [
    impossible('its rules are in a ConfigMap: lay its files among the inputs, and import again'),
    ['useExistingAlertingGroup'],
  ],
  [
    impossible('rules about Loki itself ask for labels of the chart: `job` is `<namespace>/<workload>` here'),
    ['serviceMonitor/prometheusRule'],
  ],
  [impossible('how people and programs come in is said once: `exposure`, with `ingest` and `queries`'), ['ingress']],
  [
    impossible(
      'the configuration is in a Secret: lay its `loki.yaml` below `loki.config` of the values, and import again',
    ),
    ['config/existingSecret'],
  ],
];

/** Below `loki.config`. */
export const config: Verdicts = [
  [
    CONFIG,
    [
      ...['server', 'distributor', 'querier', 'query_scheduler', 'frontend', 'frontend_worker', 'query_range'],
      ...['ingester_client', 'ingester', 'index_gateway', 'memberlist', 'common', 'compactor', 'chunk_store_config'],
      ...['target', 'ballast_bytes', 'shutdown_delay', 'analytics', 'query_scheduler', 'table_manager'],
    ],
  ],
  [
    changedTo('the plan', 'Loki keeps its index and its chunks where `objectStorage` says, or on its volume'),
    [
      ...['boltdb_shipper', 'tsdb_shipper', 'filesystem', 'boltdb', 'index_queries_cache_config', 'hedging'].map(
        (key) => `storage_config/${key}`,
      ),
      ...['index_cache_validity', 'max_parallel_get_chunk', 'max_chunk_batch_size', 'disable_broad_index_queries'].map(
        (key) => `storage_config/${key}`,
      ),
    ],
  ],
  [
    impossible('the stack keeps objects in files, S3, Google Cloud Storage or Azure: move them to one of these'),
    ['alibabacloud', 'bos', 'bigtable', 'cassandra', 'swift', 'cos', 'named_stores', 'grpc_store'].map(
      (key) => `storage_config/${key}`,
    ),
  ],
  [
    impossible('of a bucket the cluster file says where it is, and no more: the rest is for a patch'),
    ['aws', 'gcs', 'azure'].map((key) => `storage_config/${key}`),
  ],
  [impossible('the programs of the stack send traces of their own nowhere'), ['tracing']],
  [impossible(OVERRIDES), ['runtime_config']],
  [
    changedTo('the plan', 'rules are kept in object storage, or on the volume, and loaded through the gateway'),
    ['ruler'],
  ],
  [
    impossible(
      'alerts of Loki go to an Alertmanager of the stack, and from there to who is said in `notifications` and `tenants[].alerts`',
    ),
    ['ruler/alertmanager_url', 'ruler/alertmanager_client', 'ruler/enable_alertmanager_v2'],
  ],
  [impossible(RECORDED), ['ruler/remote_write']],
];
