import { fleetCheck } from '../../fleet.ts';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { alloyClients } from '../../view/alloy-clients.ts';
import { answersTo, takesPath } from '../../view/hostnames.ts';
import { nameOf } from '../../view/services.ts';

export const rule: Rule = {
  meta: {
    id: 'hub-without-ingest-route',
    family: 'fleet',
    severity: 'error',
    description: 'An edge ships to an address that no route of its hub answers.',
    why: 'Nothing of the edge arrives; its collectors try again until their queues are full, and drop the rest.',
    source: 'https://grafana.com/docs/alloy/latest/reference/components/prometheus/prometheus.remote_write/',
  },
  fleet: fleetCheck(
    (cluster) => [
      {
        name: cluster.name,
        hub: cluster.plan.hub,
        rendered: cluster.manifests.length > 0,
        routes: [...cluster.ofKind('HTTPRoute'), ...cluster.ofKind('Ingress')],
        // Of a hub's own clients all addresses are inside; one inside an edge is for rules of the network.
        clients:
          cluster.plan.hub === undefined
            ? []
            : alloyClients(cluster)
                .filter(
                  ({ program, address }) => nameOf(cluster, address.host, program.workload.namespace) === undefined,
                )
                .map(({ config, component, address, span, paths }) => ({
                  config,
                  component,
                  host: address.host,
                  span,
                  paths,
                })),
      },
    ],
    function* (clusters) {
      for (const edge of clusters) {
        const hub = clusters.find(({ name }) => name === edge.hub);
        if (hub?.rendered !== true) continue;
        for (const { config, component, host, span, paths } of edge.clients) {
          const own = hub.routes.filter((route) => answersTo(route, host));
          const missing = paths.find((path) => !own.some((route) => takesPath(route, path)));
          if (missing === undefined) continue;
          const what = own.length === 0 ? `\`${host}\`` : `\`${missing}\` of \`${host}\``;
          yield {
            place: inText(config, span),
            message: `\`${component}\` ships to ${what}, which no route of hub \`${hub.name}\` answers`,
            help: `set \`spec.exposure.ingest.hostname\` of \`${hub.name}\`, and ship to it`,
            derivedFrom: ['spec', 'hub'],
          };
        }
      }
    },
  ),
};
