/** What the plan says of each store, and of where objects are kept. Bytes and seconds throughout. */

/** One bucket, or one folder where objects are files. */
export type ObjectStoragePlan =
  | { readonly kind: 'filesystem' }
  | {
      readonly kind: 's3';
      /** `host` or `host:port`, without a scheme. */
      readonly endpoint: string;
      readonly region: string;
      readonly insecure: boolean;
      readonly pathStyle: boolean;
      /** `secret`: environment ACCESS_KEY_ID and SECRET_ACCESS_KEY from Secret `object-storage`. */
      readonly auth: 'secret' | 'workload-identity';
      /** Put on the stores' ServiceAccounts where auth is workload-identity. */
      readonly serviceAccountAnnotations: Readonly<Record<string, string>>;
    };

export interface BucketNames {
  readonly loki: string;
  readonly lokiRuler: string;
  readonly mimirBlocks: string;
  readonly mimirRuler: string;
  readonly mimirAlertmanager: string;
  readonly tempo: string;
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

export interface LokiPlan extends StorePlan {
  /** First day of the first schema period, `YYYY-MM-DD`; fixed, never today. */
  readonly schemaFrom: string;
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
