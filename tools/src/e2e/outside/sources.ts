import { MODULE } from './exporters/blackbox.ts';
import type { ExporterName } from './exporters/index.ts';

/** Where what shows metrics outside can be asked, as `host:port`. */
export type Shown = Readonly<Partial<Record<ExporterName, string>>> & { readonly counter: string };

/** Label of all of them, by which what comes from outside is told from the rest. */
export const LABELS = { site: 'workshop' } as const;
/** Pages of numbers, that of the collector of sources and that of the sender. */
export const COUNTED = '/collector';
export const SENT = '/sender';
/** The source that shows the former. */
export const COUNTER = 'counter';
/** Shows more than it may. */
export const OVER_LIMIT = 'over-limit';

/** What the cluster file of the test gets under `spec.ingest.sources`: of two tenants, with lists, limits and labels. */
export function sourcesOf(shown: Shown): readonly Source[] {
  const { node, blackbox, postgresql, redis, counter } = shown;
  // Its own runtime, of which nobody asks anything; the exporter of PostgreSQL shows its settings as well.
  const ownRuntime = ['go_.+', 'process_.+', 'promhttp_.+'];
  return [
    { ...common, name: COUNTER, tenant: 'alpha', static: { targets: [counter], path: COUNTED } },
    ...(node === undefined
      ? []
      : [
          { ...common, name: 'node', tenant: 'alpha', drop: ownRuntime, static: { targets: [node] } },
          { ...common, name: OVER_LIMIT, tenant: 'alpha', limits: { samples: 100 }, static: { targets: [node] } },
        ]),
    ...(postgresql === undefined
      ? []
      : [
          {
            ...common,
            name: 'postgresql',
            tenant: 'beta',
            drop: [...ownRuntime, 'pg_settings_.+'],
            static: { targets: [postgresql] },
          },
        ]),
    ...(redis === undefined
      ? []
      : [{ ...common, name: 'redis', tenant: 'beta', keep: ['redis_.+'], static: { targets: [redis] } }]),
    ...(blackbox === undefined || node === undefined ? [] : [probe(blackbox, `http://${node}/`)]),
  ];
}

/** As a person writes it. */
interface Source {
  readonly name: string;
  readonly tenant: string;
  readonly interval: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly keep?: readonly string[];
  readonly drop?: readonly string[];
  readonly relabel?: readonly { readonly targetLabel: string; readonly replacement: string }[];
  readonly limits: { readonly samples: number | string };
  readonly static: {
    readonly targets: readonly string[];
    readonly path?: string;
    readonly params?: Readonly<Record<string, readonly string[]>>;
  };
}

const common = { interval: '5s', labels: LABELS, limits: { samples: '5k' } } as const;

/**
 * A target that is probed, by Debian's exporter outside. Where Alloy runs, it can probe by itself: then this is
 * `blackbox: { http: { urls: [url] } }`, and the exporter is not needed.
 */
function probe(exporter: string, url: string): Source {
  return {
    ...common,
    name: 'probe',
    tenant: 'beta',
    // What is probed, not who probes. Alloy knows no `__param_target` in its steps.
    relabel: [{ targetLabel: 'instance', replacement: url }],
    static: { targets: [exporter], path: '/probe', params: { module: [MODULE], target: [url] } },
  };
}

/** Who pushes by himself: the writer of the fixture's first tenant. */
export const SENDER = {
  name: 'workshop',
  tenant: 'alpha',
  writer: 'courier',
  protocols: ['remote-write', 'otlp', 'loki'],
} as const;
