import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes } from '@lgtm-fleet/units';
import { planCredentials, signsInBy } from '../credentials.ts';
import { gatewayDecisions } from '../gateway.ts';
import { nodesOf } from '../modes.ts';
import { CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES } from '../ports.ts';
import { OWN, sized, together, type Sized } from '../sizing.ts';

const { MI, GI } = bytes;

/** The nginx that every push and every query passes. */
export function gatewayCapacity(cluster: ClusterSpec): Sized {
  const { logs, traces, metrics } = cluster.spec.load;
  const megabytes = (logs.volume + traces.throughput + (metrics.activeSeries / metrics.scrapeInterval) * 20) / 1e6;
  const many = nodesOf(cluster) >= 3;
  const replicas = many ? Math.max(2, Math.ceil(megabytes / 20)) : 1;
  const pods = sized('gateway', {
    role: 'gateway',
    kind: 'Deployment',
    replicas,
    maxReplicas: many ? replicas * 4 : 2,
    because: many ? `${megabytes.toFixed(1)} MB/s in, 20 MB/s a pod; two, so that one may restart` : 'one node',
    source: OWN,
    milliCpu: many ? 200 : 20,
    memoryBytes: many ? 128 * MI : 32 * MI,
    burst: 2,
    ...(signsInBy(planCredentials(cluster), 'certificate') && {
      morePorts: [CLIENT_CERTIFICATES, GRPC_CLIENT_CERTIFICATES],
    }),
  });
  return together([pods, { workloads: [], decisions: gatewayDecisions(cluster) }]);
}

export function grafanaCapacity(cluster: ClusterSpec): Sized {
  const many = cluster.spec.grafana.database?.postgres !== undefined;
  return sized('grafana', {
    role: 'grafana',
    kind: many ? 'Deployment' : 'StatefulSet',
    replicas: many ? 2 : 1,
    because: many ? 'state is in Postgres, so two' : 'SQLite has one writer',
    source: OWN,
    milliCpu: many ? 250 : 100,
    memoryBytes: many ? 512 * MI : 192 * MI,
    burst: 2.5,
    // Replicas tell each other which notification is out.
    ...(many ? { morePorts: [{ name: 'gossip', port: 9094 }] } : { volumeBytes: 2 * GI }),
  });
}

/** S3 inside the cluster, on one volume of the size that the spec says. */
export function seaweedfsCapacity(sizeBytes: number): Sized {
  return together([
    sized('seaweedfs', {
      role: 'seaweedfs',
      kind: 'StatefulSet',
      replicas: 1,
      because: 'one volume; who needs more has object storage outside',
      source: OWN,
      milliCpu: 100,
      memoryBytes: 256 * MI,
      burst: 4,
      volumeBytes: sizeBytes,
    }),
    sized('seaweedfs', {
      role: 'buckets',
      kind: 'Job',
      replicas: 1,
      because: 'makes the buckets, and ends',
      source: OWN,
      milliCpu: 20,
      memoryBytes: 64 * MI,
      burst: 2,
    }),
  ]);
}
