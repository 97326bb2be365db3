/** What the programs of a store run as, by `-target`: as each pinned version lists them. */
interface Targets {
  readonly known: readonly string[];
  /** Targets that are no more, with what to run instead. */
  readonly gone: Readonly<Record<string, string>>;
  /** Targets that the next major version does not have. */
  readonly going: Readonly<Record<string, string>>;
}

const SIMPLE_SCALABLE = 'run Loki highly available in one target, `all`, or distributed';

export const TARGETS: Readonly<Record<'loki' | 'mimir' | 'tempo', Targets>> = {
  loki: {
    known: words(
      'all compactor distributor ingester querier query-frontend query-scheduler index-gateway ruler pattern-ingester ' +
        'bloom-builder bloom-gateway bloom-planner ingest-limits ingest-limits-frontend overrides-exporter ui ' +
        'query-engine query-engine-scheduler query-engine-worker dataobj-consumer dataobj-explorer ' +
        'dataobj-index-builder read write backend table-manager ingester-querier scratch-store',
    ),
    gone: {},
    going: {
      read: SIMPLE_SCALABLE,
      write: SIMPLE_SCALABLE,
      backend: SIMPLE_SCALABLE,
      'table-manager': "remove it: retention is the compactor's",
    },
  },
  mimir: {
    known: words(
      'all alertmanager block-builder block-builder-scheduler compactor compactor-scheduler continuous-test ' +
        'distributor ingester memberlist-kv overrides-exporter querier query-frontend query-scheduler ruler ' +
        'store-gateway usage-tracker',
    ),
    gone: {
      read: 'run Mimir in one target, `all`, or distributed',
      write: 'run Mimir in one target, `all`, or distributed',
      backend: 'run Mimir in one target, `all`, or distributed',
      flusher: 'call `/ingester/flush` instead',
    },
    going: {},
  },
  tempo: {
    known: words(
      'all distributor metrics-generator metrics-generator-no-local-blocks querier query-frontend block-builder ' +
        'backend-scheduler backend-worker live-store',
    ),
    gone: {
      ingester: 'run live-stores and block-builders',
      compactor: 'run a backend-scheduler and backend-workers',
      'scalable-single-binary': 'run one pod of `all`, or distributed',
    },
    going: {},
  },
};

function words(text: string): readonly string[] {
  return text.split(' ');
}
