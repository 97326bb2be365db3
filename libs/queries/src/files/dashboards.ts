import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';
import type { QueryFault } from '../core/fault.ts';
import { itemsOf, pairsOf, readFile, type TextInFile, textOf, valueOf } from './read.ts';

/** A query of a dashboard. Places are of the file; the query is one with variables of Grafana. */
export interface DashboardQuery extends TextInFile {
  /** Absent where its data source is of another kind, or a variable. */
  readonly language: 'promql' | 'logql' | 'traceql' | undefined;
  /** As the dashboard says it: `prometheus`. */
  readonly datasource: string | undefined;
  /** JSON pointer: `/panels/0/targets/1/expr`. */
  readonly pointer: string;
}

const LANGUAGES: Readonly<Record<string, DashboardQuery['language']>> = {
  prometheus: 'promql',
  mimir: 'promql',
  loki: 'logql',
  tempo: 'traceql',
};

/** Levels of a dashboard; rows in tabs in layouts have about ten. */
const MAX_DEPTH = 60;

/**
 * Every query of a dashboard's panels and annotations: `expr`, or `query` of Tempo. The data source is that of the
 * target, of the panel, or of what is around it. Variables (`label_values(…)`) are no queries of a language.
 */
export function readDashboardQueries(text: string): {
  readonly queries: readonly DashboardQuery[];
  readonly faults: readonly QueryFault[];
} {
  const { root, faults } = readFile(text);
  return { queries: root === undefined ? [] : queriesIn(text, root, '', undefined, 0), faults };
}

function queriesIn(
  text: string,
  node: Node,
  pointer: string,
  around: string | undefined,
  depth: number,
): readonly DashboardQuery[] {
  if (depth > MAX_DEPTH || pointer.endsWith('/templating')) return [];
  if (isSeq(node))
    return itemsOf(node).flatMap((item, index) => queriesIn(text, item, `${pointer}/${index}`, around, depth + 1));
  if (!isMap(node)) return [];
  const datasource = datasourceOf(text, node) ?? around;
  return pairsOf(node).flatMap(({ name, value }) => {
    if (value === undefined) return [];
    const below = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (name !== 'expr' && !(name === 'query' && datasource === 'tempo'))
      return queriesIn(text, value, below, datasource, depth + 1);
    const query = textOf(text, value);
    if (query === undefined) return queriesIn(text, value, below, datasource, depth + 1);
    const language = datasource === undefined ? undefined : LANGUAGES[datasource];
    return query.text.trim() === '' ? [] : [{ ...query, language, datasource, pointer: below }];
  });
}

/** `datasource: {type}` of a panel or target; `group` beside a `spec` in the newer form of dashboards. */
function datasourceOf(text: string, node: YAMLMap): string | undefined {
  const type = textOf(text, valueOf(valueOf(node, 'datasource'), 'type'))?.text;
  const group = valueOf(node, 'spec') === undefined ? undefined : textOf(text, valueOf(node, 'group'))?.text;
  const found = type ?? group;
  return found === undefined || found === 'mixed' || found.startsWith('$') ? undefined : found;
}
