import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { clientOptions, scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

/** Targets from a list over HTTP, which gives them their labels, too. */
export const http: TargetsOf<'http'> = (settings, _, label) => ({
  blocks: [
    component('discovery.http', label, {
      url: settings.url,
      refresh_interval: `${String(settings.refresh)}s`,
      ...clientOptions({ auth: settings.serverAuth, tls: settings.serverTls }),
    }),
  ],
  targets: reference(`discovery.http.${label}.targets`),
  scrape: scrapeOptions(settings),
});
