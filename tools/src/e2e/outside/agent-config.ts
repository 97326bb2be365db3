import type { Plan, SourcePlan } from '@lgtm-fleet/plan';
import type { RelabelRule } from '@lgtm-fleet/spec';
import type { YamlValue } from '@lgtm-fleet/yaml';

/** Carries the tenant of a source to the choice of its remote write, and is taken off there. */
const MARK = 'e2e_tenant';
/** Where the Deployment has Secret `tenant-credentials`. */
const CREDENTIALS = '/etc/tenant-credentials';

type Part = Readonly<Record<string, YamlValue>>;

/**
 * The plan's sources for a Prometheus agent, where Alloy cannot run. From the same values as Alloy's own file, it shows
 * that what is scraped outside is let through, arrives as its tenant's with its labels, and is held back while a store
 * is away. It does not show that Alloy reads the file that was generated for it, nor that replicas share the targets;
 * and `limits.samples` counts here what is left by keep and drop, where Alloy counts all of a scrape.
 * @throws Error where a source is of a kind, or has something, that only Alloy can do
 */
export function agentConfig({ ingest, collection, tenants }: Plan): Part {
  const used = [...new Set(ingest.sources.map(({ tenant }) => tenant))];
  return {
    global: { external_labels: { cluster: collection.clusterLabel } },
    scrape_configs: ingest.sources.map(scrape),
    remote_write: used.map((tenant) => ({
      name: tenant,
      url: `${collection.gatewayUrl}/api/v1/push`,
      ...signIn(tenant, tenants.find(({ name }) => name === tenant)?.credential ?? 'password'),
      write_relabel_configs: [
        { source_labels: [MARK], regex: tenant, action: 'keep' },
        { regex: MARK, action: 'labeldrop' },
      ],
    })),
  };
}

function signIn(tenant: string, credential: 'password' | 'token' | 'certificate'): Part {
  const file = `${CREDENTIALS}/${tenant}`;
  switch (credential) {
    case 'password':
      return { basic_auth: { username: tenant, password_file: file } };
    case 'token':
      return { authorization: { credentials_file: file } };
    case 'certificate':
      throw new Error(`${tenant} shows a certificate, which the agent of the test has not`);
  }
}

function scrape(source: SourcePlan): Part {
  const { name, tenant, static: fixed, limits, nativeHistograms } = source;
  if (fixed === undefined) throw new Error(`only Alloy can ask the source ${name}: its kind is not \`static\``);
  if (fixed.auth !== undefined || fixed.tls !== undefined)
    throw new Error(`the agent of the test has no Secrets of sources, and ${name} needs one`);
  return {
    job_name: name,
    scrape_interval: `${source.intervalSeconds}s`,
    scrape_timeout: `${source.timeoutSeconds}s`,
    scheme: fixed.scheme,
    metrics_path: fixed.path,
    ...(fixed.params !== undefined && { params: fixed.params }),
    honor_labels: fixed.honorLabels,
    honor_timestamps: fixed.honorTimestamps,
    ...(nativeHistograms && { scrape_native_histograms: true }),
    ...(limits.samples !== undefined && { sample_limit: limits.samples }),
    ...(limits.targets !== undefined && { target_limit: limits.targets }),
    // One for the mark.
    label_limit: limits.labels + 1,
    label_name_length_limit: limits.labelNameLength,
    label_value_length_limit: limits.labelValueLength,
    static_configs: [{ targets: fixed.targets }],
    relabel_configs: [...ownLabels(source), ...source.relabel.map(stepOf), constant(MARK, tenant)],
    metric_relabel_configs: [...byName(source), ...source.metricRelabel.map(stepOf)],
  };
}

function ownLabels({ job, labels }: SourcePlan): readonly Part[] {
  return Object.entries({ ...labels, job }).map(([label, value]) => constant(label, value));
}

function constant(label: string, value: string): Part {
  // A dollar would be a group of the expression.
  return { target_label: label, replacement: value.replaceAll('$', '$$$$') };
}

/** They see nothing of what Prometheus says of the scrape itself, so that no list need spare it. */
function byName({ keep, drop }: SourcePlan): readonly Part[] {
  const step = (expressions: readonly string[], action: string): readonly Part[] =>
    expressions.length === 0
      ? []
      : [{ source_labels: ['__name__'], regex: expressions.map((one) => `(?:${one})`).join('|'), action }];
  return [...step(keep, 'keep'), ...step(drop, 'drop')];
}

function stepOf(rule: RelabelRule): Part {
  const { sourceLabels, separator, regex, modulus, targetLabel, replacement, action } = rule;
  return {
    ...(sourceLabels !== undefined && { source_labels: sourceLabels }),
    ...(separator !== undefined && { separator }),
    ...(regex !== undefined && { regex }),
    ...(modulus !== undefined && { modulus }),
    ...(targetLabel !== undefined && { target_label: targetLabel }),
    ...(replacement !== undefined && { replacement }),
    action,
  };
}
