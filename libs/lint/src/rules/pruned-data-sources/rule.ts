import { get } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';

export const rule: Rule = {
  meta: {
    id: 'pruned-data-sources',
    family: 'grafana',
    severity: 'warning',
    description: 'Grafana deletes data sources that are no longer in its file.',
    why: 'A line too few in one commit deletes a data source, with it every alert and panel that asks it; one that is only forgotten does no harm.',
    source: 'https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources',
  },
  *cluster({ programsOf }) {
    const files = new Set(programsOf('grafana').flatMap(({ files }) => files.map(({ config }) => config)));
    for (const config of files) {
      if (get(config.value, 'datasources') === undefined || get(config.value, 'prune') !== true) continue;
      yield {
        place: inConfig(config, 'prune'),
        message: 'Grafana deletes every data source that is taken out of this file',
        help: 'remove `prune`; name what is to go under `deleteDatasources`',
        remedy: { safe: false },
      };
    }
  },
};
