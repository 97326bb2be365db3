import type { Rule } from '../../types.ts';
import { destinationsOf } from '../../view/destinations.ts';

export const rule: Rule = {
  meta: {
    id: 'ambiguous-srv-port',
    family: 'network',
    severity: 'warning',
    description: 'An SRV look-up of a cache does not name the port.',
    why: 'DNS answers with every port of the Service: one day that of an exporter is among them, and a part of the keys goes there and is lost.',
    source: 'https://github.com/grafana/mimir/issues/12713',
  },
  *cluster(cluster) {
    for (const { address, service } of destinationsOf(cluster)) {
      if (!address.srv || address.portName !== undefined) continue;
      const port = service?.ports[0]?.name;
      yield {
        place: address.place,
        message: `\`${address.written}\` asks DNS for the ports of a Service, and does not say which`,
        help: `name the port in front: \`${address.scheme}+_${port ?? 'memcached'}._tcp.${address.host}\``,
      };
    }
  },
};
