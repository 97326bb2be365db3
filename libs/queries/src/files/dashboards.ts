import { readYaml } from '@lgtm-fleet/yaml';
import { isMap, isSeq, type Node } from 'yaml';
import type { QueryFault } from '../core/fault.ts';
import { itemsOf, pairsOf, readFile, type TextInFile, textOf } from './read.ts';
import { textsAt } from './text-at.ts';

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
  const sound = jsonOf(text);
  if (sound !== undefined) return { queries: placed(text, queriesOf(sound, [], undefined, 0)), faults: [] };
  const { root, faults } = readFile(text);
  const value = root === undefined ? null : valueIn(text, root);
  return { queries: placed(text, queriesOf(value, [], undefined, 0)), faults };
}

/** Places cost far more than values: of a file that is sound JSON they are looked up when somebody asks for one. */
function jsonOf(text: string): Json | undefined {
  if (!text.trimStart().startsWith('{') || !readYaml(text).ok) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** What stands in a file that is no sound JSON; numbers as they are written. */
function valueIn(file: string, node: Node): Json {
  if (isSeq(node)) return itemsOf(node).map((item) => valueIn(file, item));
  if (!isMap(node)) return textOf(file, node)?.text ?? null;
  const entries = pairsOf(node).map(
    ({ name, value }) => [name, value === undefined ? null : valueIn(file, value)] as const,
  );
  return Object.fromEntries(entries);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

interface Found {
  readonly text: string;
  readonly path: Path;
  readonly datasource: string | undefined;
}

function queriesOf(value: Json, path: Path, around: string | undefined, depth: number): readonly Found[] {
  if (depth > MAX_DEPTH || path.at(-1) === 'templating') return [];
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index) => queriesOf(item, [...path, index], around, depth + 1));
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as { readonly [key: string]: Json };
  const datasource = datasourceIn(fields) ?? around;
  return Object.entries(fields).flatMap(([name, inner]) => {
    const below = [...path, name];
    const text = textIn(inner);
    if (text === undefined || (name !== 'expr' && !(name === 'query' && datasource === 'tempo')))
      return queriesOf(inner, below, datasource, depth + 1);
    return text.trim() === '' ? [] : [{ text, path: below, datasource }];
  });
}

/** With their places, which are read together when the first of them is asked for. */
function placed(file: string, found: readonly Found[]): readonly DashboardQuery[] {
  let known: readonly (TextInFile | undefined)[] | undefined;
  const look = (index: number): TextInFile => {
    known ??= textsAt(
      file,
      found.map(({ path }) => path),
    );
    const one = known[index];
    if (one === undefined) throw new Error('a file that was read has a place for each of its texts');
    return one;
  };
  return found.map(({ text, path, datasource }, index) => ({
    text,
    datasource,
    language: datasource === undefined ? undefined : LANGUAGES[datasource],
    pointer: pointerOf(path),
    get place() {
      return look(index).place;
    },
    inFile: (span) => look(index).inFile(span),
  }));
}

function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** `datasource: {type}` of a panel or target; `group` beside a `spec` in the newer form of dashboards. */
function datasourceIn(fields: { readonly [key: string]: Json }): string | undefined {
  const { datasource, spec, group } = fields;
  const type = typeof datasource === 'object' && datasource !== null ? (datasource as { type?: Json }).type : undefined;
  const found = textIn(type) ?? (spec === undefined ? undefined : textIn(group));
  return found === undefined || found === 'mixed' || found.startsWith('$') ? undefined : found;
}

function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
