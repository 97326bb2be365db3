import { fleetCheck } from '../../fleet.ts';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { pushersOf } from '../../view/signing-in.ts';
import { writersOf } from '../../view/writers.ts';

export const rule: Rule = {
  meta: {
    id: 'writer-of-unknown-tenant',
    family: 'fleet',
    severity: 'error',
    description: 'A cluster pushes as a tenant that its stores do not have.',
    why: 'The gateway of the hub knows no password of it and answers 401: nothing of that tenant arrives.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/',
  },
  fleet: fleetCheck(
    (cluster) => [
      { name: cluster.name, hub: cluster.plan.hub, tenants: pushersOf(cluster.plan), writers: writersOf(cluster) },
    ],
    function* (clusters) {
      for (const cluster of clusters) {
        const hub = cluster.hub === undefined ? cluster : clusters.find(({ name }) => name === cluster.hub);
        if (hub === undefined) continue;
        for (const { config, component, value, span } of cluster.writers) {
          if (hub.tenants.includes(value)) continue;
          yield {
            place: inText(config, span),
            message: `\`${component}\` pushes as tenant \`${value}\`, which is none of \`${hub.name}\``,
            help: `write one of ${hub.tenants.map((name) => `\`${name}\``).join(', ')}, or add the tenant to \`spec.tenants\` of \`${hub.name}\``,
            derivedFrom: ['spec', 'tenants'],
          };
        }
      }
    },
  ),
};
