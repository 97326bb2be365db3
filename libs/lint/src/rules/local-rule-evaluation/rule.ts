import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { setting } from '../../view/program.ts';
import { runs } from '../../view/rings.ts';

export const rule: Rule = {
  meta: {
    id: 'local-rule-evaluation',
    family: 'kafka',
    severity: 'warning',
    description: 'With ingest storage, rulers evaluate rules themselves instead of asking the query path.',
    why: 'Only the query path waits until what was written is read back from Kafka: rules miss the latest samples, so alerts come late and recordings have gaps.',
    source: 'https://grafana.com/docs/mimir/latest/set-up/jsonnet/configure-ingest-storage/',
  },
  *cluster(cluster) {
    const reported = new Set<unknown>();
    for (const program of cluster.programsOf('mimir')) {
      const { config, workload } = program;
      if (config === undefined || reported.has(config) || !runs(program, 'ruler')) continue;
      if (setting(program, 'ingest_storage', 'enabled')?.value !== true) continue;
      const address = setting(program, 'ruler', 'query_frontend', 'address')?.value;
      if (typeof address === 'string' && address !== '') continue;
      reported.add(config);
      yield {
        place: inConfig(config, 'ruler', 'query_frontend', 'address'),
        message: `\`${workload.name}\` evaluates rules itself, but samples come through Kafka`,
        help: 'set `ruler.query_frontend.address` to the query-frontend',
      };
    }
  },
};
