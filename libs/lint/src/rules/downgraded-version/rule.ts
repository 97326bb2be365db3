import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { compareVersions, numbersOf } from '../../view/releases/versions.ts';
import { titleOf } from '../../view/titles.ts';

export const rule: Rule = {
  meta: {
    id: 'downgraded-version',
    family: 'releases',
    severity: 'warning',
    description: 'A program goes back to an older version.',
    why: 'What the newer one has written, an index, a database or a log, the older one may not be able to read.',
    source: 'https://grafana.com/docs/tempo/latest/set-up-for-tracing/setup-tempo/migrate-to-3/',
  },
  *cluster(cluster) {
    for (const { name, version, workload, container } of cluster.programs) {
      const before = cluster.base?.programs.find(
        (old) => old.name === name && old.workload.name === workload.name && old.container.name === container.name,
      );
      const [was, now] = [numbersOf(before?.version ?? ''), numbersOf(version)];
      if (before === undefined || was === undefined || now === undefined || compareVersions(now, was) >= 0) continue;
      yield {
        place: inManifest(workload.manifest, ...container.path, 'image'),
        message: `\`${workload.name}\` goes back from ${titleOf(name)} ${before.version} to ${version}`,
        label: `was \`${before.version}\``,
        help: 'read the release notes of every version in between before; a store may need its backup',
      };
    }
  },
};
