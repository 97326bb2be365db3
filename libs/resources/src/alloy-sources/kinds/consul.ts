import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { clientOptions, scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';
import { fromMetadata } from './metadata.ts';

/** Services of Consul. */
export const consul: TargetsOf<'consul'> = (settings, source, label) => ({
  blocks: [
    component('discovery.consul', label, {
      server: settings.server,
      ...(settings.serverScheme !== 'http' && { scheme: settings.serverScheme }),
      ...(settings.datacenter !== undefined && { datacenter: settings.datacenter }),
      ...(settings.services.length > 0 && { services: settings.services }),
      ...(settings.tags.length > 0 && { tags: settings.tags }),
      refresh_interval: `${String(settings.refresh)}s`,
      // Consul takes its token as a bearer's, too, and that can be a file; the argument `token` cannot.
      ...clientOptions({
        auth: settings.token === undefined ? undefined : { bearer: settings.token },
        tls: settings.serverTls,
      }),
    }),
  ],
  targets: reference(`discovery.consul.${label}.targets`),
  // All services of a source have one job, so that only these tell them apart.
  rules: fromMetadata(source, { consul_service: '__meta_consul_service', consul_node: '__meta_consul_node' }),
  scrape: scrapeOptions(settings),
});
