import { inConfig, inText } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import { alloyClients, isIdentified } from '../../view/alloy-clients.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { setting } from '../../view/program.ts';
import { asksForTenant } from '../../view/protected.ts';

// Stores that write metrics themselves; both put the header on unless told not to.
const SELF_WRITERS = [
  { program: 'tempo', path: ['metrics_generator', 'storage'], key: 'remote_write_add_org_id_header' },
  { program: 'loki', path: ['ruler', 'remote_write'], key: 'add_org_id_header' },
] as const;

function* ownWriters(cluster: ClusterView, name: string, path: readonly string[], key: string): Iterable<Report> {
  const [program] = cluster.programsOf(name).filter(({ config }) => config !== undefined);
  if (program?.config === undefined || setting(program, ...path, key)?.value !== false) return;
  yield {
    place: inConfig(program.config, ...path, key),
    message: `${name} writes metrics without the tenant that they are of: \`${key}\` is off`,
    help: `remove \`${key}\`, or set it to true`,
  };
}

export const rule: Rule = {
  meta: {
    id: 'writer-without-tenant',
    family: 'tenancy',
    severity: 'error',
    description: 'Something writes to the stores and does not say as whom.',
    why: 'The gateway answers 401, a store 401 or 400, and what was collected is dropped once the queue is full.',
    source: 'https://grafana.com/docs/mimir/latest/manage/secure/authentication-and-authorization/',
  },
  *cluster(cluster) {
    for (const client of alloyClients(cluster)) {
      const { address, component, config, block, program } = client;
      if (isIdentified(client) || !asksForTenant(cluster, address.host, program.workload.namespace)) continue;
      yield {
        place: inText(config, block.name.span),
        message: `\`${component}\` writes to \`${address.host}\` and does not say as which tenant`,
        help: 'sign in with `basic_auth`, or with `auth` where the component has it',
      };
    }
    // Prometheus has no tenants.
    if (cluster.programsOf('prometheus').length > 0) return;
    for (const { program, path, key } of SELF_WRITERS) yield* ownWriters(cluster, program, path, key);
  },
};
