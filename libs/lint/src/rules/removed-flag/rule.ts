import { flag } from '../../view/program.ts';
import type { Rule } from '../../types.ts';
import { isAtLeast } from '../../view/releases/versions.ts';
import { titleOf } from '../../view/titles.ts';

interface RemovedFlag {
  readonly program: string;
  readonly flag: string;
  readonly instead: string;
}

const SCHEDULER = 'queries go through a query-scheduler: use `-query-frontend.scheduler-address`';
const GONE = 'remove it: gone without anything in its place';

// Each was tried with the pinned program, which does not start with it; Tempo's by its release notes.
const REMOVED: readonly RemovedFlag[] = [
  ...of('loki', {
    'boltdb.shipper.shared-store': 'use `object_store` of the schema period',
    'tsdb.shipper.shared-store': 'use `object_store` of the schema period',
    'boltdb.shipper.compactor.shared-store': 'use `-compactor.delete-request-store`',
    'boltdb.shipper.compactor.working-directory': 'use `-compactor.working-directory`',
    'querier.engine.timeout': 'use `-querier.query-timeout`',
    'store.max-look-back-period': 'use `-querier.max-query-lookback`',
    'ingester.max-transfer-retries': GONE,
    'querier.worker-parallelism': 'use `-querier.max-concurrent`',
    'querier.worker-match-max-concurrent': 'use `-querier.max-concurrent`',
    'ruler.evaluation-delay-duration': GONE,
    'validation.enforce-metric-name': GONE,
    'experimental.ruler.enable-api': 'use `-ruler.enable-api`',
  }),
  ...of('mimir', {
    'querier.frontend-address': SCHEDULER,
    'query-frontend.downstream-url': SCHEDULER,
    'querier.prefer-availability-zone': 'use `-querier.prefer-availability-zones`',
    'querier.batch-iterators': GONE,
    'ingester.return-only-grpc-errors': GONE,
    'blocks-storage.bucket-store.index-header-lazy-loading-enabled':
      'use `-blocks-storage.bucket-store.index-header.lazy-loading-enabled`',
  }),
  ...of('tempo', { 'mem-ballast-size-mbs': 'use `memory.automemlimit_enabled`, or the variable GOMEMLIMIT' }),
];

/** All of them were there in version 2. */
const FIRST = '3.0';

export const rule: Rule = {
  meta: {
    id: 'removed-flag',
    family: 'releases',
    severity: 'error',
    description: 'A store is started with a flag that was taken away.',
    why: 'It says that the flag is not defined and exits: each pod that restarts stays down.',
    source: 'https://grafana.com/docs/mimir/latest/release-notes/v3.0/',
  },
  *cluster(cluster) {
    for (const { program: name, flag: removed, instead } of REMOVED) {
      for (const program of cluster.programsOf(name)) {
        const found = flag(program, removed);
        if (found === undefined || !isAtLeast(program.version, FIRST)) continue;
        yield {
          place: found.place,
          message: `${titleOf(name)} ${program.version} has no flag \`-${removed}\``,
          help: instead,
        };
      }
    }
  },
};

function of(program: string, flags: Readonly<Record<string, string>>): readonly RemovedFlag[] {
  return Object.entries(flags).map(([flagName, instead]) => ({ program, flag: flagName, instead }));
}
