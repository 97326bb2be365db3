import { get, text } from '@lgtm-fleet/manifests';
import { bucketsOf } from '../../view/buckets.ts';
import type { Rule } from '../../types.ts';

/** Names that only resolve, and addresses that only exist, within the cluster or a private network. */
const INSIDE = /(^|\.)(svc|local|localhost|internal)$|^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^[^.]+$/;

export const rule: Rule = {
  meta: {
    id: 'plain-http-object-storage',
    family: 'storage',
    severity: 'warning',
    description: 'Objects, and the keys to them, leave the cluster without TLS.',
    why: 'Whoever sits on the way reads every log line, and signs requests of their own with what they see.',
    source: 'https://grafana.com/docs/mimir/latest/configure/configure-object-storage-backend/',
  },
  *cluster(cluster) {
    const seen = new Set<string>();
    for (const { what, store, endpoint, client, clientPath } of bucketsOf(cluster)) {
      const address = endpoint.replace(/^https?:\/\//, '');
      const [host = ''] = address.split(/[:/]/);
      const plain = get(client, 'insecure') === true || endpoint.startsWith('http://');
      if (!plain || host === '' || host.includes('$') || INSIDE.test(host)) continue;
      const key = get(store.config.value, ...clientPath, 'insecure') === true ? 'insecure' : 'endpoint';
      const at = `${store.store} ${clientPath.join('.')}`;
      if (seen.has(at)) continue;
      seen.add(at);
      yield {
        place: store.at(...clientPath, key),
        message: `${what} go to \`${text(client, 'endpoint') ?? ''}\` in plain HTTP`,
        help: 'use HTTPS; plain HTTP is for storage within the cluster',
        ...(key === 'insecure' && { remedy: { safe: false, value: false } }),
        derivedFrom: ['spec', 'objectStorage'],
      };
    }
  },
};
