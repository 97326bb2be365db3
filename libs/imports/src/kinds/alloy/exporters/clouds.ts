import { secondsOf } from '@lgtm-fleet/units';
import type { YamlMap } from '../../../core/draft.ts';
import { child, textOf, textsOf } from '../../../core/look.ts';
import { takeText, takeTextMap, takeTexts } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { blocksOf, type BlockNode } from '../syntax/nodes.ts';
import type { Exported, ExporterReading, ReadExporter } from './exporter.ts';

const PERIODS = [
  ['1m', 60],
  ['5m', 300],
  ['15m', 900],
  ['1h', 3600],
  ['1d', 86_400],
] as const;

/** What is asked for in one region, as one role; a source has one of each. */
interface Asked {
  readonly region: string;
  readonly role: string | undefined;
  readonly service: YamlMap;
  readonly origin: BlockNode;
}

const BY_TAGS = 'resources are not named one by one: take the namespace, with `tags` that they have';
const DECIDED = 'how far back values are looked for follows from `period`, and the newest one is taken';

export const cloudwatch: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  ledger.changed(
    child(node, 'sts_region'),
    `${to}.cloudwatch.region`,
    'the region of a source is where it signs in, too',
  );
  for (const block of blocksOf(node, 'static')) ledger.impossible(block, BY_TAGS);
  for (const block of blocksOf(node, 'decoupled_scraping'))
    ledger.changed(block, `${to}.interval`, 'AWS is asked once in the shortest `period`, and not at each scrape');
  judge(
    node,
    [
      [impossible('the tags of a resource are at `aws_<service>_info`, all of them'), ['discovery_exported_tags']],
      [impossible('names of labels are as the exporter makes them'), ['labels_snake_case']],
      [impossible('AWS is asked at its usual addresses'), ['fips_disabled', 'aws_sdk_version_v2', 'debug']],
    ],
    ledger,
  );
  const asked = [
    ...blocksOf(node, 'discovery').flatMap((block) => ofBlock(block, 'type', reading)),
    ...blocksOf(node, 'custom_namespace').flatMap((block) => ofBlock(block, 'namespace', reading)),
  ];
  if (asked.length === 0) fatal.push('it names no namespace and no region that a source can');
  const sources = Map.groupBy(asked, ({ region, role }) => JSON.stringify([region, role]));
  return [...sources.values()].map((parts): Exported => {
    const [{ region, role, origin } = { region: '', role: undefined, origin: node }] = parts;
    return {
      value: {
        cloudwatch: {
          region,
          ...(role !== undefined && { assumeRoleArn: role }),
          services: parts.map(({ service }) => service),
        },
      },
      origin,
    };
  });
};

function ofBlock(block: BlockNode, key: 'type' | 'namespace', reading: ExporterReading): readonly Asked[] {
  const { ledger, to } = reading;
  const at = `${to}.cloudwatch.services`;
  const named = child(block, key);
  const namespace = textOf(named) ?? '';
  if (key === 'type' && !/[/A-Z]/.test(namespace)) {
    ledger.impossible(block, 'a namespace is said by its name, `AWS/EC2`, and not by an alias, which are deprecated');
    return [];
  }
  ledger.carried(named, at);
  const regions = takeTexts(ledger, child(block, 'regions'), `${to}.cloudwatch.region`);
  const [role] = blocksOf(block, 'role');
  const arn = takeText(ledger, child(role, 'role_arn'), `${to}.cloudwatch.assumeRoleArn`);
  ledger.impossible(
    child(role, 'external_id'),
    'a role is assumed without an external id: trust the role of the collector itself',
  );
  const tags = takeTextMap(ledger, child(block, 'search_tags'), `${at}.tags`);
  const metrics = blocksOf(block, 'metric');
  const service: YamlMap = {
    namespace,
    metrics: metrics.map((metric) => ({
      name: takeText(ledger, child(metric, 'name'), `${at}.metrics`),
      statistics: takeTexts(ledger, child(metric, 'statistics'), `${at}.metrics`),
    })),
    ...periodOf(block, metrics, reading),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
  for (const one of [block, ...metrics]) {
    ledger.changed(
      child(one, 'nil_to_zero'),
      at,
      'what is counted is zero where there is no value, and what is measured is nothing',
    );
    judge(one, [[impossible(DECIDED), ['length', 'delay', 'add_cloudwatch_timestamp']]], ledger);
  }
  judge(
    block,
    [
      [impossible('labels of a source are `labels`: say them there'), ['custom_tags']],
      [
        impossible('every combination of dimensions is asked for: leave series out with `metricRelabel`'),
        ['dimension_name_requirements'],
      ],
      [impossible('all metrics of a namespace are looked for, also old ones'), ['recently_active_only']],
    ],
    ledger,
  );
  return regions.map((region) => ({ region, role: arn, service, origin: block }));
}

/** One period for a service: the shortest that is said of it or of its metrics. */
function periodOf(block: BlockNode, metrics: readonly BlockNode[], { ledger, to }: ExporterReading): YamlMap {
  const said = [block, ...metrics].flatMap((one) => {
    const node = child(one, 'period');
    const seconds = secondsOf(textOf(node));
    return node === undefined || seconds === undefined ? [] : [{ node, seconds }];
  });
  if (said.length === 0) return {};
  const shortest = Math.min(...said.map(({ seconds }) => seconds));
  const [text, chosen] = PERIODS.find(([, seconds]) => seconds >= shortest) ?? ['1d', 86_400];
  for (const { node, seconds } of said)
    if (seconds === chosen) ledger.carried(node, `${to}.cloudwatch.services.period`);
    else ledger.changed(node, `${to}.cloudwatch.services.period`, `a service has one period, \`${text}\``);
  return { period: text };
}

/** An id that is nobody's, until a person says one. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

export const azure: ReadExporter = (node, reading) => {
  const { ledger, to, fatal } = reading;
  const at = (key: string): string => `${to}.azureMonitor.${key}`;
  const texts = (key: string, name: string) => takeTexts(ledger, child(node, key), at(name));
  const cloud = child(node, 'azure_cloud_environment');
  if ((textOf(cloud) ?? 'azurecloud') === 'azurecloud') ledger.carried(cloud, 'nothing: it is so anyway');
  else fatal.push('only the public cloud of Azure is asked');
  const metricNamespace = takeText(ledger, child(node, 'metric_namespace'), at('metricNamespace'));
  const lists = [
    ['aggregations', texts('metric_aggregations', 'aggregations').map((one) => one.toLowerCase())],
    ['dimensions', texts('included_dimensions', 'dimensions')],
    ['tags', texts('included_resource_tags', 'tags')],
    ['regions', texts('regions', 'regions')],
  ] as const;
  judge(
    node,
    [
      [
        impossible('all resources of the type are asked: leave series out with `metricRelabel`'),
        ['resource_graph_query_filter'],
      ],
      [
        impossible('names of series are those that the exporter has by itself'),
        ['metric_name_template', 'metric_help_template'],
      ],
      [
        impossible('the newest value of the last five minutes is taken'),
        ['timespan', 'interval', 'validate_dimensions'],
      ],
    ],
    ledger,
  );
  return [
    {
      value: {
        azureMonitor: {
          subscriptions: texts('subscriptions', 'subscriptions'),
          clientId: NOBODY,
          resourceType: takeText(ledger, child(node, 'resource_type'), at('resourceType')),
          ...(metricNamespace !== undefined && { metricNamespace }),
          metrics: texts('metrics', 'metrics'),
          ...Object.fromEntries(lists.filter(([, list]) => list.length > 0)),
        },
      },
      open: [
        {
          at: 'azureMonitor/clientId',
          question: 'the identity with a federated credential for `alloy-sources`, and the role Monitoring Reader',
        },
      ],
    },
  ];
};

export const gcp: ReadExporter = (node, { ledger, to }) => {
  judge(
    node,
    [
      [impossible('metrics are chosen by their prefix alone: leave series out with `drop`'), ['extra_filters']],
      [impossible(DECIDED), ['request_interval', 'request_offset', 'ingest_delay', 'gcp_client_timeout']],
    ],
    ledger,
  );
  const only = child(node, 'drop_delegated_projects');
  const several = textsOf(child(node, 'project_ids')).length > 1;
  ledger.changed(
    only,
    `${to}.gcp.projects`,
    several ? 'of several projects each gives its own alone' : 'one project may be there for those that it sees',
  );
  return [
    {
      value: {
        gcp: {
          projects: takeTexts(ledger, child(node, 'project_ids'), `${to}.gcp.projects`),
          metricPrefixes: takeTexts(ledger, child(node, 'metrics_prefixes'), `${to}.gcp.metricPrefixes`),
        },
      },
    },
  ];
};
