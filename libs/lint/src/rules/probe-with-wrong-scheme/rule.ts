import { get } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { servedBy } from '../../view/served.ts';

export const rule: Rule = {
  meta: {
    id: 'probe-with-wrong-scheme',
    family: 'kubernetes',
    severity: 'error',
    description: 'A probe asks a port over HTTP that is served with TLS, or over HTTPS one that is not.',
    why: 'The probe fails for ever: the pod is never ready, or is killed again and again.',
    source: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  },
  *cluster(cluster) {
    for (const program of cluster.programs) {
      const { container, workload } = program;
      for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
        const asked = get(container.body, probe, 'httpGet', 'port');
        const port = typeof asked === 'number' ? asked : container.ports.find(({ name }) => name === asked)?.port;
        const served = servedBy(cluster, program).find((one) => one.port === port);
        const https = get(container.body, probe, 'httpGet', 'scheme') === 'HTTPS';
        if (served === undefined || served.tls === https) continue;
        yield {
          place: inManifest(workload.manifest, ...container.path, probe, 'httpGet', 'scheme'),
          message: served.tls
            ? `the ${probe} of container \`${container.name}\` asks over HTTP for a port that it serves with TLS`
            : `the ${probe} of container \`${container.name}\` asks over HTTPS for a port that it serves without TLS`,
          help: `set \`scheme: ${served.tls ? 'HTTPS' : 'HTTP'}\``,
          remedy: { safe: true, value: served.tls ? 'HTTPS' : 'HTTP' },
        };
      }
    }
  },
};
