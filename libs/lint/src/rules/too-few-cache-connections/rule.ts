import type { Rule } from '../../types.ts';
import { cacheClients, mostPods } from '../../view/caches.ts';

// Idle connections that a client keeps to each server unless told otherwise, in the pinned versions.
const STANDARD: Readonly<Record<string, number>> = { loki: 16, mimir: 100, tempo: 16 };

function raise(): never {
  throw new Error('a group has a member');
}

export const rule: Rule = {
  meta: {
    id: 'too-few-cache-connections',
    family: 'network',
    severity: 'warning',
    description: 'The clients of a memcached keep more connections than it takes.',
    why: 'Past its limit memcached stops accepting: requests wait for a free connection and time out, and each of them goes to the bucket instead.',
    source: 'https://docs.memcached.org/serverguide/configuring/',
  },
  *cluster(cluster) {
    const byCache = Map.groupBy(cacheClients(cluster), ({ cache }) => cache.program.workload);
    for (const [workload, clients] of byCache) {
      const [{ cache } = raise()] = clients;
      const connections = clients.reduce((sum, { callers, idleConnections }) => {
        const pods = callers.reduce((all, caller) => all + mostPods(cluster, caller.workload), 0);
        const standard = STANDARD[callers[0]?.name ?? ''] ?? 0;
        return sum + pods * (idleConnections?.value ?? standard);
      }, 0);
      if (connections <= cache.connections) continue;
      yield {
        place: cache.place('-c'),
        message: `the clients of \`${workload.name}\` may keep ${connections} connections open, and it takes ${cache.connections} (\`-c\`)`,
        label: `at least ${connections}`,
        help: 'raise `-c`, or keep fewer idle connections in each client',
      };
    }
  },
};
