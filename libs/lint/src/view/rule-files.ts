import type { Span } from '@lgtm-fleet/diagnostics';
import { isObject, list, object, text, type Json, type Manifest, type Path } from '@lgtm-fleet/manifests';
import { parseLogql, parsePromql, readRules, type QueryFault, type Rule, type TextInFile } from '@lgtm-fleet/queries';
import { inManifest, inText } from '../place.ts';
import type { Place } from '../types.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';

/** Rules of Prometheus, Mimir or Loki: a file of a ConfigMap, or a PrometheusRule. */
export interface RuleSource {
  readonly language: 'promql' | 'logql';
  readonly rules: readonly Rule[];
  /** What keeps a rule from being read. */
  readonly faults: readonly QueryFault[];
  /** Of a span as the rules and faults have it. */
  readonly at: (span: Span) => Place;
}

const known = new WeakMap<ClusterView, readonly RuleSource[]>();

/** Everything of a cluster that has groups of rules. */
export function ruleSources(cluster: ClusterView): readonly RuleSource[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const readers = readersOf(cluster);
  const files = cluster.configs.filter(isRuleFile).map((config): RuleSource => {
    const { rules, faults } = readRules(config.text);
    return { language: languageOf(rules, readers.get(config)), rules, faults, at: (span) => inText(config, span) };
  });
  const found = [...files, ...cluster.ofKind('PrometheusRule').map(ofObject)];
  known.set(cluster, found);
  return found;
}

/** The store that reads a file; a sidecar may have it too. What is brought into rulers is called after the store. */
function readersOf(cluster: ClusterView): ReadonlyMap<ConfigFile, string> {
  const stores = ['loki', 'mimir', 'prometheus'].flatMap((name) => cluster.programsOf(name));
  const brought = cluster.programsOf('nginx-unprivileged').flatMap(({ files }) =>
    files.flatMap(({ path, config }) => {
      const store = /^\/etc\/rules\/(logs|metrics)-/.exec(path)?.[1];
      return store === undefined ? [] : [[config, store === 'logs' ? 'loki' : 'mimir'] as const];
    }),
  );
  return new Map([
    ...brought,
    ...stores.flatMap(({ name, files }) => files.map(({ config }) => [config, name] as const)),
  ]);
}

/** Groups that have rules, or one group alone. A file that is no YAML is taken for one by what its first words are. */
export function isRuleFile({ key, value, text: source }: ConfigFile): boolean {
  if (value === undefined) return /\.(?:ya?ml|rules)$/.test(key) && /^groups:[ \t]*$/m.test(source);
  if (isObject(value) && typeof value['name'] === 'string' && Array.isArray(value['rules'])) return true;
  return list(value, 'groups').some((group) => isObject(group) && Array.isArray(group['rules']));
}

/** That of the program that reads the file; of one that nobody mounts, the one that can read all its queries. */
function languageOf(rules: readonly Rule[], reader: string | undefined): RuleSource['language'] {
  if (reader === 'loki') return 'logql';
  if (reader !== undefined) return 'promql';
  const all = rules.map(({ expr }) => expr.text);
  const failing = all.filter((query) => parsePromql(query).tree === undefined);
  return failing.some((query) => parseLogql(query).tree !== undefined) ? 'logql' : 'promql';
}

/** An object has no text of its own: the start of a span is the number of a path in it. */
function ofObject(manifest: Manifest): RuleSource {
  const paths: Path[] = [];
  const textAt = (...path: Path): TextInFile | undefined => {
    const found = text(manifest.body, ...path);
    if (found === undefined) return undefined;
    const place = { start: paths.push(path) - 1, end: paths.length };
    return { text: found, place, inFile: () => place };
  };
  const textsAt = (...path: Path): ReadonlyMap<string, TextInFile> =>
    new Map(
      Object.keys(object(manifest.body, ...path)).flatMap((key) => {
        const found = textAt(...path, key);
        return found === undefined ? [] : [[key, found] as const];
      }),
    );
  const rules = list(manifest.body, 'spec', 'groups').flatMap((group, first) =>
    list(group, 'rules').flatMap((_, second) => {
      const path: Path = ['spec', 'groups', first, 'rules', second];
      return ruleOf(group, textAt, textsAt, path);
    }),
  );
  const at = ({ start }: Span): Place => inManifest(manifest, ...(paths[start] ?? ['spec', 'groups']));
  return { language: languageOf(rules, undefined), rules, faults: [], at };
}

function ruleOf(
  group: Json,
  textAt: (...path: Path) => TextInFile | undefined,
  textsAt: (...path: Path) => ReadonlyMap<string, TextInFile>,
  path: Path,
): readonly Rule[] {
  const alert = textAt(...path, 'alert');
  const name = alert ?? textAt(...path, 'record');
  const expr = textAt(...path, 'expr');
  if (name === undefined || expr === undefined) return [];
  return [
    {
      kind: alert === undefined ? 'record' : 'alert',
      group: text(group, 'name') ?? '',
      name,
      expr,
      for: textAt(...path, 'for'),
      labels: textsAt(...path, 'labels'),
      annotations: textsAt(...path, 'annotations'),
      place: name.place,
    },
  ];
}
