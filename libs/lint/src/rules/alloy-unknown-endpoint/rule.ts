import { endpoints } from '@lgtm-fleet/alloy';
import { inText } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { alloyConfigs } from '../../view/alloy-configs.ts';
import { nameOf } from '../../view/services.ts';

/** The host of an address: with a scheme, a user, a port and a path, or without. */
const HOST = /^(?:[a-z][a-z0-9+.-]*:\/{2,3})?(?:[^/@]*@)?(\[[^\]]*\]|[^:/?#]+)/;
const OWN = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

export const rule: Rule = {
  meta: {
    id: 'alloy-unknown-endpoint',
    family: 'alloy',
    severity: 'warning',
    description: "Alloy sends to an address that is neither the cluster's nor its hub's.",
    why: 'Telemetry leaves for somebody whom the plan does not know, or, as soon as policies hold, for nobody.',
    source: 'https://grafana.com/docs/alloy/latest/collect/',
  },
  *cluster(cluster) {
    const { gatewayUrl } = cluster.plan.collection;
    const gateway = HOST.exec(gatewayUrl)?.[1];
    for (const { config, file, programs } of alloyConfigs(cluster)) {
      const home = programs[0]?.workload.namespace ?? '';
      for (const { component, address = '', span } of endpoints(file)) {
        const host = HOST.exec(address)?.[1];
        if (host === undefined || host === gateway || OWN.test(host)) continue;
        if (nameOf(cluster, host, home) !== undefined) continue;
        yield {
          place: inText(config, span),
          message: `\`${component}\` sends to \`${host}\`, which the plan does not know`,
          help: `send to \`${gatewayUrl}\`, or suppress this with the reason why telemetry goes there`,
        };
      }
    }
  },
};
