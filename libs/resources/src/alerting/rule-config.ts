import { ruleFiles, type RuleFile } from '@lgtm-fleet/alerts';
import type { Plan } from '@lgtm-fleet/plan';
import { NAMESPACE_PREFIX, type OwnedGroup } from '../rules/index-file.ts';
import type { ConfigFile } from '../types.ts';

/** Where a Prometheus has its files of rules, and the ConfigMap that they come from. */
export interface RuleFolder {
  readonly configMap: string;
  readonly folder: string;
}

/** Files of rules as a Prometheus reads them; it looks for changes by itself. */
export function ruleConfig({ configMap }: RuleFolder, files: readonly RuleFile[]): readonly ConfigFile[] {
  return files.map(({ name, value }) => ({
    name: `rules-${name}.yaml`,
    key: `${name}.yaml`,
    configMap,
    hashed: false,
    form: 'yaml',
    value,
  }));
}

/** `rule_files` of a Prometheus. */
export function ruleGlob({ folder }: RuleFolder): string {
  return `${folder}/*.yaml`;
}

/** What the Prometheus that watches the stores evaluates. */
export function watchersRules(plan: Plan): readonly RuleFile[] {
  return ruleFiles(plan).filter(({ evaluator }) => evaluator === 'meta');
}

/**
 * What a Prometheus evaluates that is the store of metrics: what a ruler would, and what watches the stores, since
 * nothing else does. A family that is meant for both is there once.
 */
export function storesRules(plan: Plan): readonly RuleFile[] {
  const all = ruleFiles(plan);
  const own = all.filter(({ evaluator }) => evaluator === 'metrics');
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...all.filter(({ evaluator, name }) => evaluator === 'meta' && !names.has(name))];
}

/** What a person has written for the one tenant of a Prometheus, a file for each of its own. */
export function writtenRules(groups: readonly OwnedGroup[]): readonly RuleFile[] {
  const own = groups.filter(({ store }) => store === 'metrics');
  return [...Map.groupBy(own, ({ namespace }) => namespace)].map(([namespace, some]) => ({
    evaluator: 'metrics',
    name: namespace.slice(NAMESPACE_PREFIX.length),
    value: { groups: some.map(({ value }) => value) },
  }));
}
