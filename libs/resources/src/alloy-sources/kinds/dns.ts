import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';
import { fromMetadata } from './metadata.ts';

/** Targets by records of DNS, as the cluster's own DNS answers. */
export const dns: TargetsOf<'dns'> = (settings, source, label) => ({
  blocks: [
    component('discovery.dns', label, {
      names: settings.names,
      ...(settings.type !== 'SRV' && { type: settings.type }),
      ...(settings.type !== 'SRV' && settings.port !== undefined && { port: settings.port }),
      refresh_interval: `${String(settings.refresh)}s`,
    }),
  ],
  targets: reference(`discovery.dns.${label}.targets`),
  // A and AAAA leave addresses, which tell nobody what was asked for.
  rules: fromMetadata(source, { dns_name: '__meta_dns_name' }),
  scrape: scrapeOptions(settings),
});
