import { isObject, list, text, type Json, type Path } from '@lgtm-fleet/manifests';
import { inConfig } from '../../place.ts';
import type { Rule } from '../../types.ts';
import { provisionedSources } from '../../view/data-sources.ts';

const KEYS = ['datasourceUid', 'alertmanagerUid'];

interface Link {
  readonly at: Path;
  readonly uid: string;
}

/** Wherever a data source names another: traces to logs, metrics and profiles, exemplars, derived fields, alerts. */
function linksIn(value: Json, at: Path = []): readonly Link[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, Json])[] = isObject(value)
    ? Object.entries(value)
    : [...list(value).entries()];
  return entries.flatMap(([key, child]) => {
    if (typeof child !== 'string') return linksIn(child, [...at, key]);
    return KEYS.includes(String(key)) ? [{ at: [...at, key], uid: child }] : [];
  });
}

export const rule: Rule = {
  meta: {
    id: 'unknown-data-source-uid',
    family: 'grafana',
    severity: 'error',
    description: 'A data source leads to another one that is not provisioned.',
    why: 'The link from a trace to its logs, or from a metric to its trace, opens nothing; nobody notices before an incident.',
    source: 'https://grafana.com/docs/grafana/latest/datasources/tempo/configure-tempo-data-source/',
  },
  *cluster(cluster) {
    const sources = provisionedSources(cluster);
    for (const { config, path, name, body, organisation } of sources) {
      // Nothing leads from one organisation into another.
      const uids = new Set(
        sources.filter((one) => one.organisation === organisation).map((one) => text(one.body, 'uid')),
      );
      for (const { at, uid } of linksIn(body)) {
        // A variable is known to the running Grafana alone; Grafana's own data sources have a name in dashes.
        if (uids.has(uid) || uid === '' || uid.includes('$') || /^-- .+ --$|^grafana$/i.test(uid)) continue;
        const from = at.filter((step) => typeof step === 'string').slice(1);
        yield {
          place: inConfig(config, ...path, ...at),
          message: `\`${from.join('.')}\` of data source \`${name}\` is \`${uid}\`, which no data source has as its uid`,
          help: `write one of ${[...uids]
            .filter((known) => known !== undefined)
            .map((known) => `\`${known}\``)
            .join(', ')}`,
        };
      }
    }
  },
};
