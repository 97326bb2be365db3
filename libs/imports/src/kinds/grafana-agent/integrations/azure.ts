import { child, textOf, textsOf } from '../../../core/look.ts';
import { takeText, takeTexts } from '../../../core/take.ts';
import { impossible, judge } from '../../../core/verdicts.ts';
import { DECIDED, type ReadIntegration } from './integration.ts';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export const azure: ReadIntegration = (node, { ledger, to, fatal }) => {
  judge(
    node,
    [
      [DECIDED, ['timespan', 'validate_dimensions']],
      [impossible('resources are chosen by subscription, type and region'), ['resource_graph_query_filter']],
      [impossible('names of metrics are those that Alloy makes'), ['metric_name_template', 'metric_help_template']],
    ],
    ledger,
  );
  const cloud = child(node, 'azure_cloud_environment');
  if (!/^azurecloud$/i.test(textOf(cloud) ?? 'azurecloud')) fatal.push('only the public cloud of Azure is asked');
  ledger.carried(cloud, 'nothing: it is so anyway');
  const at = `${to}.azureMonitor`;
  const list = (key: string): readonly string[] => takeTexts(ledger, child(node, key), at);
  const [subscriptions, metrics] = [list('subscriptions'), list('metrics')];
  const [aggregations, dimensions, tags, regions] = [
    textsOf(child(node, 'metric_aggregations')).map((one) => one.toLowerCase()),
    list('included_dimensions'),
    list('included_resource_tags'),
    list('regions'),
  ];
  ledger.carried(child(node, 'metric_aggregations'), at);
  const resourceType = takeText(ledger, child(node, 'resource_type'), at);
  const metricNamespace = takeText(ledger, child(node, 'metric_namespace'), at);
  const value = {
    subscriptions,
    clientId: NOBODY,
    resourceType,
    ...(metricNamespace !== undefined && { metricNamespace }),
    metrics,
    ...(aggregations.length > 0 && { aggregations }),
    ...(dimensions.length > 0 && { dimensions }),
    ...(tags.length > 0 && { tags }),
    ...(regions.length > 0 && { regions }),
  };
  const question = 'the managed identity by which `alloy-sources` signs in; the agent had keys, or one of its own';
  return [{ value: { azureMonitor: value }, open: [{ at: 'azureMonitor/clientId', question }] }];
};
