import { scrapeOptions } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

/** Targets that the spec names. */
export const fixed: TargetsOf<'static'> = (settings) => ({
  blocks: [],
  targets: settings.targets.map((address) => ({ __address__: address })),
  scrape: scrapeOptions(settings),
});
