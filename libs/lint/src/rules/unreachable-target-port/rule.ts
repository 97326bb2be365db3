import { describe, type Workload } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { severalOf } from '../../view/planned.ts';
import { servicesOf, targetPort } from '../../view/services.ts';

function portsOf({ containers }: Workload): readonly string[] {
  return containers.flatMap(({ ports }) =>
    ports.map(({ name, port }) => (name === undefined ? String(port) : `${name} ${port}`)),
  );
}

export const rule: Rule = {
  meta: {
    id: 'unreachable-target-port',
    family: 'network',
    severity: 'error',
    description: 'A Service passes a port on to one that no container behind it has.',
    why: 'Connections to the Service are refused, or the Service has no endpoint at all for that port.',
    source: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  },
  *cluster(cluster) {
    for (const { manifest, ports, workloads } of servicesOf(cluster)) {
      for (const port of ports) {
        const without = workloads.filter((workload) => {
          const declared = workload.containers.flatMap((container) => container.ports);
          // A number needs no declaration: where no port is declared, nothing is known.
          if (declared.length === 0 && typeof port.target === 'number') return false;
          const number = targetPort(workload, port);
          return !declared.some((one) => one.port === number && one.protocol === port.protocol);
        });
        if (without.length === 0) continue;
        yield {
          place: inManifest(manifest, ...port.path, 'targetPort'),
          message: `${describe(manifest)} passes port ${port.port} on to \`${port.target}\`, a ${port.protocol} port that ${severalOf(without)} does not have`,
          label: `it has ${[...new Set(without.flatMap(portsOf))].join(', ')}`,
          help: 'name a port that its containers declare',
        };
      }
    }
  },
};
