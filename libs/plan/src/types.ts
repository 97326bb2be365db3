/**
 * The plan: everything that is derived from a cluster spec, derived once.
 * Units are in the names or in the comments: bytes, milli-CPU, seconds. What comes after the plan
 * turns these values into text and holds no decision of its own.
 */
import type { Release, ReleaseName } from '@lgtm-fleet/releases';
import type { CertificatePlan, Encryption } from './encryption-types.ts';
import type { GrafanaPlan } from './grafana-types.ts';
import type { GatewayPlan } from './gateway-types.ts';
import type { IngestPlan } from './ingest-types.ts';
import type { NotificationsPlan } from './notification-types.ts';
import type {
  BucketNames,
  KafkaPlan,
  LokiPlan,
  MimirPlan,
  ObjectStoragePlan,
  PrometheusPlan,
  TempoPlan,
} from './store-types.ts';
import type { CredentialPlan, TenantPlan } from './tenant-types.ts';

export type * from './encryption-types.ts';
export type * from './grafana-types.ts';
export type * from './gateway-types.ts';
export type * from './ingest-types.ts';
export type * from './notification-types.ts';
export type * from './store-types.ts';
export type * from './tenant-types.ts';

/** Folder names of `base/` and of `overlays/<cluster>/`, in no special order. */
export type ComponentName =
  | 'namespaces'
  | 'secrets'
  | 'seaweedfs'
  | 'kafka'
  | 'loki'
  | 'mimir'
  | 'prometheus'
  | 'tempo'
  | 'gateway'
  | 'grafana'
  | 'alloy'
  | 'alloy-gateway'
  | 'alloy-sources'
  | 'kube-state-metrics'
  | 'node-exporter'
  | 'canary'
  | 'canary-traces'
  | 'rules'
  | 'alertmanager'
  | 'meta-monitoring'
  | 'sample';

export type Namespace = 'observability' | 'monitoring' | 'sample';

/** How a store runs. Others have one way only: `single`. */
export type Mode = 'single' | 'monolithic' | 'highly-available' | 'distributed';

/** One number and why it is that number; `nx run tools:plan` prints these. */
export interface Decision {
  /** Where the value lands, dotted: `loki.ingester.replicas`. */
  readonly subject: string;
  /** The value as people write it: `12`, `6Gi`, `distributed`. */
  readonly value: string;
  /** One sentence. */
  readonly reason: string;
  /** Where the formula comes from; `own judgement` where nobody published one. */
  readonly source: string;
  /** How much more than the load asks for, as people write it: `50 %`. Absent where it makes no sense. */
  readonly headroom?: string;
}

export interface Port {
  readonly name: string;
  readonly port: number;
}

/** One role of a component: what a Deployment, StatefulSet or DaemonSet of the overlay becomes. */
export interface Workload {
  readonly component: ComponentName;
  readonly role: string;
  /** Name of the object without a zone: `loki-ingester`. */
  readonly name: string;
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job';
  /** Replicas of each zone's object where there are zones, of the one object otherwise; 0 for a DaemonSet. */
  readonly replicas: number;
  /** True where one object per zone slot exists: `<name>-zone-a` … */
  readonly zonal: boolean;
  /** Present where a HorizontalPodAutoscaler owns the replicas; `replicas` is its minimum. */
  readonly maxReplicas?: number;
  readonly requests: { readonly milliCpu: number; readonly memoryBytes: number };
  readonly limits: { readonly memoryBytes: number };
  /** Size of the claim `data`; absent where the role keeps nothing. */
  readonly volumeBytes?: number;
  readonly ports: readonly Port[];
}

/** A zone slot of the bases and the topology zone that fills it on this cluster. */
export interface Zone {
  readonly slot: 'zone-a' | 'zone-b' | 'zone-c';
  readonly topologyZone: string;
}

/** One Argo CD Application, one folder of `overlays/<cluster>/`. */
export interface ComponentPlan {
  readonly name: ComponentName;
  readonly namespace: Namespace;
  readonly mode: Mode;
  /** Folders of `base/<name>/variants/`, in the order in which they apply. */
  readonly variants: readonly string[];
  /** Sync wave of the Application. */
  readonly wave: number;
  /** The pinned releases whose images its manifests name; the first is its version label. */
  readonly releases: readonly ReleaseName[];
  readonly workloads: readonly Workload[];
}

/** `memberlist` is TCP only, as the stores run it; `gossip` is Alertmanager's own, over TCP and UDP. */
export type Protocol =
  'http' | 'grpc' | 'memberlist' | 'gossip' | 'memcached' | 'kafka' | 's3' | 'https' | 'dns' | 'tcp' | 'udp' | 'icmp';

export interface PodEndpoint {
  readonly kind: 'pods';
  readonly namespace: Namespace;
  readonly component: ComponentName;
  readonly role: string;
}

/** Something that is not a pod of ours. */
export interface OutsideEndpoint {
  readonly kind: 'outside';
  readonly name:
    | 'cluster-dns'
    | 'kubernetes-api'
    | 'object-storage'
    | 'token-service'
    | 'metadata-server'
    | 'pod-identity-agent'
    | 'hub'
    | 'oidc-issuer'
    | 'alert-receivers'
    | 'profiles'
    | 'public-gateway'
    | 'postgres'
    | 'nodes'
    | 'scrape-targets'
    | 'sources'
    | 'instrumented-pods';
  /** Names or addresses, each of them exactly, at which it is dialled; absent where it is found in another way. */
  readonly hosts?: readonly string[];
  /** Namespace of the pods behind the hosts, where somebody runs it in this cluster. */
  readonly namespace?: string;
}

export type Endpoint = PodEndpoint | OutsideEndpoint;

/** One edge of the graph of who talks to whom; NetworkPolicies, pictures and checks read it. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Name of the Service that is called; absent where the caller dials pods or the outside. */
  readonly service?: string;
  readonly portName: string;
  /** 0 for ICMP, which has none. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Who puts `X-Scope-OrgID` on: `caller`, or nobody because none is needed. */
  readonly tenant: 'caller' | 'none';
  /** Present where `spec.tls` encrypts it. */
  readonly encryption?: Encryption;
  readonly why: string;
}

export interface CollectionPlan {
  /** Label `cluster` on everything. */
  readonly clusterLabel: string;
  readonly scrapeIntervalSeconds: number;
  /** Base address of the gateway that telemetry goes to: in the cluster, or the hub's. */
  readonly gatewayUrl: string;
  /** Where those push who show a client certificate: a port of the gateway itself, since TLS must not end before it. */
  readonly certificateUrl?: string;
  /** Share of traces kept at random before anything else, 0 to 1. */
  readonly headSamplingRatio: number;
  readonly tailSampling?: {
    readonly decisionWaitSeconds: number;
    readonly keepErrors: boolean;
    readonly keepSlowerThanMs: number;
    /** Share of the others that is kept, 0 to 1. */
    readonly baselineRatio: number;
  };
}

/** How the outside comes in: a Gateway that is there, one of our own, or Ingress objects. */
export type Entry =
  | { readonly kind: 'gateway'; readonly name: string; readonly namespace: string }
  | { readonly kind: 'own-gateway'; readonly className: string }
  | { readonly kind: 'ingress'; readonly className: string };

export interface ExposurePlan {
  readonly entry: Entry;
  /** Where the certificate of the host names comes from; absent where an existing Gateway has its own. */
  readonly tls?: { readonly kind: 'issuer' | 'secret'; readonly name: string };
  readonly grafanaHostname: string;
  /** Where edges and outsiders push; absent unless the spec asks for it. */
  readonly ingestHostname?: string;
  /** Where outsiders push OTLP by gRPC; absent unless the spec asks for it. */
  readonly grpcHostname?: string;
  /** Where programs outside the cluster query; absent unless the spec asks for it. */
  readonly queriesHostname?: string;
}

/** A Secret that something reads; its values are never in git. */
export interface SecretPlan {
  readonly name: string;
  readonly namespace: Namespace;
  readonly keys: readonly string[];
  /** Where a secret store has it: an edge reads the tenants' passwords of its hub. */
  readonly remoteKey: string;
  readonly why: string;
}

/** Who fills the Secrets: bootstrap, a secret store, or a person who commits them encrypted. */
export type SecretSource =
  | { readonly kind: 'bootstrap' }
  | { readonly kind: 'external-secrets'; readonly store: string }
  | { readonly kind: 'sealed-secrets' }
  | { readonly kind: 'sops' };

export interface Plan {
  readonly cluster: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly role: 'hub' | 'edge';
  /** For an edge: the cluster it ships to, whose tenants' passwords it uses. */
  readonly hub?: string;
  /** `clusters/<cluster>/cluster.yaml`, named in the header of every generated file. */
  readonly specPath: string;
  readonly kubernetes: {
    readonly version: string;
    readonly clusterDomain: string;
    /** `cilium`: what leaves the cluster is allowed by host name. */
    readonly networkPolicies: 'kubernetes' | 'cilium';
    /** Absent: the cluster's default class. */
    readonly storageClass?: string;
    readonly nodes: number;
    readonly zones: readonly Zone[];
  };
  readonly repository: { readonly url: string; readonly revision: string };
  readonly argocd: {
    /** False where others install and upgrade it. */
    readonly selfManaged: boolean;
    /** How often it looks at git. */
    readonly pollSeconds: number;
    /** Address, without a slash at the end, below which third-party repositories are mirrored. */
    readonly mirror?: string;
  };
  /** In the order of their waves. */
  readonly components: readonly ComponentPlan[];
  readonly connections: readonly Connection[];
  readonly tenants: readonly TenantPlan[];
  /** Everybody who may sign in at the gateway: tenants, their writers, readers of several; none on an edge. */
  readonly credentials: readonly CredentialPlan[];
  /** ClusterIssuer by which HTTP and gRPC between components are encrypted; absent: they are not. */
  readonly tls?: { readonly issuer: string };
  /** None without `tls`. */
  readonly certificates: readonly CertificatePlan[];
  /** Who is told of alerts; absent where nobody is. */
  readonly notifications?: NotificationsPlan;
  /** True where the routes of every tenant's alerts are files of this repository, and no tenant can upload its own. */
  readonly alertRoutesInGit?: boolean;
  /** Present where the stack's own telemetry is a tenant of its own. */
  readonly selfMonitoring?: {
    readonly tenant: string;
    readonly canaries: boolean;
    readonly metaMonitoring: boolean;
  };
  readonly objectStorage: ObjectStoragePlan;
  readonly buckets: BucketNames;
  readonly secrets: readonly SecretPlan[];
  readonly secretSource: SecretSource;
  readonly loki?: LokiPlan;
  readonly mimir?: MimirPlan;
  readonly prometheus?: PrometheusPlan;
  readonly tempo?: TempoPlan;
  readonly kafka?: KafkaPlan;
  readonly grafana?: GrafanaPlan;
  /** Absent on an edge. */
  readonly gateway?: GatewayPlan;
  readonly exposure?: ExposurePlan;
  readonly collection: CollectionPlan;
  readonly ingest: IngestPlan;
  readonly load: {
    readonly activeSeries: number;
    readonly logBytesPerSecond: number;
    readonly traceBytesPerSecond: number;
    readonly queriesPerSecond: number;
  };
  readonly releases: Readonly<Record<ReleaseName, Release>>;
  readonly decisions: readonly Decision[];
}
