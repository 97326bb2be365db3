import { formatBytes } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { cacheClients } from '../../view/caches.ts';

export const rule: Rule = {
  meta: {
    id: 'cache-item-too-small',
    family: 'network',
    severity: 'warning',
    description: 'A client stores larger items than its memcached accepts.',
    why: 'What is larger is sent and refused each time: the cache never helps where it would help most.',
    source: 'https://grafana.com/docs/mimir/latest/manage/run-production-environment/production-tips/',
  },
  *cluster(cluster) {
    for (const { cache, itemSize, address } of cacheClients(cluster)) {
      if (itemSize === undefined || itemSize.value <= cache.itemSize) continue;
      yield {
        place: itemSize.place,
        message: `\`${address.host}\` takes items of ${formatBytes(cache.itemSize)} (\`-I\`), and its client sends some of ${formatBytes(itemSize.value)}`,
        help: "lower `max_item_size`, or raise the cache's `-I`",
      };
    }
  },
};
