import type { Plan, SourcePlan } from '@lgtm-fleet/plan';
import type { Alert, RuleFamily } from '../../types.ts';

/** What `spec.ingest.sources` names: scraped or probed from inside, told to the tenant whose source it is. */
export const sources: RuleFamily = {
  name: 'sources',
  audience: 'sources',
  evaluators: ['metrics'],
  groups: (plan, tenant) => {
    const own = plan.ingest.sources.filter((source) => tenant === undefined || source.tenant === tenant);
    const probed = own.filter(({ blackbox }) => blackbox !== undefined);
    const encrypted = probed.filter(({ blackbox }) => hasTls(blackbox));
    const asked = DATABASES.filter(([kind]) => own.some((source) => source[kind] !== undefined));
    return [
      { name: 'sources', rules: own.length === 0 ? [] : [silent(plan, own), unanswered(plan, own)] },
      { name: 'sources-databases', rules: asked.length === 0 ? [] : [database(plan, own)] },
      { name: 'sources-probes', rules: probed.length === 0 ? [] : [probe(plan, probed)] },
      { name: 'sources-certificates', rules: encrypted.length === 0 ? [] : certificates(plan, encrypted) },
    ];
  },
};

/** Exporters answer though what they ask does not: this is what they say of it. */
const DATABASES = [
  ['postgresql', 'pg_up'],
  ['mysql', 'mysql_up'],
  ['redis', 'redis_up'],
  ['mongodb', 'mongodb_up'],
] as const satisfies readonly (readonly [keyof SourcePlan, string])[];

function hasTls(blackbox: SourcePlan['blackbox']): boolean {
  const urls = blackbox?.http?.urls ?? [];
  return urls.some((url) => url.startsWith('https:')) || blackbox?.tcp?.tls !== undefined;
}

/** Label `job` of a source is its name, unless the spec says another. */
function of(plan: Plan, own: readonly SourcePlan[]): string {
  const names = [...new Set(own.map(({ job }) => job))].toSorted().map(escaped);
  return `cluster="${plan.collection.clusterLabel}", job=~"${names.join('|')}"`;
}

/** In a regular expression, in a text in quotes. */
function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\\$&`).replaceAll('"', String.raw`\"`);
}

/** How far back a plain selector finds a sample. */
const LOOKBACK_SECONDS = 300;

interface Pace {
  readonly own: readonly SourcePlan[];
  /** Has two scrapes in it, though one may be late; absent where the last five minutes do. */
  readonly window?: string;
}

/** Sources by how far one has to look back: of what is asked each hour, a plain selector finds nothing in most minutes. */
function paces(own: readonly SourcePlan[]): readonly Pace[] {
  // Series of sources with one job are not told apart.
  const longest = (asked: string): number =>
    Math.max(...own.filter(({ job }) => job === asked).map(({ intervalSeconds }) => intervalSeconds));
  const seconds = Map.groupBy(own, ({ job }) => Math.max(LOOKBACK_SECONDS, 2.5 * longest(job)));
  return [...seconds].map(([window, some]) => ({
    own: some,
    ...(window > LOOKBACK_SECONDS && { window: `${String(Math.ceil(window / 60))}m` }),
  }));
}

/** A series of sources, as `expression` compares it, at each pace. */
function atEachPace(
  plan: Plan,
  own: readonly SourcePlan[],
  [metric, over]: readonly [metric: string, over: 'last' | 'max'],
  expression: (vector: string) => string,
): string {
  return paces(own)
    .map(({ own: some, window }) => {
      const selector = `${metric}{${of(plan, some)}}`;
      return expression(window === undefined ? selector : `${over}_over_time(${selector}[${window}])`);
    })
    .join(' or ');
}

function silent(plan: Plan, own: readonly SourcePlan[]): Alert {
  const cluster = `cluster="${plan.collection.clusterLabel}"`;
  const absent = paces(own).flatMap(({ own: some, window }) =>
    [...new Set(some.map(({ job }) => job))].toSorted().map((job) => {
      const up = `up{${cluster}, job=${JSON.stringify(job)}}`;
      return window === undefined ? `absent(${up})` : `absent_over_time(${up}[${window}])`;
    }),
  );
  return {
    alert: 'SourceSilent',
    expr: absent.join(' or '),
    for: '15m',
    severity: 'warning',
    summary: 'Source {{ $labels.job }} of {{ $labels.cluster }} gives nothing at all',
    description:
      'Not even that it does not answer: its list of targets is empty or cannot be read, or the collector of sources does not run.',
    runbook: 'source-failing',
  };
}

function unanswered(plan: Plan, own: readonly SourcePlan[]): Alert {
  return {
    alert: 'SourceUnanswered',
    // One scrape that finds nothing is a hiccup, and where the next is in an hour it is one for as long.
    expr: atEachPace(plan, own, ['up', 'max'], (up) => `count by (cluster, job) (${up} == 0)`),
    for: '15m',
    severity: 'warning',
    summary: '{{ $value }} targets of source {{ $labels.job }} of {{ $labels.cluster }} do not answer',
    description:
      'They are down, refuse what they are shown, cannot be reached from the cluster, or answer with more than the limits of the source.',
    runbook: 'source-failing',
  };
}

function database(plan: Plan, own: readonly SourcePlan[]): Alert {
  const asked = DATABASES.flatMap(([kind, metric]) => {
    const some = own.filter((source) => source[kind] !== undefined);
    if (some.length === 0) return [];
    return [atEachPace(plan, some, [metric, 'max'], (up) => `min by (cluster, job, instance) (${up}) == 0`)];
  });
  return {
    alert: 'DatabaseDown',
    expr: asked.join(' or '),
    for: '5m',
    severity: 'critical',
    summary: 'Database {{ $labels.instance }} of source {{ $labels.job }} of {{ $labels.cluster }} does not answer',
    description:
      'It is down, cannot be reached from the cluster, or refuses the user of the source. The last says the log of the collector.',
    runbook: 'source-failing',
  };
}

function probe(plan: Plan, probed: readonly SourcePlan[]): Alert {
  return {
    alert: 'ProbeFailing',
    expr: atEachPace(
      plan,
      probed,
      ['probe_success', 'max'],
      (success) => `min by (cluster, job, instance, module) (${success}) == 0`,
    ),
    for: '5m',
    severity: 'critical',
    summary: 'Probe of {{ $labels.instance }} ({{ $labels.job }}) from {{ $labels.cluster }} fails',
    description:
      'Whoever uses it may find the same: no answer, another status than was asked for, or a certificate that nobody trusts.',
    runbook: 'source-failing',
  };
}

function certificates(plan: Plan, encrypted: readonly SourcePlan[]): readonly Alert[] {
  const under = (seconds: number): string =>
    atEachPace(
      plan,
      encrypted,
      ['probe_ssl_earliest_cert_expiry', 'last'],
      (expiry) => `min by (cluster, job, instance) (${expiry}) - time() < ${String(seconds)}`,
    );
  const ends = 'The certificate of {{ $labels.instance }} ({{ $labels.job }}) ends in {{ $value | humanizeDuration }}';
  return [
    {
      alert: 'ProbedCertificateExpiring',
      // What renews itself does so with a third of ninety days left; three weeks say that it did not.
      expr: under(1_814_400),
      for: '1h',
      severity: 'warning',
      summary: ends,
      description:
        'Of the chain that it shows, the certificate that ends first. What renews itself should have by now.',
      runbook: 'certificate-expiring',
    },
    {
      alert: 'ProbedCertificateExpiresSoon',
      // Time enough for a person who has to ask somebody.
      expr: under(259_200),
      for: '15m',
      severity: 'critical',
      summary: ends,
      description: 'After that nobody who checks certificates can use it.',
      runbook: 'certificate-expiring',
    },
  ];
}
