import type { Plan, PrometheusPlan } from '@lgtm-fleet/plan';
import { formatDays, formatDuration } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { alertingOf, hasAlertmanager } from '../alerting/alertmanager-address.ts';
import { ruleConfig, ruleGlob, storesRules, writtenRules } from '../alerting/rule-config.ts';
import { promotedResourceAttributes } from '../mimir/otlp.ts';
import { webConfig } from '../tls.ts';
import type { Emit } from '../types.ts';

const MI = 2 ** 20;
const RULES = { configMap: 'prometheus-rules', folder: '/etc/prometheus-rules' } as const;

/**
 * `prometheus.yml`: retention and storage, rules and whom they tell; who is scraped is Alloy's business.
 *
 * @throws Error when the plan has the component but not its decisions.
 */
export const prometheus: Emit = (plan, _, byHand) => {
  if (plan.prometheus === undefined) throw new Error(`the plan of ${plan.cluster} has no prometheus`);
  const rules = storesRules(plan);
  return {
    configFiles: [
      {
        name: 'prometheus.yml',
        configMap: 'prometheus-config',
        hashed: true,
        form: 'yaml',
        value: config(plan.prometheus, plan),
        comments: {
          'global/evaluation_interval': 'spec.load.metrics.scrapeInterval',
          'storage/tsdb/retention/time': `spec.retention.metrics: ${formatDays(plan.prometheus.retentionSeconds)}`,
          'storage/tsdb/retention/size': 'Whichever comes first: the oldest blocks go before the volume is full',
          'storage/tsdb/out_of_order_time_window':
            lateSecondsOf(plan) === undefined
              ? 'Takes what a collector held back while its connection was gone'
              : 'spec.ingest.hosts: as long as machines keep what they cannot send, and half an hour',
          'storage/exemplars': 'The way from a metric to its trace; about 10 MiB of memory',
          'otlp/promote_resource_attributes': 'Labels by which metrics meet logs and traces',
          'global/external_labels': 'On every alert, whatever its expression left of the labels',
          ...(hasAlertmanager(plan) && { alerting: 'spec.notifications' }),
        },
      },
      ...webConfig(plan, 'prometheus-config'),
      ...ruleConfig(RULES, [...rules, ...writtenRules(byHand?.rules ?? [])]),
    ],
    objectFiles: [],
    patchFiles: [],
  };
};

/** Of the one tenant that there is. */
function lateSecondsOf({ tenants }: Plan): number | undefined {
  return tenants[0]?.lateSeconds;
}

function config(decided: PrometheusPlan, plan: Plan): YamlValue {
  return {
    global: {
      evaluation_interval: `${String(plan.collection.scrapeIntervalSeconds)}s`,
      external_labels: { cluster: plan.collection.clusterLabel },
    },
    storage: {
      tsdb: {
        retention: {
          time: formatDays(decided.retentionSeconds),
          size: `${String(Math.floor(decided.retentionBytes / MI))}MB`,
        },
        out_of_order_time_window: formatDuration(lateSecondsOf(plan) ?? 1800),
      },
      exemplars: { max_exemplars: 100_000 },
    },
    otlp: { promote_resource_attributes: promotedResourceAttributes },
    rule_files: [ruleGlob(RULES)],
    ...alertingOf(plan),
  };
}
