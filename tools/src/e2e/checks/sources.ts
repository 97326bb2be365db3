import type { Plan, SourcePlan } from '@lgtm-fleet/plan';
import { shortfall, type Seen } from '../check.ts';
import type { Credential, FrontDoor, Labels } from '../front-door.ts';
import { samplesOf } from '../outside/exposition.ts';
import { expectedSeries, keyOf } from '../outside/series.ts';
import { until, type Patience } from '../wait.ts';

/** What Prometheus says of a scrape beside what was scraped. */
const OF_THE_SCRAPE = /^(?:up|scrape_.+)$/;
const PATIENCE: Patience = { seconds: 120, everyMs: 3000 };

/**
 * What a source outside shows to this process is what its tenant gets out of the query: as many samples, the same names
 * and labels with those of the source and the cluster, but for what its lists take away; and no other tenant gets any.
 */
export async function scrapedOutside(
  door: FrontDoor,
  plan: Plan,
  name: string,
  as: Credential,
  other: Credential,
  patience: Patience = PATIENCE,
): Promise<Seen> {
  const source = sourceOf(plan, name);
  const [target = ''] = source.static?.targets ?? [];
  let last = '';
  const seen = await until(`what ${name} shows`, patience, async () => {
    // Some come and go with what a machine does, so both are looked at together, and again if need be.
    const page = samplesOf(await scrape(source, target));
    const wanted = expectedSeries(source, target, plan.collection.clusterLabel, page);
    const series = await latest(door, as, source.job);
    const [about, found] = partition(series);
    const scraped = about.find(({ labels }) => labels['__name__'] === 'scrape_samples_scraped')?.value;
    const keys = new Set(found.map(({ labels }) => keyOf(labels)));
    const missing = [...wanted].filter((key) => !keys.has(key));
    const strange = [...keys].filter((key) => !wanted.has(key));
    last = [
      ...(wanted.size === 0 ? ['it shows nothing that is kept'] : []),
      ...(scraped === page.length ? [] : [`${scraped ?? 'no'} samples were scraped where ${page.length} are shown`]),
      ...some('missing', missing),
      ...some('not shown', strange),
    ].join('; ');
    if (last !== '') throw shortfall(last, { pushed: wanted.size, readBack: wanted.size - missing.length });
    return { shown: page.length, wanted: wanted.size };
  });
  const leaked = await latest(door, other, source.job);
  if (leaked.length > 0) throw new Error(`tenant ${other.tenant} sees ${leaked.length} series of ${as.tenant}`);
  return {
    counts: { pushed: seen.wanted, readBack: seen.wanted, lost: 0 },
    detail: `${seen.shown} samples shown, ${seen.wanted} after keep and drop, as ${as.tenant}`,
  };
}

/** Of a source that shows more than it may nothing is taken, and `up` says so. */
export async function refusedOverLimit(door: FrontDoor, plan: Plan, name: string, as: Credential): Promise<Seen> {
  const source = sourceOf(plan, name);
  const [target = ''] = source.static?.targets ?? [];
  const shown = samplesOf(await scrape(source, target)).length;
  const limit = source.limits.samples ?? Infinity;
  if (shown <= limit) throw new Error(`${name} shows ${shown} samples, and may show ${limit}`);
  await until(`\`up\` of ${name}`, PATIENCE, async () => {
    const series = await latest(door, as, source.job);
    return series.find(({ labels }) => labels['__name__'] === 'up')?.value === 0 ? true : undefined;
  });
  const [, found] = partition(await latest(door, as, source.job));
  if (found.length > 0) throw new Error(`${found.length} series of ${name} came through`);
  return { detail: `${shown} samples where ${limit} may be: none came through, and up is 0` };
}

function sourceOf({ ingest }: Plan, name: string): SourcePlan {
  const source = ingest.sources.find((one) => one.name === name);
  if (source === undefined) throw new Error(`the plan has no source ${name}`);
  return source;
}

async function scrape({ static: fixed, intervalSeconds }: SourcePlan, target: string): Promise<string> {
  const url = new URL(`${fixed?.scheme ?? 'http'}://${target}${fixed?.path ?? '/metrics'}`);
  for (const [key, values] of Object.entries(fixed?.params ?? {}))
    for (const value of values) url.searchParams.append(key, value);
  const answer = await fetch(url, { signal: AbortSignal.timeout(intervalSeconds * 1000) });
  if (answer.status !== 200) throw new Error(`${url.href} answered ${answer.status}`);
  return await answer.text();
}

interface Latest {
  readonly labels: Labels;
  readonly value: number;
}

/** The series of a job that are there now: what has gone is marked as gone. */
async function latest(door: FrontDoor, as: Credential, job: string): Promise<readonly Latest[]> {
  const query = `/prometheus/api/v1/query?query=${encodeURIComponent(`{job=${JSON.stringify(job)}}`)}`;
  const { status, text } = await door.get(as, query);
  if (status !== 200) throw new Error(`the query was answered ${status}: ${text.slice(0, 300)}`);
  const { data } = JSON.parse(text) as {
    readonly data: {
      readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[];
    };
  };
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

function partition(series: readonly Latest[]): readonly [about: readonly Latest[], found: readonly Latest[]] {
  const isAbout = ({ labels }: Latest): boolean => OF_THE_SCRAPE.test(labels['__name__'] ?? '');
  return [series.filter(isAbout), series.filter((one) => !isAbout(one))];
}

function some(what: string, keys: readonly string[]): readonly string[] {
  return keys.length === 0 ? [] : [`${keys.length} ${what}, such as ${keys.slice(0, 3).join(' and ')}`];
}
