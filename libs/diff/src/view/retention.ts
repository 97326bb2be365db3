import { get, list, object, text, type Json } from '@lgtm-fleet/manifests';
import { seconds } from '../fields/scalar.ts';
import { settings, type Store } from './stores.ts';

/** How long a store keeps what it takes. */
export interface Retention {
  /** Everything but the exceptions. Infinity: nothing is ever deleted. */
  readonly general: number;
  /** Of a tenant, or of some streams of a tenant (`payments {app="audit"}`). */
  readonly exceptions: Readonly<Record<string, number>>;
  /** False where nobody wrote it down and the program's own default counts. */
  readonly written: boolean;
}

const DAY = 86_400;
/** What the programs do where nothing is said; Mimir keeps everything. */
const LOKI_DEFAULT = 31 * DAY;
const TEMPO_DEFAULT = 14 * DAY;
const PROMETHEUS_DEFAULT = 15 * DAY;

export function retentionOf(store: Store): Retention {
  switch (store.name) {
    case 'mimir': {
      const written = settings(
        store,
        'compactor.blocks-retention-period',
        'limits',
        'compactor_blocks_retention_period',
      );
      return retention(store, written, Number.POSITIVE_INFINITY, (tenant) => [
        ['', get(tenant, 'compactor_blocks_retention_period')],
      ]);
    }
    case 'loki':
      return lokiRetention(store);
    case 'tempo': {
      const worker = get(store.config, 'backend_worker', 'compaction', 'block_retention');
      const scheduler = get(
        store.config,
        'backend_scheduler',
        'provider',
        'compaction',
        'compaction',
        'block_retention',
      );
      const older = get(store.config, 'compactor', 'compaction', 'block_retention');
      // The scheduler plans by its own and the workers delete by theirs: the shorter one counts. 0 is the default.
      const written = [worker, scheduler, older].filter((value) => value !== undefined && seconds(value) !== 0);
      return retention(store, written, TEMPO_DEFAULT, (tenant) => [['', get(tenant, 'compaction', 'block_retention')]]);
    }
    case 'prometheus': {
      const written = settings(store, 'storage.tsdb.retention.time', 'storage', 'tsdb', 'retention', 'time');
      return retention(store, written, PROMETHEUS_DEFAULT, () => []);
    }
  }
}

function lokiRetention(store: Store): Retention {
  if (!lokiDeletes(store)) return { general: Number.POSITIVE_INFINITY, exceptions: {}, written: true };
  const written = settings(store, 'store.retention', 'limits_config', 'retention_period');
  const streams = (limit: Json): readonly (readonly [string, Json | undefined])[] =>
    list(limit, 'retention_stream').map((stream) => [text(stream, 'selector') ?? '', get(stream, 'period')]);
  const own = retention(store, written, LOKI_DEFAULT, (tenant) => [
    ['', get(tenant, 'retention_period')],
    ...streams(tenant),
  ]);
  const general = Object.fromEntries(
    streams(object(store.config, 'limits_config')).map(([selector, period]) => [
      `every tenant ${selector}`,
      forever(seconds(period)) ?? own.general,
    ]),
  );
  return { ...own, exceptions: { ...general, ...own.exceptions } };
}

/** Whether any process of Loki deletes what is older than the retention: one of many is enough. */
export function lokiDeletes(store: Store): boolean {
  return settings(store, 'compactor.retention-enabled', 'compactor', 'retention_enabled').some(
    (enabled) => enabled === true || enabled === 'true',
  );
}

/** @param written what the processes go by, of which the shortest counts */
function retention(
  store: Store,
  written: readonly (Json | undefined)[],
  otherwise: number,
  ofTenant: (tenant: Json) => readonly (readonly [what: string, value: Json | undefined])[],
): Retention {
  const read = written.map((value) => forever(seconds(value))).filter((value) => value !== undefined);
  const general = read.length === 0 ? otherwise : Math.min(...read);
  const exceptions = Object.entries(store.tenants).flatMap(([tenant, limits]) =>
    ofTenant(limits).flatMap(([what, value]) => {
      const own = seconds(value);
      // Tempo takes 0 for `as the others`, the stores of metrics and logs for `never`.
      const kept = own === 0 && store.name === 'tempo' ? general : forever(own);
      return kept === undefined ? [] : [[`${tenant}${what === '' ? '' : ` ${what}`}`, kept] as const];
    }),
  );
  return { general, exceptions: Object.fromEntries(exceptions), written: written.some((value) => value !== undefined) };
}

/** 0 is how the programs say `never delete`. */
function forever(value: number | undefined): number | undefined {
  return value === 0 ? Number.POSITIVE_INFINITY : value;
}
