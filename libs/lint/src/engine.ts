import { engineRules } from './engine-rules.ts';
import { fixOf } from './fix.ts';
import { locator, type Location } from './locate/locate.ts';
import type { Sources } from './locate/sources.ts';
import { inSpec } from './place.ts';
import { objectOf, suppressionsOf, type Suppressions } from './suppressions.ts';
import type { Finding, Place, Report, Rule, Severity } from './types.ts';
import { clusterView, type ClusterInput, type ClusterView } from './view/cluster.ts';

/** Of more findings of one rule in one cluster, the last ones teach nothing new. */
const MAX_REPORTS = 200;
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

export interface LintInput {
  /** Asked for one after another, and let go of. */
  readonly clusters: Iterable<ClusterInput>;
  readonly sources: Sources;
}

/** A report with the rule and the cluster that gave it. */
interface Said {
  readonly rule: string;
  readonly severity: Severity;
  readonly cluster: string;
  readonly report: Report;
}

/** A run of rules over clusters that are given one after another, and let go of. */
export interface Linter {
  readonly add: (cluster: ClusterInput) => void;
  /** Of all clusters that were added. */
  readonly findings: (sources: Sources) => readonly Finding[];
}

/**
 * Every finding of the rules, each at the place that a person must edit, worst first within a file. A rule
 * that throws gives a finding `internal-error` with its name, and the others go on.
 */
export function lint(input: LintInput, rules: readonly Rule[]): readonly Finding[] {
  const { add, findings } = linter(rules);
  for (const cluster of input.clusters) add(cluster);
  return findings(input.sources);
}

/** What `lint` does, for clusters that do not all stand ready. */
export function linter(rules: readonly Rule[]): Linter {
  const known = new Set(rules.map(({ meta }) => meta.id));
  const byKind = rulesByKind(rules);
  const suppressions = new Map<string, Suppressions>();
  const said: Said[] = [];
  const comparisons = rules.flatMap((rule) => (rule.fleet === undefined ? [] : [{ rule, comparison: rule.fleet() }]));
  const add = (cluster: ClusterInput): void => {
    // What rules look up they keep with the view; it goes when its cluster is done, or a large fleet would fill the memory.
    const view = clusterView(cluster);
    suppressions.set(view.name, suppressionsOf(view, known));
    said.push(...lintCluster(view, rules, byKind));
    for (const { rule, comparison } of comparisons)
      said.push(
        ...run(rule, view.name, () => {
          comparison.add(view);
          return [];
        }),
      );
  };
  const findings = (sources: Sources): readonly Finding[] => {
    const compared = comparisons.flatMap(({ rule, comparison }) => run(rule, undefined, comparison.compare));
    const heard = [...said, ...compared].filter(
      ({ rule, cluster, report }) => suppressions.get(cluster)?.silence(rule, report.place) !== true,
    );
    return locate([...heard, ...faults(suppressions)], sources);
  };
  return { add, findings };
}

/** Kinds with the rules that ask for them, so that a resource meets no rule in vain. */
function rulesByKind(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const pairs = rules.flatMap((rule) => (rule.kinds ?? []).map((kind) => ({ kind, rule })));
  return new Map(
    [...Map.groupBy(pairs, ({ kind }) => kind)].map(([kind, found]) => [kind, found.map(({ rule }) => rule)]),
  );
}

function lintCluster(
  cluster: ClusterView,
  rules: readonly Rule[],
  byKind: ReadonlyMap<string, readonly Rule[]>,
): readonly Said[] {
  const said = new Map<Rule, Said[]>();
  const add = (rule: Rule, reports: readonly Said[]): void => {
    const before = said.get(rule) ?? [];
    said.set(rule, [...before, ...reports].slice(0, MAX_REPORTS));
  };
  for (const manifest of cluster.manifests) {
    for (const rule of byKind.get(manifest.kind) ?? [])
      add(
        rule,
        run(rule, cluster.name, () => rule.manifest?.(manifest, cluster)),
      );
  }
  for (const rule of rules)
    if (rule.cluster !== undefined)
      add(
        rule,
        run(rule, cluster.name, () => rule.cluster?.(cluster)),
      );
  return [...said.values()].flat();
}

function run(rule: Rule, cluster: string | undefined, check: () => Iterable<Report> | undefined): readonly Said[] {
  const { id, severity } = rule.meta;
  const said: Said[] = [];
  try {
    for (const report of check() ?? []) {
      said.push({ rule: id, severity, cluster: cluster ?? clusterOf(report.place), report });
      if (said.length === MAX_REPORTS) break;
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const report: Report = {
      place: inSpec(cluster ?? '', 'spec'),
      message: `the rule \`${id}\` failed: ${reason}`,
      help: 'this is a fault of LGTM Fleet; please report it',
    };
    said.push({ rule: 'internal-error', severity: 'error', cluster: cluster ?? '', report });
  }
  return said;
}

/** The cluster that a place of a fleet's rule belongs to: the second part of its path. */
function clusterOf(place: Place): string {
  if (place.in === 'spec') return place.cluster;
  const file =
    place.in === 'file' ? place.file : (place.in === 'manifest' ? place.manifest : place.config.manifest).folder;
  return file.split('/')[1] ?? '';
}

function faults(suppressions: ReadonlyMap<string, Suppressions>): readonly Said[] {
  return [...suppressions].flatMap(([cluster, { faults: all }]) =>
    all().map(({ rule, report }) => ({ rule, severity: severityOf(rule), cluster, report })),
  );
}

function severityOf(id: string): Severity {
  return engineRules.find((meta) => meta.id === id)?.severity ?? 'error';
}

/** Findings that many clusters have in one base become one. */
function locate(said: readonly Said[], sources: Sources): readonly Finding[] {
  const at = locator(sources);
  const found = new Map<string, { readonly finding: Omit<Finding, 'clusters'>; readonly clusters: Set<string> }>();
  for (const { rule, severity, cluster, report } of said) {
    const location = at(report.place, report.derivedFrom);
    const key = JSON.stringify([rule, location.file, location.span?.start, report.message]);
    const before = found.get(key);
    if (before !== undefined) before.clusters.add(cluster);
    else
      found.set(key, { finding: findingOf(rule, severity, report, location, sources), clusters: new Set([cluster]) });
  }
  return [...found.values()]
    .map(({ finding, clusters }) => ({ ...finding, clusters: [...clusters].filter((name) => name !== '').toSorted() }))
    .toSorted(compare);
}

function findingOf(
  rule: string,
  severity: Severity,
  report: Report,
  location: Location,
  sources: Sources,
): Omit<Finding, 'clusters'> {
  const { message, label, help } = report;
  const { file, span, edited } = location;
  const regenerate = 'this file is generated, and was edited by hand: `nx run tools:generate-overlay` restores it';
  const advice = edited ? [...(help === undefined ? [] : [help]), regenerate].join('; ') : help;
  const object = objectOf(report.place);
  const fix = report.remedy === undefined ? undefined : fixOf(report.remedy, location, sources);
  return {
    rule,
    severity,
    message,
    ...(advice !== undefined && { help: advice }),
    ...(label !== undefined && { label }),
    file,
    ...(span !== undefined && { span }),
    ...(object !== undefined && { object }),
    ...(fix !== undefined && { fix }),
  };
}

function compare(left: Finding, right: Finding): number {
  const order =
    RANK[left.severity] - RANK[right.severity] ||
    compareText(left.file, right.file) ||
    (left.span?.start ?? 0) - (right.span?.start ?? 0) ||
    compareText(left.rule, right.rule);
  return order || compareText(left.message, right.message);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
