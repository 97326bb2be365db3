import { nearest } from '@lgtm-fleet/diagnostics';
import { catalogues, metricsUsed, type CataloguedProgram } from '@lgtm-fleet/queries';
import type { Report, Rule } from '../../types.ts';
import type { ClusterView } from '../../view/cluster.ts';
import { queriesOf, type ClusterQuery } from '../../view/queries.ts';
import { isListed, isPlannedProgram, ownerOf, recordedSeries, seriesLike } from '../../view/series.ts';

export const rule: Rule = {
  meta: {
    id: 'uncollected-metric',
    family: 'queries',
    severity: 'warning',
    description: 'A query names a metric that nothing of the cluster exports.',
    why: 'It gives nothing, for ever: an alert on it never fires, and nobody is told.',
    source: 'https://blog.cloudflare.com/monitoring-our-monitoring/',
  },
  *cluster(cluster) {
    const recorded = recordedSeries(cluster);
    for (const query of queriesOf(cluster))
      if (query.language === 'promql') yield* uncollected(cluster, query, recorded);
  },
};

function* uncollected(
  cluster: ClusterView,
  { text, variables, at }: ClusterQuery,
  recorded: ReadonlySet<string>,
): Iterable<Report> {
  for (const { name, place } of metricsUsed(text, { variables })) {
    const program = name === undefined ? undefined : ownerOf(name);
    if (name === undefined || program === undefined || recorded.has(name)) continue;
    const runs = isPlannedProgram(cluster, program);
    if (runs && (catalogues[program].has(name) || !isListed(name, program))) continue;
    yield { place: at(place), ...(runs ? misnamed(name, program) : absent(name, program)) };
  }
}

function absent(name: string, program: CataloguedProgram): Omit<Report, 'place'> {
  return {
    message: `\`${name}\` is a metric of ${program}, which this cluster does not run`,
    help: 'take the query out, or ask for what the cluster runs',
  };
}

function misnamed(name: string, program: CataloguedProgram): Omit<Report, 'place'> {
  const meant = nearest(name, seriesLike(name, program));
  return {
    message: `${program} is not known to export \`${name}\``,
    ...(meant !== undefined && { label: `did you mean \`${meant}\`?` }),
    help: 'name a metric that it exports; suppress this where it appears only under load or after a failure',
  };
}
