import type { Span } from '@lgtm-fleet/diagnostics';
import { get, list, text, type Path } from '@lgtm-fleet/manifests';
import {
  checkLogql,
  checkPromql,
  checkTraceql,
  readDashboardQueries,
  textsAt,
  type QueryFault,
  type TextInFile,
} from '@lgtm-fleet/queries';
import { inText } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import { provisionedSources, type ProvisionedSource } from './data-sources.ts';
import { isDashboard } from './dashboards.ts';
import { ruleSources } from './rule-files.ts';

export type QueryLanguage = 'promql' | 'logql' | 'traceql';

/** A query that the cluster's files hold: of a rule, a dashboard or a link of a data source. */
export interface ClusterQuery {
  readonly language: QueryLanguage;
  readonly text: string;
  /** Grafana fills in variables before it asks. */
  readonly variables: boolean;
  readonly at: (span: Span) => Place;
  /** What is wrong with it, in order of the places. */
  readonly faults: readonly QueryFault[];
}

const known = new WeakMap<ClusterView, readonly ClusterQuery[]>();

/** Every query of a cluster whose language is known. */
export function queriesOf(cluster: ClusterView): readonly ClusterQuery[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const found = [
    ...ruleSources(cluster).flatMap(({ language, rules, at }) =>
      rules.map(({ expr }) => queryOf(language, expr.text, false, (span) => at(expr.inFile(span)))),
    ),
    ...cluster.configs.filter(isDashboard).flatMap(ofDashboard),
    ...ofSources(provisionedSources(cluster)),
  ];
  known.set(cluster, found);
  return found;
}

const CHECKS = { promql: checkPromql, logql: checkLogql, traceql: checkTraceql };

function queryOf(language: QueryLanguage, query: string, variables: boolean, at: ClusterQuery['at']): ClusterQuery {
  return { language, text: query, variables, at, faults: CHECKS[language](query, { variables }) };
}

function ofDashboard(config: ConfigFile): readonly ClusterQuery[] {
  return readDashboardQueries(config.text).queries.flatMap(({ language, text: query, inFile }) =>
    language === undefined ? [] : [queryOf(language, query, true, (span) => inText(config, inFile(span)))],
  );
}

interface LinkQuery {
  readonly path: Path;
  readonly language: QueryLanguage;
}

function ofSources(sources: readonly ProvisionedSource[]): readonly ClusterQuery[] {
  return [...Map.groupBy(sources, ({ config }) => config)].flatMap(([config, own]) => {
    const links = own.flatMap(linksOf);
    const texts =
      links.length === 0
        ? []
        : textsAt(
            config.text,
            links.map(({ path }) => path),
          );
    return links.flatMap(({ language }, index): readonly ClusterQuery[] => {
      const found = texts[index];
      return found === undefined || found.text.trim() === '' ? [] : [ofLink(language, found, config)];
    });
  });
}

/** Queries behind the links from a span: to its logs, and to the metrics of its service. */
function linksOf({ body, path }: ProvisionedSource): readonly LinkQuery[] {
  const logs: LinkQuery = { path: [...path, 'jsonData', 'tracesToLogsV2', 'query'], language: 'logql' };
  const custom = get(body, 'jsonData', 'tracesToLogsV2', 'customQuery') === true;
  const metrics = list(body, 'jsonData', 'tracesToMetrics', 'queries').flatMap((query, index): readonly LinkQuery[] =>
    text(query, 'query') === undefined
      ? []
      : [{ path: [...path, 'jsonData', 'tracesToMetrics', 'queries', index, 'query'], language: 'promql' }],
  );
  return [...(custom ? [logs] : []), ...metrics];
}

/** In a file of data sources `$$` is a `$` that Grafana leaves to the query. */
function ofLink(language: QueryLanguage, written: TextInFile, config: ConfigFile): ClusterQuery {
  const places: number[] = [];
  let query = '';
  for (let at = 0; at < written.text.length; at += 1) {
    if (written.text.startsWith('$$', at)) at += 1;
    places.push(at);
    query += written.text.charAt(at);
  }
  places.push(written.text.length);
  const place = (offset: number): number => places[offset] ?? written.text.length;
  const at = ({ start, end }: Span): Place =>
    inText(config, written.inFile({ start: place(start), end: end > start ? place(end - 1) + 1 : place(start) }));
  return queryOf(language, query, true, at);
}
