import { get, type Path } from '@lgtm-fleet/manifests';
import type { Rule } from '../../types.ts';
import { flag } from '../../view/program.ts';
import { storeConfigs } from '../../view/stores.ts';

const PATH: Path = ['ingester', 'wal', 'enabled'];
const FLAG = 'ingester.wal-enabled';

export const rule: Rule = {
  meta: {
    id: 'wal-off',
    family: 'storage',
    severity: 'error',
    description: "Loki's ingesters have no write-ahead log.",
    why: 'What was acknowledged and is not uploaded yet, up to hours of lines, is gone with the process.',
    source: 'https://grafana.com/docs/loki/latest/operations/storage/wal/',
  },
  *cluster(cluster) {
    const help = 'remove it: the write-ahead log is on by default';
    for (const { config, at } of storeConfigs(cluster, 'loki')) {
      if (get(config.value, ...PATH) !== false) continue;
      const message = 'the write-ahead log of the ingesters is off';
      yield { place: at(...PATH), message, help, remedy: { safe: true, value: true } };
    }
    for (const program of cluster.programsOf('loki')) {
      const off = flag(program, FLAG);
      if (off?.value === 'false')
        yield { place: off.place, message: `the write-ahead log of \`${program.workload.name}\` is off`, help };
    }
  },
};
