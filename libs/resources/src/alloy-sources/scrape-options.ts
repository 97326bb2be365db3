import type { SourcePlan } from '@lgtm-fleet/plan';
import { fileOf } from './credential-files.ts';
import type { Targets } from './kinds/kind.ts';

/** What `spec.ingest.sources[]` says of HTTP, the same for every kind whose targets are scraped as they are. */
type Options = Omit<NonNullable<SourcePlan['static']>, 'targets'>;

/** The arguments of `prometheus.scrape` for them; what is its default is left out. */
export function scrapeOptions({
  scheme,
  path,
  params,
  honorLabels,
  honorTimestamps,
  auth,
  tls,
}: Options): NonNullable<Targets['scrape']> {
  return {
    ...(honorLabels && { honor_labels: true }),
    ...(!honorTimestamps && { honor_timestamps: false }),
    ...(scheme !== 'http' && { scheme }),
    ...(path !== '/metrics' && { metrics_path: path }),
    ...(params !== undefined && { params }),
    ...clientOptions({ auth, tls }),
  };
}

/** What is shown to who is asked, and what he has to show: the same for targets and for those who keep a list of them. */
export function clientOptions({ auth, tls }: Partial<Pick<Options, 'auth' | 'tls'>>) {
  return {
    ...(auth?.bearer !== undefined && { bearer_token_file: fileOf(auth.bearer) }),
    ...(auth?.basic !== undefined && {
      basic_auth: { username: auth.basic.username, password_file: fileOf(auth.basic.password) },
    }),
    ...(tls !== undefined && { tls_config: tlsConfig(tls) }),
  };
}

/** What `tls` of a source is in the words of Prometheus, which its exporters share; what is not said is left out. */
export function tlsConfig(tls: Options['tls']) {
  return {
    ...(tls?.ca !== undefined && { ca_file: fileOf(tls.ca) }),
    ...(tls?.certificate !== undefined && { cert_file: fileOf(tls.certificate) }),
    ...(tls?.key !== undefined && { key_file: fileOf(tls.key) }),
    ...(tls?.serverName !== undefined && { server_name: tls.serverName }),
    ...(tls?.skipVerify === true && { insecure_skip_verify: true }),
  };
}
