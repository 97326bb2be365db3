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

/** Three scrapes that found nothing are no hiccup; of what is asked each second or each hour, neither is minutes. */
function patience(own: readonly SourcePlan[]): string {
  const longest = Math.max(...own.map(({ intervalSeconds }) => intervalSeconds));
  return `${String(Math.max(15, Math.ceil((3 * longest) / 60)))}m`;
}

function silent(plan: Plan, own: readonly SourcePlan[]): Alert {
  const jobs = [...new Set(own.map(({ job }) => job))].toSorted();
  const cluster = `cluster="${plan.collection.clusterLabel}"`;
  return {
    alert: 'SourceSilent',
    expr: jobs.map((job) => `absent(up{${cluster}, job=${JSON.stringify(job)}})`).join(' or '),
    for: patience(own),
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
    expr: `count by (cluster, job) (up{${of(plan, own)}} == 0)`,
    for: patience(own),
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
    return some.length === 0 ? [] : [`min by (cluster, job, instance) (${metric}{${of(plan, some)}}) == 0`];
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
    expr: `min by (cluster, job, instance, module) (probe_success{${of(plan, probed)}}) == 0`,
    for: patience(probed) === '15m' ? '5m' : patience(probed),
    severity: 'critical',
    summary: 'Probe of {{ $labels.instance }} ({{ $labels.job }}) from {{ $labels.cluster }} fails',
    description:
      'Whoever uses it may find the same: no answer, another status than was asked for, or a certificate that nobody trusts.',
    runbook: 'source-failing',
  };
}

function certificates(plan: Plan, encrypted: readonly SourcePlan[]): readonly Alert[] {
  const left = `min by (cluster, job, instance) (probe_ssl_earliest_cert_expiry{${of(plan, encrypted)}}) - time()`;
  const ends = 'The certificate of {{ $labels.instance }} ({{ $labels.job }}) ends in {{ $value | humanizeDuration }}';
  return [
    {
      alert: 'ProbedCertificateExpiring',
      // What renews itself does so with a third of ninety days left; three weeks say that it did not.
      expr: `${left} < 1814400`,
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
      expr: `${left} < 259200`,
      for: '15m',
      severity: 'critical',
      summary: ends,
      description: 'After that nobody who checks certificates can use it.',
      runbook: 'certificate-expiring',
    },
  ];
}
