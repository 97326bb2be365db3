import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';
import { fromMetadata, running } from './metadata.ts';

/** Instances of EC2, at their private addresses. */
export const ec2: TargetsOf<'ec2'> = (settings, source, label) => ({
  blocks: [
    component('discovery.ec2', label, {
      region: settings.region,
      ...(settings.assumeRoleArn !== undefined && { role_arn: settings.assumeRoleArn }),
      port: settings.port,
      refresh_interval: `${String(settings.refresh)}s`,
      filter: Object.entries(settings.filters).map(([name, values]) => ({ name, values })),
    }),
  ],
  targets: reference(`discovery.ec2.${label}.targets`),
  rules: [
    running('__meta_ec2_instance_state', 'running'),
    // By the name people know a machine, by the id they find it at AWS; many machines can have one name.
    ...fromMetadata(source, { ec2_name: '__meta_ec2_tag_Name', ec2_instance_id: '__meta_ec2_instance_id' }),
  ],
  scrape: scrapeOptions(settings),
});
