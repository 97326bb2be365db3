import { lokiKeys } from './loki-keys.ts';
import { mimirKeys } from './mimir-keys.ts';

/** Sections of a configuration file, with the keys of each that are known. */
export type Sections = ReadonlyMap<string, readonly string[]>;

/** The sections of Tempo 3.0.3, as its source has them; which keys each takes is not listed. */
const TEMPO =
  'target auth_enabled multitenancy_enabled shutdown_delay stream_over_http_enabled http_api_prefix ' +
  'enable_go_runtime_metrics span_profiling memory server internal_server distributor metrics_generator_client ' +
  'live_store_client querier query_frontend metrics_generator ingest block_builder storage overrides memberlist ' +
  'usage_report cache backend_scheduler backend_scheduler_client backend_worker live_store';

/** What the pinned version of each store takes. */
export const CONFIG_KEYS: Readonly<Record<'loki' | 'mimir' | 'tempo', Sections>> = {
  loki: parsed(lokiKeys),
  mimir: parsed(mimirKeys),
  tempo: new Map(TEMPO.split(' ').map((section) => [section, []])),
};

function parsed(text: string): Sections {
  const joined = text.trim().replaceAll(/\n +/g, ' ');
  return new Map(
    joined.split('\n').map((line) => {
      const [section = '', keys = ''] = line.split(':');
      return [section, keys.split(' ').filter((key) => key !== '')];
    }),
  );
}
