import type { Rule } from '../../types.ts';
import { destinationsOf } from '../../view/destinations.ts';

export const rule: Rule = {
  meta: {
    id: 'unknown-service-port',
    family: 'network',
    severity: 'error',
    description: 'An address asks a Service for a port that it does not have.',
    why: 'Nothing answers there: a Service passes on its own ports only, and a headless one leads to pods that listen elsewhere.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  },
  *cluster(cluster) {
    for (const { address, service, port } of destinationsOf(cluster)) {
      // A headless Service may do without ports.
      if (service === undefined || port !== undefined || service.ports.length === 0) continue;
      const asked = address.srv ? address.portName : address.port;
      // Without a port the program takes one of its own, which nobody here knows.
      if (asked === undefined) continue;
      const pods = service.workloads.flatMap(({ containers }) => containers.flatMap(({ ports }) => ports));
      if (service.headless && !address.srv && pods.some((one) => one.port === asked)) continue;
      const has = service.ports.map(({ name, port: number }) => `${name === undefined ? '' : `${name} `}${number}`);
      yield {
        place: address.place,
        message: `\`${address.key}\` asks for port \`${asked}\` of Service \`${service.name}\`, which has no such port`,
        label: `it has ${has.join(', ')}`,
        help: 'ask for a port that the Service has',
      };
    }
  },
};
