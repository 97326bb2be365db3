import type { Connection, Endpoint, Plan } from '@lgtm-fleet/plan';

const OUTSIDE_NAMES: Readonly<Record<string, string>> = {
  'cluster-dns': 'cluster DNS',
  'kubernetes-api': 'Kubernetes API',
  'object-storage': 'object storage',
  'token-service': 'token service',
  'metadata-server': 'metadata server',
  'pod-identity-agent': 'Pod Identity agent',
  hub: 'hub',
  'oidc-issuer': 'OIDC issuer',
  profiles: 'Pyroscope',
  'public-gateway': 'public gateway',
  postgres: 'Postgres',
  nodes: 'nodes',
  'scrape-targets': 'scraped pods',
  'instrumented-pods': 'applications',
};

/** Picture of the connection graph by component: who talks to whom, and over what. Gossip, DNS and scrapes are left out. */
export function mermaid(plan: Plan): string {
  const edges = new Map<string, Set<string>>();
  for (const connection of plan.connections) {
    const from = node(connection.from);
    const to = node(connection.to);
    if (from === to || quiet(connection)) continue;
    const key = `  ${from} -->|%| ${to}`;
    edges.set(key, (edges.get(key) ?? new Set()).add(label(connection)));
  }
  const inside = (namespace: string) =>
    plan.components
      .filter((component) => component.namespace === namespace && component.workloads.length > 0)
      .map(({ name }) => `    ${id(name)}["${name}"]`);
  const outside = [
    ...new Set(
      plan.connections
        .flatMap(({ from, to }) => [from, to])
        .flatMap((endpoint) =>
          endpoint.kind === 'outside' && endpoint.name !== 'cluster-dns' && endpoint.name !== 'scrape-targets'
            ? [endpoint.name]
            : [],
        ),
    ),
  ];
  return [
    'flowchart LR',
    ...['observability', 'monitoring', 'sample'].flatMap((namespace) =>
      inside(namespace).length === 0 ? [] : [`  subgraph ${namespace}`, ...inside(namespace), '  end'],
    ),
    ...outside.toSorted().map((name) => `  ${id(name)}(["${OUTSIDE_NAMES[name] ?? name}"])`),
    ...[...edges.entries()].map(([edge, labels]) => edge.replace('%', [...labels].toSorted().join(', '))).toSorted(),
  ].join('\n');
}

function quiet({ protocol, why, to }: Connection): boolean {
  return (
    protocol === 'memberlist' ||
    protocol === 'dns' ||
    why === 'scrapes its metrics' ||
    (to.kind === 'outside' && to.name === 'scrape-targets')
  );
}

function label({ protocol, port, encryption }: Connection): string {
  return `${protocol}${encryption === undefined ? '' : ' in TLS'}${protocol === 'icmp' ? '' : ` ${String(port)}`}`;
}

function node(endpoint: Endpoint): string {
  return id(endpoint.kind === 'pods' ? endpoint.component : endpoint.name);
}

function id(name: string): string {
  return name.replaceAll('-', '_');
}
