import type { RuleFile } from '@lgtm-fleet/alerts';
import { META_RETENTION_SECONDS, type Plan, type Workload } from '@lgtm-fleet/plan';
import { formatDays } from '@lgtm-fleet/units';
import type { YamlValue } from '@lgtm-fleet/yaml';
import { alertingOf, hasAlertmanager } from '../alerting/alertmanager-address.ts';
import { EVALUATOR } from '../alerting/routes.ts';
import { ruleConfig, ruleGlob, watchersRules } from '../alerting/rule-config.ts';
import { webConfig } from '../tls.ts';
import type { Emit } from '../types.ts';
import { bucketsIn, scrapes } from './scrapes.ts';

const RULES = { configMap: 'meta-monitoring-rules', folder: '/etc/meta-monitoring-rules' } as const;
const MI = 2 ** 20;

/** `prometheus.yml` of the Prometheus that watches the stores: whom it scrapes, what it evaluates, whom it tells. */
export const metaMonitoring: Emit = (plan, { workloads }) => {
  const rules = watchersRules(plan);
  return {
    configFiles: [
      {
        name: 'prometheus.yml',
        configMap: 'meta-monitoring-config',
        hashed: true,
        form: 'yaml',
        value: config(plan, workloads, rules),
        comments: {
          'global/scrape_interval': 'spec.load.metrics.scrapeInterval, so that rules mean the same as in the store',
          'global/external_labels': 'On every alert, whatever its expression left of the labels',
          'global/external_labels/evaluator':
            'Tells its incidents from those of the rulers, whose end would otherwise be taken for theirs',
          'storage/tsdb/retention/time': 'Over a weekend',
          'storage/tsdb/retention/size': 'Whichever comes first: the oldest blocks go before the volume is full',
          ...(hasAlertmanager(plan) && { alerting: 'spec.notifications' }),
          scrape_configs: "The stack's own pods, each by itself: nothing of what is watched is on the way",
        },
      },
      ...webConfig(plan, 'meta-monitoring-config'),
      ...ruleConfig(RULES, rules),
    ],
    objectFiles: [],
    patchFiles: [],
  };
};

function config(plan: Plan, workloads: readonly Workload[], rules: readonly RuleFile[]): YamlValue {
  const interval = `${String(plan.collection.scrapeIntervalSeconds)}s`;
  const volume = workloads[0]?.volumeBytes ?? 0;
  return {
    global: {
      scrape_interval: interval,
      evaluation_interval: interval,
      external_labels: { cluster: plan.collection.clusterLabel, [EVALUATOR]: 'meta' },
    },
    storage: {
      tsdb: {
        retention: {
          time: formatDays(META_RETENTION_SECONDS),
          size: `${String(Math.floor((volume * 0.85) / MI))}MB`,
        },
      },
    },
    rule_files: [ruleGlob(RULES)],
    ...alertingOf(plan),
    scrape_configs: scrapes(plan, bucketsIn(rules.map(({ value }) => JSON.stringify(value)))),
  };
}
