import type { Place, Rule } from '../../types.ts';
import { listenersOf } from '../../view/listening.ts';
import { severalOf } from '../../view/planned.ts';
import type { Program } from '../../view/program.ts';

export const rule: Rule = {
  meta: {
    id: 'listen-port-mismatch',
    family: 'network',
    severity: 'error',
    description: 'A program listens on a port that its container does not declare.',
    why: 'Services, probes and NetworkPolicies follow the declared ports; on them nothing listens.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configuration-parameters/',
  },
  *cluster(cluster) {
    const found = new Map<string, { readonly place: Place; readonly message: string; readonly programs: Program[] }>();
    for (const program of cluster.programs) {
      const { container } = program;
      const declared = container.ports.filter(({ protocol }) => protocol === 'TCP');
      if (declared.length === 0) continue;
      for (const { port, setBy, place } of listenersOf(program)) {
        if (declared.some((one) => one.port === port)) continue;
        const at = place.in === 'config' ? place.config.manifest.name : program.workload.name;
        const key = `${at} ${setBy} ${port}`;
        const message = `\`${program.name}\` listens on port ${port} (${setBy}), which is no port of its container`;
        const before = found.get(key);
        if (before === undefined) found.set(key, { place, message, programs: [program] });
        else before.programs.push(program);
      }
    }
    for (const { place, message, programs } of found.values()) {
      const has = [...new Set(programs.flatMap(({ container }) => container.ports.map(({ port }) => port)))];
      yield {
        place,
        message: `${message} in ${severalOf(programs.map(({ workload }) => workload))}`,
        label: `declared: ${has.join(', ')}`,
        help: 'let it listen on the declared port, or declare this one and change the Service with it',
      };
    }
  },
};
