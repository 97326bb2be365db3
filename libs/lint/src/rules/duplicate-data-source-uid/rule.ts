import { text } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { provisionedSources } from '../../view/data-sources.ts';

export const rule: Rule = {
  meta: {
    id: 'duplicate-data-source-uid',
    family: 'grafana',
    severity: 'error',
    description: 'Two provisioned data sources have the same uid.',
    why: 'Grafana refuses the second one and stops provisioning: what stands behind it in the file is not there either.',
    source: 'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources',
  },
  *cluster(cluster) {
    const names = new Map<string, string>();
    for (const { config, path, name, body, organisation } of provisionedSources(cluster)) {
      const uid = text(body, 'uid');
      if (uid === undefined) continue;
      // Each organisation has its own.
      const key = `${organisation}/${uid}`;
      const first = names.get(key);
      if (first === undefined) {
        names.set(key, name);
        continue;
      }
      yield {
        place: inConfig(config, ...path, 'uid'),
        message: `data source \`${name}\` has the uid \`${uid}\`, which \`${first}\` has already`,
        label: `also of \`${first}\``,
        help: 'give each data source a uid of its own',
      };
    }
  },
};
