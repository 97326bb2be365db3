import { text } from '@lgtm-fleet/manifests';
import { formatBytes, parseBytes } from '@lgtm-fleet/units';
import type { Rule } from '../../types.ts';
import { cachesOf } from '../../view/caches.ts';

/** Items and a tenth: memcached's own needs; the charts of the stores take a fifth. */
const OVERHEAD = 1.1;
const MIB = 2 ** 20;

export const rule: Rule = {
  meta: {
    id: 'cache-over-memory',
    family: 'network',
    severity: 'warning',
    description: 'The memory limit of a memcached is too small for what it is told to keep.',
    why: '`-m` counts items alone; connections, buffers and the hash table come on top. A full cache is killed, and all of it is lost at once.',
    source: 'https://docs.memcached.org/serverguide/configuring/',
  },
  *cluster(cluster) {
    for (const { program, memory, place } of cachesOf(cluster)) {
      const written = text(program.container.body, 'resources', 'limits', 'memory');
      const limit = parseBytes(written ?? '');
      if (!limit.ok || limit.value >= memory * OVERHEAD) continue;
      yield {
        place: place('-m'),
        message: `memcached keeps ${formatBytes(memory)} of items (\`-m\`), and its memory limit is \`${written ?? ''}\``,
        label: `with a tenth on top, at most ${Math.floor(limit.value / OVERHEAD / MIB)}`,
        help: 'lower `-m`, or raise the limit of the container',
      };
    }
  },
};
