import type { Access, ClusterObject } from '@lgtm-fleet/bootstrap';

/** Something that could not be learnt, and why. */
export interface Unknown {
  /** `pods of monitoring`, `rings of mimir-0`. */
  readonly what: string;
  readonly because: string;
}

/** Kinds that are read from the cluster, all of the plan's namespaces together. */
export type Kind =
  | 'Pod'
  | 'Node'
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'Service'
  | 'EndpointSlice'
  | 'ConfigMap'
  | 'PersistentVolumeClaim'
  | 'NetworkPolicy'
  | 'CiliumNetworkPolicy'
  | 'HorizontalPodAutoscaler'
  | 'Event'
  | 'Application';

/** A Secret without what is secret. */
export interface SecretFacts {
  readonly namespace: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** Of keys that hold a certificate: until when it is valid, ISO 8601. */
  readonly certificates?: readonly { readonly key: string; readonly notAfter: string }[];
}

/** How full a volume is, as the kubelet says. */
export interface VolumeFacts {
  readonly namespace: string;
  readonly pod: string;
  readonly claim: string;
  readonly usedBytes: number;
  readonly capacityBytes: number;
  readonly freeInodes?: number;
}

/** Last lines of a container that does not work as it should. */
export interface LogFacts {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly lines: readonly string[];
}

export interface RingMember {
  readonly id: string;
  readonly address: string;
  /** `ACTIVE`, `LEAVING`, `PENDING`, `JOINING`; `UNHEALTHY` where the last heartbeat is too old. */
  readonly state: string;
  /** Seconds since its last heartbeat; absent where the page does not say. */
  readonly heartbeatAgeSeconds?: number;
}

export interface Ring {
  /** `ingester`, as in its address. */
  readonly name: string;
  readonly members: readonly RingMember[];
}

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What was wrong with one answer of a program. */
export interface AnswerFault {
  readonly path: string;
  /** `hangs`: no answer in time; `refused`: nobody listens; `status`: 5xx; `garbage`: not what the path should give. */
  readonly kind: 'hangs' | 'refused' | 'status' | 'garbage';
  readonly detail: string;
}

/** What a pod of a store or a collector says of itself over HTTP. */
export interface ProgramFacts {
  readonly namespace: string;
  readonly pod: string;
  readonly component: string;
  readonly role: string;
  readonly ready?: { readonly status: number; readonly text: string };
  readonly version?: string;
  readonly services?: readonly { readonly name: string; readonly state: string }[];
  readonly rings?: readonly Ring[];
  /** Members that gossip shows it. */
  readonly gossipMembers?: number;
  /** Limits that are in force, by tenant. */
  readonly limits?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly metrics?: readonly Sample[];
  /** The same series some seconds later. */
  readonly later?: readonly Sample[];
  readonly secondsBetween?: number;
  readonly faults?: readonly AnswerFault[];
}

/** What the gateway answered to a harmless request by one of its routes. */
export interface RouteFacts {
  readonly method: string;
  readonly path: string;
  /** `component/role` behind it. */
  readonly upstream: string;
  readonly signal: 'metrics' | 'logs' | 'traces';
  readonly why: string;
  /** 0 where there was none: refused by the gateway itself, or late from behind it. */
  readonly status: number;
  /** True where nginx answered itself, and not the store behind it. */
  readonly byGateway: boolean;
  readonly tenant: string;
  readonly text?: string;
}

/** How many targets of a job were up in the last minutes, as the store of metrics has it. */
export interface JobFacts {
  readonly job: string;
  readonly tenant: string;
  readonly targets: number;
  readonly up: number;
}

export interface ClockFacts {
  /** `the API server`, `node a`. */
  readonly of: string;
  /** Positive where it is ahead of this machine's. */
  readonly aheadSeconds: number;
  /** How far off the measure itself may be. */
  readonly withinSeconds: number;
}

export interface RuleFacts {
  readonly tenant: string;
  readonly signal: 'metrics' | 'logs';
  readonly group: string;
  readonly name: string;
  readonly health: string;
  readonly error?: string;
}

export interface DataSourceFacts {
  readonly uid: string;
  readonly ok: boolean;
  readonly message: string;
}

export interface GrafanaFacts {
  readonly status: number;
  readonly database?: string;
  readonly dataSources?: readonly DataSourceFacts[];
}

/** One step of what the canary sent and looked for. */
export interface CanaryStep {
  /** `write`, `ring`, `read`, or a step of the correlation: `metric to trace`. */
  readonly step: string;
  readonly signal: 'metrics' | 'logs' | 'traces';
  readonly ok: boolean;
  readonly seconds: number;
  readonly detail: string;
}

export interface CanaryFacts {
  readonly tenant: string;
  readonly steps: readonly CanaryStep[];
}

/** Everything that was learnt of a cluster. What is absent could not be learnt, and is in `unknown`. */
export interface Facts {
  /** ISO 8601, by the clock of the machine that looks. */
  readonly at: string;
  readonly unknown: readonly Unknown[];
  readonly serverVersion?: string;
  /** Commit of the checkout that says what is planned. */
  readonly revision?: string;
  /** What this user may not read. */
  readonly denied?: readonly Access[];
  /** What git says that there should be, rendered. */
  readonly planned?: readonly ClusterObject[];
  readonly objects?: Readonly<Partial<Record<Kind, readonly ClusterObject[]>>>;
  readonly secrets?: readonly SecretFacts[];
  readonly volumes?: readonly VolumeFacts[];
  readonly logs?: readonly LogFacts[];
  readonly programs?: readonly ProgramFacts[];
  readonly routes?: readonly RouteFacts[];
  readonly jobs?: readonly JobFacts[];
  /** Where something else than the collectors of the plan scrapes: what it should. */
  readonly expectedJobs?: readonly { readonly job: string; readonly tenant: string }[];
  readonly rules?: readonly RuleFacts[];
  readonly clocks?: readonly ClockFacts[];
  readonly grafana?: GrafanaFacts;
  readonly canary?: CanaryFacts;
}
