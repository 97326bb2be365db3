import { list, text } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { provisionedSources } from '../../view/data-sources.ts';

export const rule: Rule = {
  meta: {
    id: 'changed-data-source-uid',
    family: 'grafana',
    severity: 'error',
    description: 'A data source that was provisioned before has another uid.',
    why: 'Grafana keeps the old uid, stops at this data source, and reads the rest of the file no more; dashboards and alerts that name the new one find nothing.',
    source: 'https://github.com/grafana/grafana/issues/110740',
  },
  *cluster(cluster) {
    const before = cluster.base === undefined ? [] : provisionedSources(cluster.base);
    for (const { config, path, name, body, organisation } of provisionedSources(cluster)) {
      const was = text(before.find((old) => old.name === name && old.organisation === organisation)?.body, 'uid');
      const uid = text(body, 'uid');
      if (was === undefined || uid === was) continue;
      // Grafana deletes before it makes anything.
      if (list(config.value, 'deleteDatasources').some((gone) => text(gone, 'name') === name)) continue;
      yield {
        place: inConfig(config, ...path, 'uid'),
        message: `data source \`${name}\` had the uid \`${was}\`, and has ${uid === undefined ? 'none' : `\`${uid}\``} now`,
        label: `was \`${was}\``,
        help: `keep \`${was}\`, or name \`${name}\` under \`deleteDatasources\` too, so that Grafana makes it anew`,
      };
    }
  },
};
