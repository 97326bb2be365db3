import { attributesOf, constantText, parseAlloy, type AlloyFile, type Block, type Statement } from '@lgtm-fleet/alloy';
import type { Span } from '@lgtm-fleet/diagnostics';
import { addressesIn, type AddressText } from './address-text.ts';
import type { ClusterView } from './cluster.ts';
import type { ConfigFile } from './config-file.ts';
import type { Program } from './program.ts';

/** A place in Alloy's configuration that sends telemetry to a URL. */
export interface AlloyClient {
  readonly program: Program;
  readonly config: ConfigFile;
  /** `loki.write.main`. */
  readonly component: string;
  readonly address: AddressText;
  /** Of the URL's value. */
  readonly span: Span;
  /** The block that holds the URL, which also holds who sends: `endpoint`, `client`. */
  readonly block: Block;
  /** Full paths that it posts to. */
  readonly paths: readonly string[];
}

const URLS: Readonly<Record<string, readonly [block: string, argument: string]>> = {
  'loki.write': ['endpoint', 'url'],
  'prometheus.remote_write': ['endpoint', 'url'],
  'otelcol.exporter.otlphttp': ['client', 'endpoint'],
};

const known = new WeakMap<ClusterView, readonly AlloyClient[]>();

/** Everything in the Alloys of a cluster that pushes over HTTP. */
export function alloyClients(cluster: ClusterView): readonly AlloyClient[] {
  const before = known.get(cluster);
  if (before !== undefined) return before;
  const found = cluster
    .programsOf('alloy')
    .flatMap((program) =>
      program.files
        .filter(({ config }) => config.key.endsWith('.alloy'))
        .flatMap(({ config }) => clientsIn(parseAlloy(config.text).file, program, config)),
    );
  known.set(cluster, found);
  return found;
}

function clientsIn(file: AlloyFile, program: Program, config: ConfigFile): readonly AlloyClient[] {
  return blocksOf(file.body).flatMap((component) => {
    const { name } = component.name;
    const [holder, argument] = URLS[name] ?? [];
    return blocksOf(component.body).flatMap((block): readonly AlloyClient[] => {
      if (block.name.name !== holder) return [];
      const url = block.body.find((one) => one.kind === 'attribute' && one.name.name === argument);
      const value = url?.kind === 'attribute' ? constantText(url.value) : undefined;
      const [address] = addressesIn(value ?? '');
      if (address === undefined || url?.kind !== 'attribute') return [];
      const signals = name.startsWith('otelcol.') ? ['/v1/metrics', '/v1/logs', '/v1/traces'] : [''];
      const base = address.path.replace(/\/$/, '');
      return [
        {
          program,
          config,
          component: `${name}.${component.label?.name ?? ''}`,
          address,
          span: url.value.span,
          block,
          paths: signals.map((signal) => `${base}${signal}`),
        },
      ];
    });
  });
}

/** True where a block says who sends: a password, a token, a certificate, or the tenant's header itself. */
export function isIdentified({ block }: AlloyClient): boolean {
  return attributesOf(block.body).some(({ attribute, within }) => {
    const holder = within.at(-1)?.name.name ?? '';
    const { name } = attribute.name;
    if (['basic_auth', 'authorization', 'oauth2', 'sigv4', 'azuread'].includes(holder)) return true;
    if (['auth', 'tenant_id', 'bearer_token', 'bearer_token_file', 'cert_file', 'cert_pem'].includes(name)) return true;
    return name === 'headers' && attribute.value.kind === 'object' && attribute.value.fields.some(isTenantHeader);
  });
}

function isTenantHeader({ key }: { readonly key: { readonly name: string } }): boolean {
  return /^(?:x-scope-orgid|authorization)$/i.test(key.name);
}

function blocksOf(body: readonly Statement[]): readonly Block[] {
  return body.filter((statement) => statement.kind === 'block');
}
