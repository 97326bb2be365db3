import { isObject, type Json, type Path } from '@lgtm-fleet/manifests';
import { textsAt } from '@lgtm-fleet/queries';
import { inText } from '../../place.ts';
import type { Report, Rule } from '../../types.ts';
import type { ConfigFile } from '../../view/config-file.ts';
import { provisionedSources } from '../../view/data-sources.ts';

/** A `$` alone before a name that begins as Grafana's own do. `$__file{`, `$__env{` and `$__vault{` are meant for it. */
const VARIABLES = /\$\$|\$(?:\{__[\w.:]+\}|__(?!(?:file|env|vault)\{)\w+)/g;

export const rule: Rule = {
  meta: {
    id: 'unescaped-variable',
    family: 'queries',
    severity: 'error',
    description: 'A data source file has a variable of Grafana that Grafana takes for one of the environment.',
    why: 'It is replaced by nothing when Grafana starts: the query behind the link asks for everything, or cannot be read.',
    source: 'https://grafana.com/docs/grafana/latest/administration/provisioning/',
  },
  *cluster(cluster) {
    for (const [config, own] of Map.groupBy(provisionedSources(cluster), (source) => source.config)) {
      const paths = own.flatMap(({ body, path }) => pathsIn(body, path));
      if (paths.length > 0) yield* unescaped(config, paths);
    }
  },
};

function* unescaped(config: ConfigFile, paths: readonly Path[]): Iterable<Report> {
  for (const found of textsAt(config.text, paths)) {
    for (const { 0: variable, index } of found?.text.matchAll(VARIABLES) ?? []) {
      if (found === undefined || variable === '$$') continue;
      yield {
        place: inText(config, found.inFile({ start: index, end: index + variable.length })),
        message: `\`${variable}\` is replaced by nothing when Grafana reads this file`,
        help: `write \`$${variable}\`: two \`$\` become one`,
      };
    }
  }
}

/** Where texts stand that may have one. */
function pathsIn(value: Json, path: Path): readonly Path[] {
  if (typeof value === 'string') return value.includes('$') ? [path] : [];
  const entries: readonly (readonly [string | number, Json])[] = isObject(value)
    ? Object.entries(value)
    : Array.isArray(value)
      ? [...(value as readonly Json[]).entries()]
      : [];
  return entries.flatMap(([key, child]) => pathsIn(child, [...path, key]));
}
