import { inConfig, inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { setting } from '../../view/program.ts';
import { settingOf } from '../../view/rings.ts';

const ENABLED = { paths: [['ingest_storage', 'enabled']], flag: 'ingest-storage.enabled' };
const DIRECT = { paths: [['ingester', 'push_grpc_method_enabled']], flag: 'ingester.push-grpc-method-enabled' };

export const rule: Rule = {
  meta: {
    id: 'ingest-storage-half-on',
    family: 'kafka',
    severity: 'error',
    description: 'Some of Mimir writes through Kafka and some does not, or it lacks what that needs.',
    why: 'Distributors write where ingesters do not read: samples are acknowledged and never seen, or Mimir does not start.',
    source:
      'https://grafana.com/docs/mimir/latest/get-started/about-grafana-mimir-architecture/about-ingest-storage-architecture/',
  },
  *cluster(cluster) {
    const programs = cluster.programsOf('mimir').filter(({ config }) => config !== undefined);
    const on = programs.filter((program) => settingOf(program, ENABLED)?.value === true);
    const configs = new Set(on.flatMap(({ config }) => (config === undefined ? [] : [config])));
    for (const program of programs) {
      const { workload, container } = program;
      const enabled = settingOf(program, ENABLED);
      if (enabled?.value === true) continue;
      const direct = settingOf(program, DIRECT);
      if (on.length > 0)
        yield {
          place: enabled?.place ?? inManifest(workload.manifest, ...container.path, 'args'),
          message: `\`${workload.name}\` has ingest storage off, \`${on[0]?.workload.name ?? ''}\` has it on`,
          help: 'set `ingest_storage.enabled` alike for every program of Mimir',
        };
      else if (direct?.value === false)
        yield {
          place: direct.place,
          message: `\`${workload.name}\` takes no pushes, but ingest storage is off, so it does not start`,
          help: 'leave `ingester.push_grpc_method_enabled` out, or turn `ingest_storage.enabled` on',
        };
    }
    for (const config of configs) {
      const program = on.find((each) => each.config === config);
      for (const key of ['address', 'topic']) {
        const value = program && setting(program, 'ingest_storage', 'kafka', key)?.value;
        if (typeof value === 'string' && value !== '') continue;
        yield {
          place: inConfig(config, 'ingest_storage', 'kafka', key),
          message: `ingest storage is on, but \`ingest_storage.kafka.${key}\` is not set`,
          help: `set \`ingest_storage.kafka.${key}\``,
        };
      }
    }
  },
};
