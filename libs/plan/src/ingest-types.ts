import type { ClusterSpec } from '@lgtm-fleet/spec';
import type { CloudAccess } from './store-types.ts';

type Ingest = ClusterSpec['spec']['ingest'];

/** What is scraped, probed or asked from inside, as the cluster file has it, with what follows from the rest of it. */
export type SourcePlan = Omit<Ingest['sources'][number], 'tenant' | 'job' | 'interval' | 'timeout' | 'series'> & {
  readonly tenant: string;
  readonly job: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** As said, or the estimate of its kind. */
  readonly series: number;
};

export type SenderPlan = Omit<Ingest['senders'][number], 'tenant'> & PushPlan;

/** A group of machines; amounts are of all of them together, as said or estimated. */
export type HostGroupPlan = Omit<
  Ingest['hosts'][number],
  'tenant' | 'interval' | 'buffer' | 'series' | 'logs' | 'traces'
> &
  PushPlan & {
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly bufferSeconds: number;
    readonly series: number;
    readonly logBytesPerSecond: number;
    readonly traceBytesPerSecond: number;
    /** What the metrics of one machine take on its disk while they cannot be sent. */
    readonly walBytes: number;
  };

export interface PushPlan {
  readonly tenant: string;
  /** What its writer shows at the gateway. */
  readonly credential: 'password' | 'token' | 'certificate';
  /** Base address of the gateway, as it is from outside where there is a way in. */
  readonly gatewayUrl: string;
  /** The same for OTLP over gRPC; absent where the gateway has a way in for HTTP alone. */
  readonly grpcUrl?: string;
  /** True where the authority of the gateway's certificate is none that systems know, and comes as a file. */
  readonly ownAuthority: boolean;
}

/** How the collector of sources proves to clouds who it is: all of them together, for it has one ServiceAccount. */
export interface SourceAccess extends Omit<CloudAccess, 'auth'> {
  /** What clients of clouds read there. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What lives outside the cluster and is to be seen. */
export interface IngestPlan {
  readonly sources: readonly SourcePlan[];
  /** Absent where no source is asked of a cloud. */
  readonly access?: SourceAccess;
  readonly senders: readonly SenderPlan[];
  readonly hosts: readonly HostGroupPlan[];
}
