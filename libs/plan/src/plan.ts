import { releases } from '@lgtm-fleet/releases';
import { secretsOf, type ClusterSpec } from '@lgtm-fleet/spec';
import { alertmanagerCapacity } from './capacity/alertmanager.ts';
import { canaryCapacity } from './capacity/canary.ts';
import { collectorCapacity } from './capacity/collectors.ts';
import { gatewayCapacity, grafanaCapacity, seaweedfsCapacity } from './capacity/front.ts';
import { kafkaCapacity, kafkaPlan, type Stream } from './capacity/kafka.ts';
import { lokiCaches, lokiCapacity } from './capacity/loki.ts';
import { metricsLoad, mimirCaches, mimirCapacity } from './capacity/mimir.ts';
import { metaMonitoringCapacity } from './capacity/meta-monitoring.ts';
import { prometheusCapacity } from './capacity/prometheus.ts';
import { rulesCapacity } from './capacity/rules.ts';
import { sampleCapacity } from './capacity/sample.ts';
import { sourcesCapacity } from './capacity/sources.ts';
import { tempoCaches, tempoCapacity, tempoPartitions } from './capacity/tempo.ts';
import { planComponents } from './components.ts';
import { isToldByItsOwn, isWatched, routesInGit, toldSecrets } from './alerting.ts';
import { planConnections } from './connections/connections.ts';
import { planEncryption } from './certificates.ts';
import { planCredentials } from './credentials.ts';
import { planExposure } from './exposure.ts';
import { gatewayLimits, gatewayUrls } from './gateway.ts';
import { planGrafana } from './grafana.ts';
import { growth, podsOf, totals } from './growth.ts';
import { ingestDecisions, planIngest } from './ingest.ts';
import { planNotifications } from './notifications.ts';
import { chooseModes, nodesOf, type Modes } from './modes.ts';
import { planSecrets } from './secrets.ts';
import { together, type Sized } from './sizing.ts';
import { logSchemaDecisions, planEarlierSchemas } from './log-schemas.ts';
import { planBuckets, planObjectStorage } from './storage.ts';
import { planTenants, retentionOf, tenantDecisions, type Retention } from './tenants.ts';
import type { CollectionPlan, KafkaPlan, Plan, SecretSource, StorePlan, TenantPlan, Zone } from './types.ts';

/** What a plan needs to know beyond the cluster's own file. */
export interface Fleet {
  /** Git repository that Argo CD reads, unless a spec names another. */
  readonly repository: string;
  /** For an edge: the file of its hub. */
  readonly hub?: ClusterSpec;
}

/** Everything derived from one cluster file. */
export function plan(cluster: ClusterSpec, fleet: Fleet): Plan {
  const { metadata, spec } = cluster;
  const edge = spec.role === 'edge';
  const modes = chooseModes(cluster);
  const retention = retentionOf(cluster);
  const objectStorage = planObjectStorage(cluster);
  const buckets = planBuckets(cluster);
  const zones = planZones(spec.kubernetes.zones);
  const streams = edge ? [] : streamsOf(cluster, modes);
  const kafka = kafkaPlan(streams, nodesOf(cluster));
  const credentials = planCredentials(cluster);
  const ingest = planIngest(cluster);
  const notifications = planNotifications(cluster);
  const zoneCount = Math.max(1, zones.length);
  const collected = together([
    ...(edge ? [] : storeCapacity(cluster, modes, retention, streams, kafka)),
    ...collectorCapacity(cluster),
    ...sourcesCapacity(cluster, ingest.sources),
    ...(!edge && spec.selfMonitoring?.canaries === true ? canaryCapacity() : []),
    ...(spec.sample ? sampleCapacity() : []),
    ...(edge ? [] : [rulesCapacity()]),
    ...(notifications !== undefined && isToldByItsOwn(cluster) ? [alertmanagerCapacity()] : []),
  ]);
  const watched = podsOf(collected.workloads, nodesOf(cluster), zoneCount);
  const capacity = together([collected, ...(isWatched(cluster) ? [metaMonitoringCapacity(cluster, watched)] : [])]);
  const { workloads } = capacity;
  const tenants = planTenants(cluster, podsOf(workloads, nodesOf(cluster), zoneCount), fleet.hub);
  const collection = planCollection(cluster, fleet, tenants);
  const grafana = edge ? undefined : planGrafana(cluster, tenants);
  const stores = edge ? {} : { ...planStores(cluster, modes, retention, capacity), gateway: gatewayLimits(cluster) };
  const places = { objectStorage, buckets, collection, grafana };
  const connections = planConnections({
    cluster,
    workloads,
    tenants,
    credentials,
    ingest,
    notifications,
    ...places,
  });
  return {
    cluster: metadata.name,
    labels: metadata.labels,
    role: spec.role,
    ...(spec.hub !== undefined && { hub: spec.hub }),
    specPath: `clusters/${metadata.name}/cluster.yaml`,
    kubernetes: {
      version: spec.kubernetes.version,
      clusterDomain: spec.kubernetes.clusterDomain,
      networkPolicies: spec.kubernetes.networkPolicies,
      ...(spec.kubernetes.storageClass !== undefined && { storageClass: spec.kubernetes.storageClass }),
      nodes: nodesOf(cluster),
      zones,
    },
    repository: { url: spec.argocd.repository ?? fleet.repository, revision: spec.argocd.revision },
    argocd: {
      selfManaged: spec.argocd.selfManaged,
      pollSeconds: spec.argocd.pollInterval,
      ...(spec.argocd.mirror !== undefined && { mirror: spec.argocd.mirror }),
    },
    components: planComponents({
      role: spec.role,
      modes,
      zoneAware: zones.length > 1,
      ingestStorage: spec.metrics.architecture === 'ingest-storage',
      ...(grafana !== undefined && { grafana }),
      secretObjects: spec.secrets?.externalSecrets !== undefined || spec.secrets?.sealedSecrets !== undefined,
      tls: spec.tls !== undefined,
      workloads,
    }),
    connections,
    tenants,
    credentials,
    ...planEncryption(cluster, connections),
    ...(notifications !== undefined && { notifications }),
    ...(routesInGit(cluster) && { alertRoutesInGit: true }),
    ...(spec.selfMonitoring !== undefined && { selfMonitoring: spec.selfMonitoring }),
    objectStorage,
    buckets,
    secrets: planSecrets({
      cluster: metadata.name,
      tenantsOf: spec.hub ?? metadata.name,
      role: spec.role,
      objectStorage,
      tenants,
      credentials,
      source: secretSourceOf(cluster).kind,
      references: secretsOf(spec.ingest),
      told: toldSecrets(cluster, notifications, tenants),
      ...(grafana !== undefined && { grafana }),
    }),
    secretSource: secretSourceOf(cluster),
    ...stores,
    ...(kafka !== undefined && { kafka }),
    ...(grafana !== undefined && { grafana }),
    ...(spec.exposure !== undefined && { exposure: planExposure(spec.exposure) }),
    collection,
    ingest,
    load: {
      activeSeries: spec.load.metrics.activeSeries,
      logBytesPerSecond: spec.load.logs.volume,
      traceBytesPerSecond: spec.load.traces.throughput,
      queriesPerSecond: spec.load.queries,
    },
    releases,
    decisions: [
      ...(edge ? [] : modes.decisions),
      ...logSchemaDecisions(cluster),
      ...tenantDecisions(tenants),
      ...capacity.decisions,
      ...ingestDecisions(ingest),
      ...(edge ? [] : growth(cluster, tenants)),
      ...totals(workloads, nodesOf(cluster), zoneCount),
    ],
  };
}

function planZones(named: readonly string[]): readonly Zone[] {
  if (named.length < 2) return [];
  const slots = ['zone-a', 'zone-b', 'zone-c'] as const;
  return slots.flatMap((slot, index) => {
    const topologyZone = named[index];
    return topologyZone === undefined ? [] : [{ slot, topologyZone }];
  });
}

function streamsOf(cluster: ClusterSpec, modes: Modes): readonly Stream[] {
  const { load, metrics } = cluster.spec;
  const { samplesPerSecond, series } = metricsLoad(cluster);
  const mimir =
    modes.metricsStore === 'mimir' && modes.mimir === 'distributed' && metrics.architecture === 'ingest-storage';
  return [
    ...(mimir
      ? [{ topic: 'mimir-ingest', partitions: mimirPartitions(series), bytesPerSecond: samplesPerSecond * 30 }]
      : []),
    ...(modes.tempo === 'distributed'
      ? [
          {
            topic: 'tempo-ingest',
            partitions: tempoPartitions(load.traces.throughput),
            bytesPerSecond: load.traces.throughput,
          },
        ]
      : []),
  ];
}

/** An ingester's ordinal is its partition, so there are as many as ingesters in a zone could become. */
function mimirPartitions(series: number): number {
  return Math.max(12, Math.ceil(((series * 3) / 1_200_000) * 2));
}

function storeCapacity(
  cluster: ClusterSpec,
  modes: Modes,
  retention: Retention,
  streams: readonly Stream[],
  kafka: KafkaPlan | undefined,
): readonly Sized[] {
  const seaweedfs = cluster.spec.objectStorage?.seaweedfs;
  return [
    lokiCapacity(cluster, modes.loki, retention.logs),
    modes.metricsStore === 'prometheus'
      ? prometheusCapacity(cluster, retention.metrics)
      : mimirCapacity(cluster, modes.mimir, retention.metrics),
    tempoCapacity(cluster, modes.tempo, retention.traces),
    gatewayCapacity(cluster),
    grafanaCapacity(cluster),
    ...(kafka === undefined ? [] : [kafkaCapacity(kafka, streams)]),
    ...(seaweedfs === undefined ? [] : [seaweedfsCapacity(seaweedfs.size)]),
  ];
}

function planStores(
  cluster: ClusterSpec,
  modes: Modes,
  retention: Retention,
  capacity: Sized,
): Pick<Plan, 'loki' | 'mimir' | 'prometheus' | 'tempo'> {
  const { spec } = cluster;
  const zoneAware = (mode: StorePlan['mode']) => mode === 'distributed' && spec.kubernetes.zones.length > 1;
  const factor = (mode: StorePlan['mode']) => (mode === 'monolithic' ? 1 : 3);
  const volume = capacity.workloads.find((workload) => workload.component === 'prometheus')?.volumeBytes ?? 0;
  const series = spec.load.metrics.activeSeries;
  return {
    loki: {
      mode: modes.loki,
      replicationFactor: factor(modes.loki),
      zoneAware: zoneAware(modes.loki),
      retentionSeconds: retention.logs,
      caches: lokiCaches(modes.loki),
      schemaFrom: spec.logs.schemaFrom,
      earlierSchemas: planEarlierSchemas(cluster),
    },
    ...(modes.metricsStore === 'prometheus'
      ? { prometheus: { retentionSeconds: retention.metrics, retentionBytes: Math.floor(volume * 0.85) } }
      : {
          mimir: {
            mode: modes.mimir,
            replicationFactor: factor(modes.mimir),
            zoneAware: zoneAware(modes.mimir),
            retentionSeconds: retention.metrics,
            caches: mimirCaches(modes.mimir, series),
            architecture: spec.metrics.architecture,
            ...(spec.metrics.architecture === 'ingest-storage' && { kafkaPartitions: mimirPartitions(series) }),
          },
        }),
    tempo: {
      mode: modes.tempo,
      // Kafka is the log of record; what consumers keep needs no copies of its own.
      replicationFactor: 1,
      zoneAware: zoneAware(modes.tempo),
      retentionSeconds: retention.traces,
      caches: tempoCaches(modes.tempo),
      ...(modes.tempo === 'distributed' && { kafkaPartitions: tempoPartitions(spec.load.traces.throughput) }),
    },
  };
}

function secretSourceOf({ spec: { secrets } }: ClusterSpec): SecretSource {
  if (secrets?.externalSecrets !== undefined) return { kind: 'external-secrets', store: secrets.externalSecrets.store };
  if (secrets?.sealedSecrets !== undefined) return { kind: 'sealed-secrets' };
  return { kind: secrets?.sops === undefined ? 'bootstrap' : 'sops' };
}

function planCollection(cluster: ClusterSpec, fleet: Fleet, tenants: readonly TenantPlan[]): CollectionPlan {
  const { spec, metadata } = cluster;
  const hubHost = fleet.hub?.spec.exposure?.ingest?.hostname;
  if (spec.role === 'edge' && hubHost === undefined)
    throw new Error(`the plan of edge ${metadata.name} needs the file of its hub`);
  const { head, tail } = spec.traces.sampling;
  return {
    clusterLabel: metadata.name,
    scrapeIntervalSeconds: spec.load.metrics.scrapeInterval,
    ...gatewayUrls(cluster, tenants, hubHost),
    headSamplingRatio: head,
    ...(tail !== undefined && {
      tailSampling: {
        decisionWaitSeconds: tail.decisionWait,
        keepErrors: tail.keepErrors,
        keepSlowerThanMs: Math.round(tail.keepSlowerThan * 1000),
        baselineRatio: tail.baseline,
      },
    }),
  };
}
