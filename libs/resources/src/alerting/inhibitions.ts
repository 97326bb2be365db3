import type { Plan } from '@lgtm-fleet/plan';
import type { YamlValue } from '@lgtm-fleet/yaml';

/**
 * Alerts of the stack that another explains, and that nobody is told of while that one fires: a store that is down, or
 * whose bucket refuses it, is one incident, whatever else it fails at. Names alone: whose alerts they are, only the
 * configuration of the stack's own tenant may say, for a tenant may have alerts that are called alike.
 */
export function inhibitRules(plan: Plan): readonly YamlValue[] {
  const stores = STORES.filter(({ name }) => plan[name] !== undefined);
  const buckets = plan.objectStorage.kind === 'filesystem' ? [] : stores.map((store) => ofBucket(plan, store));
  return [...buckets, ...stores.flatMap((store) => ofProcesses(store)), ofWorkloads(stores)];
}

interface Store {
  readonly name: 'loki' | 'mimir' | 'tempo';
  readonly title: string;
  /** What only a bucket that cannot be read or written leads to. */
  readonly atBucket: readonly string[];
  /** Where the gateway takes what it passes to the store, as an expression. */
  readonly pushes: string;
}

const STORES: readonly Store[] = [
  {
    name: 'loki',
    title: 'Loki',
    atBucket: ['LokiFlushesFailing', 'LokiIndexNotUploaded', 'LokiIndexNotDownloaded'],
    pushes: '/loki/api/v1/push|/otlp/v1/logs',
  },
  {
    name: 'mimir',
    title: 'Mimir',
    atBucket: ['MimirBlocksNotUploaded', 'MimirStoreGatewayNotSynced', 'MimirBucketIndexOld'],
    pushes: '/api/v1/push|/otlp/v1/metrics',
  },
  { name: 'tempo', title: 'Tempo', atBucket: ['TempoBlocklistNotPolled'], pushes: '/otlp/v1/traces' },
];

function ofBucket(plan: Plan, { name, title, atBucket }: Store): YamlValue {
  const sources = [
    `${title}BucketFailing`,
    ...(plan.loki === undefined ? [] : ['StoreBucketRefuses']),
    ...(plan.components.some((component) => component.name === 'seaweedfs') ? ['SeaweedfsDown'] : []),
  ];
  const targets = [...atBucket, `${title}QueriesFailing`, `${title}QueriesBudgetBurning`, 'GatewayServerErrors'];
  // The logs say which store it is; the others say so by their name, or are of all.
  return rule([matcher('alertname', sources), `service_name=~"|${name}"`], [matcher('alertname', targets)]);
}

function ofProcesses({ title, pushes }: Store): readonly YamlValue[] {
  const sources = [matcher('alertname', ['GatewayDown', `${title}Down`])];
  const targets = ['Writes', 'Queries'].flatMap((side) => [`${title}${side}Failing`, `${title}${side}BudgetBurning`]);
  return [
    rule(sources, [matcher('alertname', [...targets, 'GatewayServerErrors'])]),
    rule(sources, ['alertname="GatewayReachesNoStore"', `path=~"${pushes}"`]),
  ];
}

function ofWorkloads(stores: readonly Store[]): YamlValue {
  return rule(
    [matcher('alertname', ['GatewayDown', ...stores.map(({ title }) => `${title}Down`)])],
    // Where the stack's tenant is one of others, its own workloads are in other namespaces.
    [matcher('alertname', ['DeploymentDown', 'StatefulSetDown']), 'namespace="observability"'],
  );
}

function matcher(label: string, values: readonly string[]): string {
  return `${label}=~"${values.join('|')}"`;
}

function rule(sources: readonly string[], targets: readonly string[]): YamlValue {
  return { source_matchers: sources, target_matchers: targets, equal: ['cluster'] };
}
