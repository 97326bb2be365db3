import { child, textOf } from '../../../core/look.ts';
import type { ListNode, MapNode, SourceNode } from '../../../core/node.ts';
import { scalarAt } from '../modules/functions.ts';
import type { Component } from '../modules/scope.ts';
import { argumentsOf, blocksOf, isBlock, type BlockNode } from '../syntax/nodes.ts';
import type { TargetSet } from './targets.ts';

/** Arguments that Prometheus has under another name. */
const RENAMED = new Map([
  ['extra_metrics', 'extra_scrape_metrics'],
  ['scrape_fallback_protocol', 'fallback_scrape_protocol'],
  ['ca_pem', 'ca'],
  ['cert_pem', 'cert'],
  ['key_pem', 'key'],
]);
/** What is read by itself. */
const APART = new Set(['targets', 'forward_to', 'job_name', 'clustering']);

export interface JobParts {
  readonly scrape: Component;
  readonly sets: readonly TargetSet[];
  readonly rules: readonly SourceNode[];
  readonly metricRules: readonly SourceNode[];
}

/**
 * A scrape with where its targets come from and what is done to them, as the job of Prometheus that does the same. Its
 * leaves are those of the file, so that what is said of the job is said of them.
 */
export function jobOf({ scrape, sets, rules, metricRules }: JobParts): MapNode {
  const { node, id } = scrape;
  const list = (items: readonly SourceNode[]): ListNode => ({ ...placeOf(node), kind: 'list', items });
  const fixed = sets.flatMap(({ from }) => (from.kind === 'fixed' ? [groupOf(from.target)] : []));
  const found = Map.groupBy(
    sets.flatMap(({ from }) => (from.kind === 'component' ? [discoveryOf(from.component)] : [])),
    ([key]) => key,
  );
  const entries: readonly (readonly [string, SourceNode])[] = [
    ['job_name', child(node, 'job_name') ?? scalarAt(node, id)],
    ...inOwnWords(node),
    ...(fixed.length > 0 ? [['static_configs', list(fixed)] as const] : []),
    ...[...found].map(([key, configs]) => [key, list(configs.map(([, config]) => config))] as const),
    ...(rules.length > 0 ? [['relabel_configs', list(rules)] as const] : []),
    ...(metricRules.length > 0 ? [['metric_relabel_configs', list(metricRules)] as const] : []),
  ];
  return { ...placeOf(node), kind: 'map', entries: new Map(entries) };
}

function placeOf({ file, line, path }: SourceNode): Pick<SourceNode, 'file' | 'line' | 'path'> {
  return { file, line, path };
}

/** The arguments of a scrape or of an HTTP client, with their blocks. */
function inOwnWords(node: BlockNode): readonly (readonly [string, SourceNode])[] {
  return [...node.entries].flatMap(([key, value]): readonly (readonly [string, SourceNode])[] => {
    if (APART.has(key)) return [];
    const own = isBlock(value) ? { ...value, entries: new Map(inOwnWords(value)) } : value;
    return [[RENAMED.get(key) ?? key, value.kind === 'map' && value.entries.size === 0 ? value : own]];
  });
}

const ADDRESS = '__address__';

/** A target of a list as one of `static_configs`. */
function groupOf(target: SourceNode): MapNode {
  const own = target.kind === 'map' ? [...target.entries] : [];
  const labels = own.filter(([key]) => key !== ADDRESS);
  const address = child(target, ADDRESS);
  const at = placeOf(target);
  const targets: ListNode = { ...at, kind: 'list', items: address === undefined ? [] : [address] };
  return {
    ...at,
    kind: 'map',
    entries: new Map<string, SourceNode>([
      ['targets', targets],
      ...(labels.length > 0 ? [['labels', { ...at, kind: 'map', entries: new Map(labels) } as MapNode] as const] : []),
    ]),
  };
}

/** A component of discovery as an entry of the list that Prometheus has for it. */
function discoveryOf({ name, node }: Component): readonly [key: string, config: SourceNode] {
  const kind = name.replace(/^discovery\./, '');
  const role = textOf(child(node, 'role')) ?? '';
  const entries = new Map(inOwnWords(node));
  const config: MapNode = { ...placeOf(node), kind: 'map', entries };
  switch (kind) {
    case 'kubelet':
      // It finds the pods of its node.
      return ['kubernetes_sd_configs', { ...config, entries: new Map([...entries, ['role', scalarAt(node, 'pod')]]) }];
    case 'ec2':
      return ['ec2_sd_configs', withFilters(node, config)];
    case 'aws':
      return role === 'ec2' ? ['ec2_sd_configs', withFilters(node, config)] : [`aws_${role}_sd_configs`, config];
    case 'azure':
      return ['azure_sd_configs', { ...config, entries: new Map([...entries, ...signIn(node)]) }];
    default:
      return [`${kind}_sd_configs`, config];
  }
}

function withFilters(node: BlockNode, config: MapNode): MapNode {
  const filters = blocksOf(node, 'filter');
  if (filters.length === 0) return config;
  const list: ListNode = { ...placeOf(node), kind: 'list', items: filters };
  const others = [...config.entries].filter(([, value]) => !isBlock(value) || value.name !== 'filter');
  return { ...config, entries: new Map([...others, ['filters', list]]) };
}

/** What Azure is shown, which Prometheus has beside the rest. */
function signIn(node: BlockNode): readonly (readonly [string, SourceNode])[] {
  return ['oauth', 'managed_identity'].flatMap((name) => blocksOf(node, name).flatMap(argumentsOf));
}
