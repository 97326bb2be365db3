import type { Drafted, OpenQuestion, YamlMap } from '../../../core/draft.ts';
import { fit } from '../../../core/durations.ts';
import { child, entriesOf, itemsOf, numberOf, plainOf, textOf } from '../../../core/look.ts';
import { dnsLabel } from '../../../core/names.ts';
import type { MapNode, SourceNode } from '../../../core/node.ts';
import { isMap } from '../../../core/look.ts';
import type { Reading } from '../../../scrape/context.ts';
import type { DatadogContext } from '../context.ts';
import { EVERY, labelsOf } from './tags.ts';

/** Instances of a check that become one source. */
export interface CheckReading extends Reading {
  /** Of all instances of the file. */
  readonly init: SourceNode | undefined;
  /** Instances that cannot come along though others of the same options can, and why. */
  readonly refused: Map<SourceNode, string>;
  /** Keys of Secrets that an instance before had. */
  readonly shown: Set<string>;
}

/** What a check asks, as a kind of source. */
export interface Asked {
  readonly value: YamlMap;
  readonly open?: readonly OpenQuestion[];
}

/** A check of the agent that the cluster file has a kind of source for. */
export interface Check {
  /** Keys by which instances may differ and still be one source. */
  readonly alike: readonly string[];
  /** None, and a reason in `fatal`, where it is not possible. */
  readonly read: (instances: readonly MapNode[], reading: CheckReading) => Asked | undefined;
}

/** The sources of the instances of a file, those with the same options as one. */
export function readCheck(
  check: Check,
  name: string,
  { instances, init }: { readonly instances: SourceNode | undefined; readonly init: SourceNode | undefined },
  context: DatadogContext,
): readonly Drafted[] {
  const groups = Map.groupBy(itemsOf(instances).filter(isMap), (instance) => optionsOf(instance, check));
  return [...groups.values()].flatMap((group): readonly Drafted[] => {
    const [first] = group;
    if (first === undefined) return [];
    const said = group.length === 1 ? (textOf(child(first, 'name')) ?? textOf(child(first, 'namespace'))) : undefined;
    const source = context.name(said === undefined || said === '' ? name : dnsLabel(said));
    const reading: CheckReading = {
      ledger: context.ledger,
      name: context.name,
      defaults: {},
      filesAt: () => [],
      modules: undefined,
      to: `ingest.sources[${source}]`,
      source,
      fatal: [],
      init,
      refused: new Map(),
      shown: new Set(),
    };
    const common = commonOf(group, reading);
    const asked = check.read(group, reading);
    const none = reading.fatal.length > 0 || asked === undefined;
    for (const instance of group) {
      const why = none && reading.fatal.length > 0 ? reading.fatal.join('; ') : reading.refused.get(instance);
      if (why !== undefined) context.ledger.abandoned(instance, `check \`${name}\`: ${why}`);
      else if (none) context.ledger.abandoned(instance, `check \`${name}\`: nothing of it is left`);
    }
    if (none) return [];
    const origin: SourceNode = { ...first, kind: 'list', items: group };
    return [
      {
        value: { name: source, ...common, ...asked.value },
        origin: group.length === 1 ? first : origin,
        ...(asked.open !== undefined && asked.open.length > 0 && { open: asked.open }),
      },
    ];
  });
}

/** All that is said of an instance but what it is about. */
function optionsOf(instance: MapNode, { alike }: Check): string {
  const others = entriesOf(instance).filter(([key]) => !alike.includes(key));
  return JSON.stringify(others.map(([key, node]) => [key, plainOf(node)]).toSorted());
}

/** What every check can say: how often, how long at most, and labels. */
function commonOf(group: readonly MapNode[], reading: CheckReading): YamlMap {
  const read = group.map((instance) => ({
    labels: labelsOf(instance, reading),
    ...paceOf(instance, reading),
  }));
  for (const instance of group) usual(instance, reading);
  const [{ labels, interval, timeout } = { labels: {}, interval: undefined, timeout: undefined }] = read;
  return {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(interval !== undefined && { interval }),
    ...(timeout !== undefined && { timeout }),
  };
}

function paceOf(instance: MapNode, { ledger, to, init }: CheckReading) {
  const seconds = (key: string, at: string, least: number): string | undefined => {
    const own = child(instance, key);
    const node = own ?? child(init, key);
    const source = own === undefined ? EVERY : to;
    const number = numberOf(node);
    const fitted = number === undefined ? undefined : fit(`${number}s`, least, 3600);
    if (fitted === undefined) return undefined;
    if (fitted.how === undefined) ledger.carried(node, `${source}.${at}`);
    else ledger.changed(node, `${source}.${at}`, fitted.how);
    return fitted.text;
  };
  return {
    interval: seconds('min_collection_interval', 'interval', 5),
    timeout: seconds('timeout', 'timeout', 1) ?? seconds('prometheus_timeout', 'timeout', 1),
  };
}

/** Keys that any check may have, and that decide nothing of what it asks. */
function usual(instance: MapNode, { ledger, to }: CheckReading): void {
  ledger.carried(
    child(instance, 'empty_default_hostname'),
    'nothing: what is asked from outside has no label of a host',
  );
  ledger.changed(
    child(instance, 'name'),
    to,
    'it is a name among checks; series say by `job` and `instance` what they are about',
  );
  for (const key of ['proxy', 'skip_proxy'])
    ledger.impossible(child(instance, key), 'what is asked is asked directly: no proxy is between');
  for (const key of [
    'persist_connections',
    'allow_redirects',
    'log_requests',
    'read_timeout',
    'connect_timeout',
    'use_legacy_auth_encoding',
    'request_size',
    'disable_generic_tags',
    'loader',
  ])
    ledger.changed(child(instance, key), 'the collector', 'Alloy decides how it asks');
}
