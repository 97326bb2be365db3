import { get, type Json } from '@lgtm-fleet/manifests';
import { addressesIn } from './address-text.ts';
import { alloyClients } from './alloy-clients.ts';
import type { ClusterView } from './cluster.ts';
import { provisionedSources } from './data-sources.ts';
import { backendsOf } from './entries.ts';
import type { Gateway } from './nginx-locations.ts';
import { nameOf, serviceNamed } from './services.ts';

/** A request that somebody is configured to make. */
export interface GatewayRequest {
  readonly path: string;
  /** Who makes it, for messages. */
  readonly who: string;
}

/** What Grafana asks a data source of a type for, below its address. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['/api/v1/query', '/api/v1/query_range', '/api/v1/series', '/api/v1/labels', '/api/v1/query_exemplars'],
  loki: ['/loki/api/v1/query', '/loki/api/v1/query_range', '/loki/api/v1/labels', '/loki/api/v1/tail'],
  tempo: ['/api/v2/traces/0123456789abcdef', '/api/search', '/api/v2/search/tags'],
  alertmanager: ['/alertmanager/api/v2/alerts', '/api/v1/alerts'],
};

/** What it asks for besides where it shows and edits the rules of the store. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  prometheus: ['/api/v1/rules'],
  loki: ['/prometheus/api/v1/rules', '/loki/api/v1/rules'],
};

/** Every request to a gateway that the cluster's own files configure: of Alloy, of Grafana, of routes from outside. */
export function gatewayRequests(cluster: ClusterView, { program }: Gateway): readonly GatewayRequest[] {
  const leadsHere = (host: string, home: string): boolean => {
    const name = nameOf(cluster, host, home);
    const service = name && serviceNamed(cluster, name);
    return service?.workloads.includes(program.workload) === true;
  };
  const alloy = alloyClients(cluster).flatMap(({ program: { workload }, address, paths, component }) =>
    leadsHere(address.host, workload.namespace) ? paths.map((path) => ({ path, who: `\`${component}\`` })) : [],
  );
  const home = cluster.programsOf('grafana')[0]?.workload.namespace ?? '';
  const grafana = provisionedSources(cluster).flatMap(({ name, type, url, body }) => {
    const [address] = addressesIn(url);
    if (address === undefined || !leadsHere(address.host, home)) return [];
    return askedFor(type, body).map((path) => ({
      path: `${address.path.replace(/\/$/, '')}${path}`,
      who: `data source \`${name}\``,
    }));
  });
  const routes = backendsOf(cluster)
    .filter(({ service, namespace }) => leadsHere(service, namespace))
    .flatMap(({ manifest, exact }) => exact.map((path) => ({ path, who: `${manifest.kind} \`${manifest.name}\`` })));
  return [...alloy, ...grafana, ...routes];
}

function askedFor(type: string, body: Json): readonly string[] {
  const rules = get(body, 'jsonData', 'manageAlerts') === true ? (RULES[type] ?? []) : [];
  const mimir = type === 'prometheus' && get(body, 'jsonData', 'prometheusType') === 'Mimir';
  return [...(ASKED[type] ?? []), ...rules, ...(rules.length > 0 && mimir ? ['/config/v1/rules'] : [])];
}
