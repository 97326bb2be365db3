/** What the plan says of each store, and of where objects are kept. Bytes and seconds throughout. */

/** Whom a store asks for credentials before it can use its buckets. */
export interface TokenSource {
  readonly name: 'token-service' | 'metadata-server' | 'pod-identity-agent';
  readonly hosts: readonly string[];
  readonly port: number;
  readonly protocol: 'http' | 'https';
}

/** How a store proves to a cloud who it is. */
export interface CloudAccess {
  /** `secret`: keys from Secret `object-storage`; `workload-identity`: there are none. */
  readonly auth: 'secret' | 'workload-identity';
  /** Put on the stores' ServiceAccounts where auth is workload-identity. */
  readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
  /** Put on pods that use the buckets, where the cloud hands its tokens only to those who ask. */
  readonly podLabels: Readonly<Record<string, string>>;
  readonly tokenSources: readonly TokenSource[];
}

/** One bucket, or one folder where objects are files. */
export type ObjectStoragePlan =
  | { readonly kind: 'filesystem' }
  | (CloudAccess & {
      readonly kind: 's3';
      /** `host` or `host:port`, without a scheme. */
      readonly endpoint: string;
      readonly region: string;
      readonly insecure: boolean;
      readonly pathStyle: boolean;
    })
  | (CloudAccess & { readonly kind: 'gcs' })
  | (CloudAccess & {
      readonly kind: 'azure';
      readonly account: string;
      /** `blob.core.windows.net`: the account before it makes the host. */
      readonly endpointSuffix: string;
    });

export interface BucketNames {
  readonly loki: string;
  readonly lokiRuler: string;
  readonly mimirBlocks: string;
  readonly mimirRuler: string;
  readonly mimirAlertmanager: string;
  readonly tempo: string;
  readonly grafana: string;
}

export interface CachePlan {
  /** Role of the workload: `chunks-cache`. */
  readonly role: string;
  /** What `-m` gets, in bytes; the pod's memory limit is 1.2 times it. */
  readonly memoryBytes: number;
  /** What `-I` gets, in bytes. */
  readonly maxItemBytes: number;
}

export interface StorePlan {
  readonly mode: 'monolithic' | 'highly-available' | 'distributed';
  readonly replicationFactor: number;
  readonly zoneAware: boolean;
  readonly retentionSeconds: number;
  readonly caches: readonly CachePlan[];
}

/** How the lines of some days are stored, and so how they are found. */
export interface LogSchema {
  /** Its first day, `YYYY-MM-DD`; fixed. */
  readonly from: string;
  readonly store: 'boltdb-shipper' | 'tsdb';
  readonly schema: string;
  readonly indexPrefix: string;
  readonly objectStore: ObjectStoragePlan['kind'];
}

export interface LokiPlan extends StorePlan {
  /** First day of the schema that is written by, `YYYY-MM-DD`; fixed, never today. */
  readonly schemaFrom: string;
  /** Those of the days before it, oldest first. */
  readonly earlierSchemas: readonly LogSchema[];
}

export interface MimirPlan extends StorePlan {
  readonly architecture: 'classic' | 'ingest-storage';
  readonly kafkaPartitions?: number;
}

export interface TempoPlan extends StorePlan {
  /** Present in distributed mode. */
  readonly kafkaPartitions?: number;
}

export interface PrometheusPlan {
  readonly retentionSeconds: number;
  /** Prometheus deletes its oldest blocks past this, before the volume is full. */
  readonly retentionBytes: number;
}

export interface KafkaPlan {
  readonly brokers: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: number;
    readonly retentionSeconds: number;
    readonly maxMessageBytes: number;
  }[];
}
