import { text } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { brokersOf, within } from '../../view/kafka.ts';

interface Listener {
  readonly name: string;
  readonly host: string;
  readonly port: string;
}

export const rule: Rule = {
  meta: {
    id: 'wrong-advertised-listener',
    family: 'kafka',
    severity: 'error',
    description: 'Brokers tell their clients an address at which they cannot be reached.',
    why: 'A client finds the first broker, asks it who has its partition, and cannot connect to what it is told: Kafka looks well and nothing is written.',
    source: 'https://kafka.apache.org/documentation/#brokerconfigs_advertised.listeners',
  },
  *cluster(cluster) {
    for (const { workload, properties } of brokersOf(cluster)) {
      const advertised = properties.get('advertised.listeners');
      if (advertised === undefined) continue;
      const bound = listeners(properties.get('listeners')?.value ?? '');
      const service = text(workload.manifest.body, 'spec', 'serviceName') ?? '';
      for (const { name, host, port } of listeners(advertised.value)) {
        const own = bound.find((each) => each.name === name);
        const [, at, namespace] = /^[^.]+\.([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host) ?? [];
        if (own === undefined || own.port !== port) {
          yield {
            place: within(advertised, `${name}://${host}:${port}`),
            message:
              own === undefined
                ? `brokers say that \`${name}\` is on port ${port}, but have no such listener`
                : `brokers say that \`${name}\` is on port ${port}, but listen on ${own.port}`,
            help: 'say the port of `listeners`',
          };
        } else if (at !== undefined && (at !== service || namespace !== workload.namespace)) {
          yield {
            place: within(advertised, `${name}://${host}:${port}`),
            message: `brokers say that \`${name}\` is at \`${host}\`, but their Service is \`${service}\` in \`${workload.namespace}\``,
            help: "name the pod below the StatefulSet's `serviceName`: only that has a record for each pod",
          };
        }
      }
    }
  },
};

/** Of `CLIENTS://${env:POD_NAME}.kafka.observability.svc:9092,CONTROLLER://:9093`. */
function listeners(value: string): readonly Listener[] {
  return value.split(',').flatMap((each) => {
    const [, name, host = '', port] = /^\s*(\w+):\/\/(.*):(\d+)\s*$/.exec(each) ?? [];
    return name === undefined || port === undefined ? [] : [{ name, host, port }];
  });
}
