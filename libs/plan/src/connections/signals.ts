import type { Connection, PodEndpoint, Workload } from '../types.ts';
import { lokiRuler } from './alerts.ts';
import { call, leave, outside, pods, serviceOfPort } from './endpoints.ts';
import { scraped as scrapedPorts } from './watching.ts';

/** Where replicas of the OTLP gateway pass spans to each other; applications cannot reach it. */
const PEERS = { portName: 'otlp-peers', port: 4319 } as const;

type Store = 'loki' | 'mimir' | 'tempo';

/** The roles in front of a store, for each kind of request that the gateway passes on. */
const DISTRIBUTED_FRONT: Readonly<Record<Store, readonly (readonly [string, string])[]>> = {
  loki: [
    ['distributor', 'pushes logs'],
    ['query-frontend', 'queries logs'],
    ['querier', 'tails logs'],
    ['ruler', 'reads and changes rules'],
    ['compactor', 'asks for deletions'],
  ],
  mimir: [
    ['distributor', 'pushes metrics'],
    ['query-frontend', 'queries metrics'],
    ['ruler', 'reads and changes rules'],
    ['alertmanager', 'reads and changes alert routes'],
    ['compactor', 'uploads blocks'],
  ],
  tempo: [
    ['distributor', 'pushes traces'],
    ['query-frontend', 'queries traces'],
  ],
};

export interface SignalInputs {
  readonly workloads: readonly Workload[];
  readonly exposed: boolean;
  /** Whether the public gateway also leads to our own: for pushes, for queries, for what an Ingress closes. */
  readonly gatewayExposed: boolean;
  readonly oidc: boolean;
  /** By what a Pyroscope outside is asked; absent where there is none. */
  readonly profiles?: 'http' | 'https';
  readonly postgresPort?: number;
}

/** Everything between collectors, gateway, stores, Grafana and people on a hub. */
export function hubConnections({
  workloads,
  exposed,
  gatewayExposed,
  oidc,
  profiles,
  postgresPort,
}: SignalInputs): readonly Connection[] {
  const has = (component: string, role: string) =>
    workloads.some((workload) => workload.component === component && workload.role === role);
  const gateway = pods('gateway', 'gateway');
  const grafana = pods('grafana', 'grafana');

  const toStores = (['loki', 'mimir', 'tempo'] as const).flatMap((store) => {
    const routes = has(store, 'monolithic')
      ? [
          ['monolithic', 'pushes and queries'] as const,
          ...DISTRIBUTED_FRONT[store].filter(([role]) => role === 'compactor'),
        ]
      : DISTRIBUTED_FRONT[store];
    return routes
      .filter(([role]) => has(store, role))
      .flatMap(([role, why]) => {
        const http = call({
          from: gateway,
          to: pods(store, role),
          port: 'http',
          protocol: 'http',
          why,
          tenant: 'caller',
        });
        // Spans come in over Tempo's OTLP receiver, not over its API port.
        const otlp =
          store === 'tempo' && role !== 'query-frontend'
            ? [
                call({
                  from: gateway,
                  to: pods('tempo', role),
                  port: 'otlp-http',
                  protocol: 'http',
                  why: 'pushes traces',
                  tenant: 'caller',
                }),
              ]
            : [];
        return role === 'distributor' && store === 'tempo' ? otlp : [http, ...otlp];
      });
  });
  const prometheus = has('prometheus', 'prometheus')
    ? [
        call({
          from: gateway,
          to: pods('prometheus', 'prometheus'),
          port: 'http',
          protocol: 'http',
          why: 'pushes and queries metrics',
        }),
      ]
    : [];

  const generator: PodEndpoint | undefined = has('tempo', 'metrics-generator')
    ? pods('tempo', 'metrics-generator')
    : has('tempo', 'monolithic')
      ? pods('tempo', 'monolithic')
      : undefined;
  const metricsIn = has('prometheus', 'prometheus')
    ? pods('prometheus', 'prometheus')
    : has('mimir', 'distributor')
      ? pods('mimir', 'distributor')
      : pods('mimir', 'monolithic');
  const spanMetrics =
    generator === undefined
      ? []
      : [
          call({
            from: generator,
            to: metricsIn,
            port: 'http',
            protocol: 'http',
            why: 'writes span metrics and the service graph',
            tenant: 'caller',
          }),
        ];

  const alerts = has('mimir', 'alertmanager')
    ? pods('mimir', 'alertmanager')
    : has('mimir', 'monolithic')
      ? pods('mimir', 'monolithic')
      : undefined;
  const lokiAlerts =
    alerts === undefined
      ? []
      : [
          call({
            from: lokiRuler(workloads),
            to: alerts,
            port: 'http',
            protocol: 'http',
            why: 'sends alerts of log rules',
            tenant: 'caller',
          }),
        ];

  return [
    ...toStores,
    ...prometheus,
    ...spanMetrics,
    ...lokiAlerts,
    call({ from: grafana, to: gateway, port: 'http', protocol: 'http', why: 'queries all stores' }),
    ...(exposed
      ? [
          call({
            from: outside('public-gateway'),
            to: grafana,
            port: 'http',
            protocol: 'http',
            why: 'people open Grafana',
          }),
        ]
      : []),
    ...(gatewayExposed
      ? [
          call({
            from: outside('public-gateway'),
            to: gateway,
            port: 'http',
            protocol: 'http',
            why: 'edges and outsiders push and query',
          }),
        ]
      : []),
    ...(oidc ? [leave(grafana, 'oidc-issuer', 443, 'https', 'signs people in')] : []),
    ...(profiles === undefined
      ? []
      : [leave(grafana, 'profiles', profiles === 'https' ? 443 : 80, profiles, "shows profiles of a span's service")]),
    ...(postgresPort === undefined
      ? []
      : [
          {
            from: grafana,
            to: grafana,
            service: serviceOfPort(grafana, 'gossip'),
            portName: 'gossip',
            port: 9094,
            protocol: 'gossip',
            tenant: 'none',
            why: 'replicas agree on which notification is out',
          } as const,
        ]),
    ...(postgresPort === undefined ? [] : [leave(grafana, 'postgres', postgresPort, 'https', "Grafana's database")]),
  ];
}

/** Everything that starts or ends in the namespace `monitoring`. */
export function collectorConnections(workloads: readonly Workload[], role: 'hub' | 'edge'): readonly Connection[] {
  const alloy = pods('alloy', 'alloy');
  const otlp = pods('alloy-gateway', 'alloy-gateway');
  const push = (from: PodEndpoint, why: string): Connection =>
    role === 'edge'
      ? leave(from, 'hub', 443, 'https', why)
      : call({ from, to: pods('gateway', 'gateway'), port: 'http', protocol: 'http', why });
  const pinned = workloads.some(
    (workload) => workload.component === 'alloy-gateway' && workload.kind === 'StatefulSet',
  );
  // node-exporter answers on its node's own address: that is an edge to the nodes.
  const scraped = workloads.flatMap((workload) =>
    scrapedPorts(workload).map((port) =>
      call({
        from: alloy,
        to: pods(workload.component, workload.role),
        port,
        protocol: 'http',
        why: 'scrapes its metrics',
      }),
    ),
  );
  return [
    push(alloy, 'pushes metrics and logs'),
    push(otlp, 'pushes what came in over OTLP'),
    call({
      from: outside('instrumented-pods'),
      to: otlp,
      port: 'otlp-grpc',
      protocol: 'grpc',
      why: 'applications send OTLP',
    }),
    call({
      from: outside('instrumented-pods'),
      to: otlp,
      port: 'otlp-http',
      protocol: 'http',
      why: 'applications send OTLP',
    }),
    ...(pinned
      ? [
          {
            from: otlp,
            to: otlp,
            service: serviceOfPort(otlp, PEERS.portName),
            ...PEERS,
            protocol: 'grpc',
            tenant: 'none',
            why: 'passes spans to the replica that decides on their trace',
          } as const,
        ]
      : []),
    leave(alloy, 'kubernetes-api', 443, 'https', 'finds targets'),
    leave(otlp, 'kubernetes-api', 443, 'https', 'finds the pod that a span came from'),
    leave(pods('kube-state-metrics', 'kube-state-metrics'), 'kubernetes-api', 443, 'https', 'lists every object'),
    leave(alloy, 'nodes', 10_250, 'https', 'scrapes kubelet and cAdvisor'),
    leave(alloy, 'nodes', 9100, 'http', 'scrapes node-exporter'),
    leave(alloy, 'scrape-targets', 0, 'http', 'scrapes annotated pods and ServiceMonitors'),
    ...scraped,
  ];
}
