import { nearest } from '@lgtm-fleet/diagnostics';
import { argPath } from '@lgtm-fleet/manifests';
import { inManifest } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { flagsOf } from '../../view/releases/flags.ts';
import { isSameMinor } from '../../view/releases/versions.ts';
import { titleOf } from '../../view/titles.ts';

/** Flags that were taken away, where the nearest name is another thing. */
const RENAMED: Readonly<Record<string, string>> = { 'storage.tsdb.retention': 'storage.tsdb.retention.time' };

export const rule: Rule = {
  meta: {
    id: 'unknown-flag',
    family: 'releases',
    severity: 'error',
    description: 'A program is started with a flag that its version does not have.',
    why: 'It prints its usage and exits: the pods of the next roll-out never become ready.',
    source: 'https://prometheus.io/docs/prometheus/latest/migration/',
  },
  *cluster(cluster) {
    const pinned = new Map(Object.entries(cluster.plan.releases).map(([name, release]) => [name, release.version]));
    for (const { name, version, container, workload } of cluster.programs) {
      const known = flagsOf(name);
      if (known === undefined || !isSameMinor(version, pinned.get(name) ?? version)) continue;
      for (const [index, arg] of container.args.entries()) {
        const flag = /^--?([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(arg)?.[1];
        // Flags that are on by default are turned off with `no-`.
        if (flag === undefined || known.includes(flag) || known.includes(flag.replace(/^no-/, ''))) continue;
        const meant = RENAMED[flag] ?? nearest(flag, known);
        yield {
          place: inManifest(workload.manifest, ...argPath(container, index)),
          message: `${titleOf(name)} has no flag \`--${flag}\``,
          help: meant === undefined ? 'remove it' : `did you mean \`--${meant}\`?`,
        };
      }
    }
  },
};
