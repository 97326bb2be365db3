import type { ClusterSpec } from '@lgtm-fleet/spec';
import { bytes, formatBytes, formatCount } from '@lgtm-fleet/units';
import { nodesOf } from '../modes.ts';
import { OTLP_TENANTS } from '../ports.ts';
import { OWN, sized, type Sized } from '../sizing.ts';

const { MI, GI } = bytes;
const ALLOY = 'Alloy docs, estimate-resource-usage';

/** Everything in the namespace `monitoring`. */
export function collectorCapacity(cluster: ClusterSpec): readonly Sized[] {
  return [alloy(cluster), alloyGateway(cluster), kubeStateMetrics(cluster), nodeExporter()];
}

/** One on every node: 0.4 CPU and 11 GiB for each million series, 1 CPU and 120 MiB for each MiB/s of logs. */
function alloy(cluster: ClusterSpec): Sized {
  const nodes = nodesOf(cluster);
  const series = cluster.spec.load.metrics.activeSeries / nodes;
  const logs = cluster.spec.load.logs.volume / nodes / MI;
  return sized('alloy', {
    role: 'alloy',
    kind: 'DaemonSet',
    replicas: 0,
    because: `${formatCount(series)} series and ${formatBytes(logs * MI)}/s of logs a node`,
    source: ALLOY,
    headroom: '50 %; starting up takes more than running',
    milliCpu: 50 + (400 * series) / 1e6 + 1000 * logs,
    memoryBytes: 128 * MI + (11 * GI * series) / 1e6 + 120 * MI * logs,
    burst: 2.5,
  });
}

function alloyGateway(cluster: ClusterSpec): Sized {
  const { throughput } = cluster.spec.load.traces;
  const tail = cluster.spec.traces.sampling.tail;
  const many = nodesOf(cluster) >= 3;
  const replicas = many ? Math.max(2, Math.ceil(throughput / 5e6)) : 1;
  // Spans under way are held until their trace is decided; in memory a span is about three times its wire size.
  const held = (tail?.decisionWait ?? 0) * throughput * 3;
  return sized('alloy-gateway', {
    role: 'alloy-gateway',
    kind: tail === undefined ? 'Deployment' : 'StatefulSet',
    replicas,
    ...(tail === undefined && { maxReplicas: replicas * 4 }),
    morePorts: [
      ...(tail === undefined ? [] : [{ name: 'otlp-peers', port: 4319 }]),
      ...(cluster.spec.role === 'hub' ? [OTLP_TENANTS] : []),
    ],
    because: `${formatBytes(throughput)}/s of traces, 5 MB/s a pod${tail === undefined ? '' : '; tail sampling pins a trace to one pod, so the number is fixed'}`,
    source: OWN,
    headroom: '100 %',
    milliCpu: 50 + throughput / 5000 / replicas,
    memoryBytes: 96 * MI + ((many ? 256 : 0) * MI + (2 * held) / replicas),
    burst: 2,
  });
}

function kubeStateMetrics(cluster: ClusterSpec): Sized {
  const nodes = nodesOf(cluster);
  return sized('kube-state-metrics', {
    role: 'kube-state-metrics',
    kind: 'Deployment',
    replicas: 1,
    because: `${String(nodes)} nodes; it keeps the state of every object in memory`,
    source: 'kube-state-metrics README, resource recommendation',
    headroom: '50 %',
    milliCpu: 10 + nodes,
    memoryBytes: 40 * MI + 2 * MI * nodes,
    burst: 3,
  });
}

function nodeExporter(): Sized {
  return sized('node-exporter', {
    role: 'node-exporter',
    kind: 'DaemonSet',
    replicas: 0,
    because: 'one on every node',
    source: OWN,
    milliCpu: 10,
    memoryBytes: 24 * MI,
    burst: 4,
  });
}
