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
  *fleet({ clusters }) {
    for (const edge of clusters) {
      const hub = clusters.find(({ name }) => name === edge.plan.hub);
      if (hub === undefined || hub.manifests.length === 0) continue;
      const routes = [...hub.ofKind('HTTPRoute'), ...hub.ofKind('Ingress')];
      for (const { program, config, component, address, span, paths } of alloyClients(edge)) {
        // An address inside the edge is for rules of the network.
        if (nameOf(edge, address.host, program.workload.namespace) !== undefined) continue;
        const own = routes.filter((route) => answersTo(route, address.host));
        const missing = paths.find((path) => !own.some((route) => takesPath(route, path)));
        if (missing === undefined) continue;
        const what = own.length === 0 ? `\`${address.host}\`` : `\`${missing}\` of \`${address.host}\``;
        yield {
          place: inText(config, span),
          message: `\`${component}\` ships to ${what}, which no route of hub \`${hub.name}\` answers`,
          help: `set \`spec.exposure.ingest.hostname\` of \`${hub.name}\`, and ship to it`,
          derivedFrom: ['spec', 'hub'],
        };
      }
    }
  },
};
