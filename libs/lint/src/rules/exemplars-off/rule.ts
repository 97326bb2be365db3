import { list } from '@lgtm-fleet/manifests';
import { inConfig, inManifest } from '../../place.ts';
import type { Place, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { provisionedSources } from '../../view/data-sources.ts';
import { flag, setting } from '../../view/program.ts';

const MIMIR = ['limits', 'max_global_exemplars_per_user'];

interface Off {
  readonly place: Place;
  readonly message: string;
  readonly help: string;
}

function offIn(cluster: ClusterView): Off | undefined {
  const [mimir] = cluster.programsOf('mimir').filter(({ config }) => config !== undefined);
  if (mimir?.config !== undefined) {
    const set = setting(mimir, ...MIMIR);
    if (typeof set?.value === 'number' && set.value > 0) return undefined;
    const help = 'set `limits.max_global_exemplars_per_user` to 100000';
    return { place: set?.place ?? inConfig(mimir.config, ...MIMIR), message: 'Mimir keeps no exemplars', help };
  }
  const [prometheus] = cluster.programsOf('prometheus');
  if (prometheus === undefined) return undefined;
  const features = flag(prometheus, 'enable-feature');
  if (typeof features?.value === 'string' && features.value.split(',').includes('exemplar-storage')) return undefined;
  const { manifest } = prometheus.workload;
  return {
    place: features?.place ?? inManifest(manifest, ...prometheus.container.path, 'args'),
    message: 'Prometheus keeps no exemplars',
    help: 'add the flag `--enable-feature=exemplar-storage`',
  };
}

export const rule: Rule = {
  meta: {
    id: 'exemplars-off',
    family: 'tenancy',
    severity: 'warning',
    description: 'Grafana links metrics to traces by exemplars, and the metrics store keeps none.',
    why: 'The points that lead from a graph to a trace never appear, and nothing says why.',
    source: 'https://grafana.com/docs/mimir/latest/manage/use-exemplars/store-exemplars/',
  },
  *cluster(cluster) {
    const linked = provisionedSources(cluster).find(
      ({ type, body }) => type === 'prometheus' && list(body, 'jsonData', 'exemplarTraceIdDestinations').length > 0,
    );
    if (linked === undefined) return;
    const off = offIn(cluster);
    if (off === undefined) return;
    yield {
      place: off.place,
      message: `${off.message}, and data source \`${linked.name}\` links them to traces`,
      help: off.help,
    };
  },
};
