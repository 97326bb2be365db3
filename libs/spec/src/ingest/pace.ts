import type { Source } from './sources.ts';

/** Prometheus' own. */
const TIMEOUT = 10;
/** A scrape of a cloud is a request for each resource or each twenty metrics, one after another. */
const TIMEOUT_OF_CLOUD = 60;

/** Google and Azure have a value a minute, and only the newest one is taken: one that is passed over is lost. */
const MINUTE = 60;
/** Queries look back five minutes. AWS bills each value that is asked for, also where it is the same as before. */
const LOOK_BACK = 240;
const PERIODS = { '1m': MINUTE, '5m': 300, '15m': 900, '1h': 3600, '1d': 86_400 } as const;

export function secondsOf(period: keyof typeof PERIODS): number {
  return PERIODS[period];
}

/** How often a source is asked, and how long it may take, where nobody said; in seconds. */
export function paceOf(
  source: Source,
  scrapeInterval: number,
): { readonly interval: number; readonly timeout: number } {
  const ofCloud = paceOfCloud(source);
  const { interval = ofCloud ?? scrapeInterval } = source;
  const { timeout = Math.min(ofCloud === undefined ? TIMEOUT : TIMEOUT_OF_CLOUD, interval) } = source;
  return { interval, timeout };
}

function paceOfCloud({ cloudwatch, azureMonitor, gcp }: Source): number | undefined {
  if (cloudwatch !== undefined)
    return Math.min(LOOK_BACK, ...cloudwatch.services.map(({ period }) => secondsOf(period)));
  return azureMonitor === undefined && gcp === undefined ? undefined : MINUTE;
}
