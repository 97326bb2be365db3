import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { titleOf } from '../../view/titles.ts';

/** Programs whose pods form one system. */
const SYSTEMS = ['loki', 'mimir', 'tempo', 'kafka', 'grafana'];

export const rule: Rule = {
  meta: {
    id: 'mixed-versions',
    family: 'releases',
    severity: 'error',
    description: 'The pods of one store have different versions.',
    why: 'They read one file and speak with each other: a key or a message that only some know stops the others.',
    source: 'https://grafana.com/docs/mimir/latest/release-notes/v3.2/',
  },
  *cluster(cluster) {
    for (const name of SYSTEMS) {
      const programs = cluster.programsOf(name).filter(({ version }) => version !== '');
      const byVersion = [...Map.groupBy(programs, ({ version }) => version)].toSorted(
        ([left, some], [right, others]) => others.length - some.length || (left < right ? 1 : -1),
      );
      const [most, ...rest] = byVersion;
      if (most === undefined) continue;
      const [version, same] = most;
      for (const [other, odd] of rest) {
        for (const { workload, container } of odd) {
          yield {
            place: inManifest(workload.manifest, ...container.path, 'image'),
            message: `\`${workload.name}\` runs ${titleOf(name)} ${other}, \`${same[0]?.workload.name ?? ''}\` runs ${version}`,
            help: 'give all of them one version',
          };
        }
      }
    }
  },
};
