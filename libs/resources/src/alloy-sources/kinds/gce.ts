import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';
import { fromMetadata, running } from './metadata.ts';

/** Instances of Google Compute Engine, at their private addresses. */
export const gce: TargetsOf<'gce'> = (settings, source, label) => ({
  blocks: [
    component('discovery.gce', label, {
      project: settings.project,
      zone: settings.zone,
      ...(settings.filter !== undefined && { filter: settings.filter }),
      port: settings.port,
      refresh_interval: `${String(settings.refresh)}s`,
    }),
  ],
  targets: reference(`discovery.gce.${label}.targets`),
  rules: [
    running('__meta_gce_instance_status', 'RUNNING'),
    // One name in a project and zone, which are the source's own.
    ...fromMetadata(source, { gce_name: '__meta_gce_instance_name' }),
  ],
  scrape: scrapeOptions(settings),
});
