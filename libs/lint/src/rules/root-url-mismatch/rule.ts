import type { Manifest } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { backendsOf } from '../../view/entries.ts';
import { grafanasOf, type Grafana } from '../../view/grafana-settings.ts';
import { answersTo, hostnamesOf } from '../../view/hostnames.ts';
import { servicesOf } from '../../view/services.ts';

/** The routes of Gateways, and the Ingresses, that lead to a Grafana. */
function routesTo(cluster: ClusterView, { program }: Grafana): readonly Manifest[] {
  const services = servicesOf(cluster).filter(({ workloads }) => workloads.includes(program.workload));
  const backends = backendsOf(cluster).filter(({ service, namespace }) =>
    services.some((one) => one.name === service && one.namespace === namespace),
  );
  return [...new Set(backends.map(({ manifest }) => manifest))];
}

export const rule: Rule = {
  meta: {
    id: 'root-url-mismatch',
    family: 'grafana',
    severity: 'error',
    description: 'Grafana takes itself to be at another host than the one that leads to it.',
    why: 'Sign-in comes back to an address that nobody answers, links in notifications lead nowhere, and Grafana Live refuses connections for their origin.',
    source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#root_url',
  },
  *cluster(cluster) {
    for (const grafana of grafanasOf(cluster)) {
      const root = grafana.setting('server', 'root_url');
      const [, host] = /^https?:\/\/([^/:]+)/.exec(root?.value ?? '') ?? [];
      const routes = routesTo(cluster, grafana);
      const [first] = routes.flatMap((route) => hostnamesOf(cluster).filter((name) => name.route === route));
      if (root === undefined || host === undefined || first === undefined) continue;
      if (routes.some((route) => answersTo(route, host))) continue;
      yield {
        place: root.place,
        message: `Grafana takes \`${host}\` to be its host, and \`${first.host}\` leads to it`,
        help: `write \`root_url = https://${first.host}/\``,
        derivedFrom: ['spec', 'exposure', 'grafana', 'hostname'],
      };
    }
  },
};
