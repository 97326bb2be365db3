import type { ClusterSpec } from '@lgtm-fleet/spec';
import { isWatched } from '../alerting.ts';
import { signsInBy } from '../credentials.ts';
import { CLIENT_CERTIFICATES } from '../ports.ts';
import type { Connection, CredentialPlan, Workload } from '../types.ts';
import { call, isOnNodeNetwork, leave, pods, serviceOf } from './endpoints.ts';

/** The Prometheus that watches the stores scrapes each of them by itself, and Grafana shows what it knows. */
export function metaConnections(cluster: ClusterSpec, workloads: readonly Workload[]): readonly Connection[] {
  if (!isWatched(cluster)) return [];
  const watcher = pods('meta-monitoring', 'meta-monitoring');
  return [
    leave(watcher, 'kubernetes-api', 443, 'https', 'finds the pods of the stack'),
    ...workloads.flatMap((workload) => scraped(workload).map((port) => scrape(workload, port))),
    call({
      from: pods('grafana', 'grafana'),
      to: watcher,
      port: 'http',
      protocol: 'http',
      why: 'queries what watches the stores',
    }),
  ];

  function scrape({ component, role }: Workload, port: string): Connection {
    return call({ from: watcher, to: pods(component, role), port, protocol: 'http', why: 'scrapes its metrics' });
  }
}

/** Ports of a workload that tell its metrics; node-exporter is the node's, the sample sends its own, nginx has none. */
export function scraped({ kind, component, ports }: Workload): readonly string[] {
  if (kind === 'Job' || isOnNodeNetwork(component) || component === 'sample' || component === 'gateway') return [];
  return ports.map(({ name }) => name).filter((name) => name === 'http' || name === 'metrics' || name === 'telemetry');
}

/** Rules come in by the front door, as each tenant. */
export function ruleConnections(
  workloads: readonly Workload[],
  credentials: readonly CredentialPlan[],
): readonly Connection[] {
  if (!workloads.some(({ component }) => component === 'rules')) return [];
  const from = pods('rules', 'rules');
  const to = pods('gateway', 'gateway');
  const why = 'brings rules into the rulers';
  const plain = call({ from, to, port: 'http', protocol: 'http', why });
  const owners = credentials.filter(({ writes, reads }) => writes !== undefined && reads.length > 0);
  const shown = signsInBy(owners, 'certificate');
  const others = owners.some(({ kind }) => kind !== 'certificate');
  const { name: portName, port } = CLIENT_CERTIFICATES;
  return [
    ...(others ? [plain] : []),
    ...(shown
      ? [
          {
            from,
            to,
            service: serviceOf(to),
            portName,
            port,
            protocol: 'https',
            tenant: 'none',
            why: `${why}, with client certificates`,
          } as const,
        ]
      : []),
  ];
}
