import { get, list, WORKLOAD_KINDS, workloadOf } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'probe-of-unknown-port',
    family: 'kubernetes',
    severity: 'error',
    description: 'A probe asks a port that the container does not name.',
    why: 'The probe fails for ever: the pod is never ready, or is killed again and again.',
    source: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  },
  kinds: WORKLOAD_KINDS,
  *manifest(manifest) {
    for (const { body, name, path, ports } of workloadOf(manifest)?.containers ?? []) {
      if (list(body, 'ports').length === 0) continue;
      for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
        for (const how of ['httpGet', 'tcpSocket', 'grpc']) {
          const port = get(body, probe, how, 'port');
          if (typeof port !== 'string' && typeof port !== 'number') continue;
          if (ports.some((each) => each.name === port || each.port === port)) continue;
          yield {
            place: inManifest(manifest, ...path, probe, how, 'port'),
            message: `the ${probe} of container \`${name}\` asks port \`${String(port)}\`, which it does not have`,
            help: `name one of its ports: ${ports.map((each) => each.name ?? String(each.port)).join(', ')}`,
          };
        }
      }
    }
  },
};
