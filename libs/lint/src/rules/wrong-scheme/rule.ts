import type { Rule } from '../../types.ts';
import { httpCallsOf } from '../../view/http-calls.ts';
import { servedAt } from '../../view/served.ts';

export const rule: Rule = {
  meta: {
    id: 'wrong-scheme',
    family: 'network',
    severity: 'error',
    description: 'An address says `http` to a port that is served with TLS, or `https` to one that is not.',
    why: 'Every request fails: the one is answered with 400, the other ends in the middle of the handshake.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/securing-communications-with-tls/',
  },
  *cluster(cluster) {
    for (const { scheme, key, to, port, place } of httpCallsOf(cluster)) {
      const served = servedAt(cluster, to, port);
      if (served === undefined || served.tls === (scheme === 'https')) continue;
      yield {
        place,
        message: served.tls
          ? `\`${key}\` calls \`${to.name}\` over HTTP, which serves port ${port} with TLS`
          : `\`${key}\` calls \`${to.name}\` over HTTPS, which serves port ${port} without TLS`,
        help: served.tls ? 'write `https`' : `write \`http\`, or give \`${to.name}\` a certificate`,
      };
    }
  },
};
