/**
 * The plan: everything that is derived from a cluster spec, derived once.
 * Units are in the names or in the comments: bytes, milli-CPU, seconds. What comes after the plan
 * turns these values into text and holds no decision of its own.
 */
import type { Release, ReleaseName } from '@lgtm-fleet/releases';
import type {
  BucketNames,
  KafkaPlan,
  LokiPlan,
  MimirPlan,
  ObjectStoragePlan,
  PrometheusPlan,
  TempoPlan,
} from './store-types.ts';

export type * from './store-types.ts';

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
  | 'kube-state-metrics'
  | 'node-exporter'
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
export type Protocol = 'http' | 'grpc' | 'memberlist' | 'gossip' | 'memcached' | 'kafka' | 's3' | 'https' | 'dns';

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
    | 'hub'
    | 'oidc-issuer'
    | 'public-gateway'
    | 'postgres'
    | 'nodes'
    | 'scrape-targets'
    | 'instrumented-pods';
}

export type Endpoint = PodEndpoint | OutsideEndpoint;

/** One edge of the graph of who talks to whom; NetworkPolicies, pictures and checks read it. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Name of the Service that is called; absent where the caller dials pods or the outside. */
  readonly service?: string;
  readonly portName: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Who puts `X-Scope-OrgID` on: `caller`, or nobody because none is needed. */
  readonly tenant: 'caller' | 'none';
  readonly why: string;
}

export interface TenantPlan {
  readonly name: string;
  /** Part of the cluster's load, 0 to 1. */
  readonly share: number;
  /** Namespaces whose telemetry is this tenant's; the first tenant also takes all the rest. */
  readonly namespaces: readonly string[];
  readonly retentionSeconds: { readonly metrics: number; readonly logs: number; readonly traces: number };
  readonly limits: {
    readonly activeSeries: number;
    readonly samplesPerSecond: number;
    readonly logBytesPerSecond: number;
    readonly traceBytesPerSecond: number;
  };
}

export interface GrafanaPlan {
  readonly database:
    { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly host: string; readonly name: string };
  /** Full address people open, without a slash at the end. */
  readonly rootUrl: string;
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly authorizationUrl: string;
    readonly tokenUrl: string;
    readonly userInfoUrl: string;
  };
}

export interface CollectionPlan {
  /** Label `cluster` on everything. */
  readonly clusterLabel: string;
  readonly scrapeIntervalSeconds: number;
  /** Base address of the gateway that telemetry goes to: in the cluster, or the hub's. */
  readonly gatewayUrl: string;
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

export interface ExposurePlan {
  readonly gateway: { readonly name: string; readonly namespace: string };
  readonly grafanaHostname: string;
  /** Where edges and outsiders push; absent unless the spec asks for it. */
  readonly ingestHostname?: string;
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
  readonly objectStorage: ObjectStoragePlan;
  readonly buckets: BucketNames;
  readonly secrets: readonly SecretPlan[];
  /** Name of the ClusterSecretStore that fills the secrets; absent: made at bootstrap. */
  readonly secretStore?: string;
  readonly loki?: LokiPlan;
  readonly mimir?: MimirPlan;
  readonly prometheus?: PrometheusPlan;
  readonly tempo?: TempoPlan;
  readonly kafka?: KafkaPlan;
  readonly grafana?: GrafanaPlan;
  readonly exposure?: ExposurePlan;
  readonly collection: CollectionPlan;
  readonly load: {
    readonly activeSeries: number;
    readonly logBytesPerSecond: number;
    readonly traceBytesPerSecond: number;
    readonly queriesPerSecond: number;
  };
  readonly releases: Readonly<Record<ReleaseName, Release>>;
  readonly decisions: readonly Decision[];
}
