import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import type { TargetsOf } from './kind.ts';
import { namedAfter } from './metadata.ts';

/** Metrics of Azure: `azure_microsoft_storage_storageaccounts_egress_total_bytes` with a label for each resource. */
export const azureMonitor: TargetsOf<'azureMonitor'> = (settings, source, label) => ({
  blocks: [
    component('prometheus.exporter.azure', label, {
      subscriptions: settings.subscriptions,
      resource_type: settings.resourceType,
      ...(settings.metricNamespace !== undefined && { metric_namespace: settings.metricNamespace }),
      metrics: settings.metrics,
      ...(settings.aggregations.length > 0 && { metric_aggregations: settings.aggregations }),
      ...(settings.dimensions.length > 0 && { included_dimensions: settings.dimensions }),
      // `owner` unless said, for which every resource would be asked for its tags.
      included_resource_tags: settings.tags,
      ...(settings.regions.length > 0 && { regions: settings.regions }),
    }),
  ],
  targets: reference(`prometheus.exporter.azure.${label}.targets`),
  rules: namedAfter(source),
});
