import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';
import { fromMetadata } from './metadata.ts';

/** Virtual machines of Azure, at their private addresses. Whether one runs, its list does not say. */
export const azure: TargetsOf<'azure'> = (settings, source, label) => ({
  blocks: [
    component(
      'discovery.azure',
      label,
      {
        subscription_id: settings.subscriptionId,
        ...(settings.resourceGroup !== undefined && { resource_group: settings.resourceGroup }),
        port: settings.port,
        refresh_interval: `${String(settings.refresh)}s`,
        managed_identity: { client_id: settings.clientId },
      },
      {
        comments: { managed_identity: 'Of the node: the token of a pod is not among the ways in which it can sign in' },
      },
    ),
  ],
  targets: reference(`discovery.azure.${label}.targets`),
  // Names are one in a group only.
  rules: fromMetadata(source, {
    azure_name: '__meta_azure_machine_name',
    azure_resource_group: '__meta_azure_machine_resource_group',
  }),
  scrape: scrapeOptions(settings),
});
