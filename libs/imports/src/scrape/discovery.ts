import type { OpenQuestion, YamlMap } from '../core/draft.ts';
import { hasCredential } from '../core/credentials.ts';
import { fit } from '../core/durations.ts';
import { child, entriesOf, itemsOf, textOf } from '../core/look.ts';
import { takeNumber, takeText, takeTexts } from '../core/take.ts';
import { secretName } from '../core/names.ts';
import type { SourceNode } from '../core/node.ts';
import type { Reading } from './context.ts';
import { hostAndPort } from './targets.ts';

/** What a list of targets that somebody else keeps becomes. */
export interface Discovered {
  readonly kind: string;
  readonly value: YamlMap;
  readonly open: readonly OpenQuestion[];
}

/** The key of a job and what is made of one of its entries; nothing, and a reason, where that is not possible. */
export type Discovery = (config: SourceNode, job: SourceNode, reading: Reading) => Discovered | undefined;

/** Looks at one key of a configuration, says where it goes, and gives its text. */
function taking(config: SourceNode, { ledger, to }: Reading, kind: string) {
  return (key: string, name = key): string | undefined => takeText(ledger, child(config, key), `${to}.${kind}.${name}`);
}

function refreshOf(config: SourceNode, { ledger, to }: Reading, kind: string): YamlMap {
  const node = child(config, 'refresh_interval');
  const fitted = fit(textOf(node), 5, 86_400);
  if (fitted === undefined) return {};
  if (fitted.how === undefined) ledger.carried(node, `${to}.${kind}.refresh`);
  else ledger.changed(node, `${to}.${kind}.refresh`, fitted.how);
  return { refresh: fitted.text };
}

/** Keys that do not go along, of which the rest can do without. */
function without(config: SourceNode, { ledger }: Reading, why: string, ...keys: readonly string[]): void {
  for (const key of keys) ledger.impossible(child(config, key), why);
}

/** Ports that relabelling puts behind an address; else those of the scheme, which somebody has to look at. */
function portsOf(job: SourceNode): { readonly ports: readonly number[]; readonly known: boolean } {
  const found = itemsOf(child(job, 'relabel_configs')).flatMap((rule) => {
    if (textOf(child(rule, 'target_label')) !== '__address__') return [];
    const [, port] = /:(\d{1,5})$/.exec(textOf(child(rule, 'replacement')) ?? '') ?? [];
    return port === undefined ? [] : [Number(port)];
  });
  if (found.length > 0) return { ports: [...new Set(found)], known: true };
  return { ports: [textOf(child(job, 'scheme')) === 'https' ? 443 : 80], known: false };
}

function withPorts(kind: string, value: YamlMap, job: SourceNode): Discovered {
  const { ports, known } = portsOf(job);
  const question = 'on which ports these targets are, which the network policies let out; the input does not say it';
  return { kind, value: { ...value, ports }, open: known ? [] : [{ at: `${kind}/ports`, question }] };
}

const dns: Discovery = (config, job, reading) => {
  const take = taking(config, reading, 'dns');
  const type = take('type')?.toUpperCase() ?? 'SRV';
  if (!['A', 'AAAA', 'SRV'].includes(type)) {
    reading.fatal.push(`records of type \`${type.slice(0, 10)}\` name no targets here: A, AAAA and SRV do`);
    return undefined;
  }
  const names = takeTexts(reading.ledger, child(config, 'names'), `${reading.to}.dns.names`);
  const port = takeNumber(reading.ledger, child(config, 'port'), `${reading.to}.dns.port`);
  const value = {
    names,
    ...(type !== 'SRV' && { type, ...(port !== undefined && { port }) }),
    ...refreshOf(config, reading, 'dns'),
  };
  return type === 'SRV' ? withPorts('dns', value, job) : { kind: 'dns', value, open: [] };
};

const http: Discovery = (config, job, reading) => {
  const take = taking(config, reading, 'http');
  const url = take('url');
  if (
    hasCredential(url ?? '') ||
    ['basic_auth', 'authorization', 'oauth2', 'http_headers'].some((key) => child(config, key))
  ) {
    reading.fatal.push(
      'the list of targets is behind a sign-in of its own, which a source of kind `http` does not have',
    );
    return undefined;
  }
  const own = 'the list is asked for with the certificates that the system trusts, and directly';
  without(
    config,
    reading,
    own,
    'tls_config',
    'proxy_url',
    'no_proxy',
    'proxy_from_environment',
    'follow_redirects',
    'enable_http2',
  );
  return withPorts('http', { url, ...refreshOf(config, reading, 'http') }, job);
};

const consul: Discovery = (config, job, reading) => {
  const take = taking(config, reading, 'consul');
  const { ledger, to, source, fatal } = reading;
  const written = child(config, 'server');
  const server = hostAndPort(textOf(written) ?? 'localhost:8500', 8500);
  if ('why' in server) {
    const where =
      written === undefined
        ? '`server` is not said, and so it is the agent on the machine of Prometheus'
        : `\`server\`: ${server.why}`;
    fatal.push(`${where}: say the address of a Consul that the cluster reaches`);
    return undefined;
  }
  if (server.how === undefined) ledger.carried(written, `${to}.consul.server`);
  else ledger.changed(written, `${to}.consul.server`, `with the port of Consul: \`${server.target}\``);
  const signIn = ['username', 'password', 'basic_auth', 'authorization', 'oauth2'].filter(
    (key) => child(config, key) !== undefined,
  );
  if (signIn.length > 0) {
    fatal.push(
      `Consul is asked with a \`token\`, or without any, and not with ${signIn.map((key) => `\`${key}\``).join(', ')}`,
    );
    return undefined;
  }
  const token = child(config, 'token');
  const scheme = take('scheme', 'serverScheme');
  const datacenter = take('datacenter');
  const services = takeTexts(ledger, child(config, 'services'), `${to}.consul.services`);
  const tags = takeTexts(ledger, child(config, 'tags'), `${to}.consul.tags`);
  without(
    config,
    reading,
    'the cluster file asks a Consul by datacenter, service and tag only: filter with `relabel`',
    'filter',
    'node_meta',
    'namespace',
    'partition',
    'path_prefix',
  );
  without(
    config,
    reading,
    'Alloy decides it',
    'allow_stale',
    'tag_separator',
    'tls_config',
    'health_filter',
    'follow_redirects',
    'enable_http2',
    'proxy_url',
  );
  const value = {
    server: server.target,
    ...(scheme === 'https' && { serverScheme: 'https' }),
    ...(datacenter !== undefined && { datacenter }),
    ...(token !== undefined && {
      token: {
        ...ledger.secret(
          token,
          { secret: secretName(source), key: 'consul-token' },
          `${to}.consul.token`,
          'the token of Consul',
        ),
      },
    }),
    ...(services.length > 0 && { services }),
    ...(tags.length > 0 && { tags }),
    ...refreshOf(config, reading, 'consul'),
  };
  return withPorts('consul', value, job);
};

const KEYS_WHY =
  'no key of a cloud stands anywhere: the ServiceAccount `alloy-sources` is signed in by workload identity. Bind it to a role that may list instances, and take the key back';

const ec2: Discovery = (config, _job, reading) => {
  const take = taking(config, reading, 'ec2');
  const region = take('region');
  if (region === undefined) {
    reading.fatal.push('`region` is not said: outside AWS nothing else says which one it is');
    return undefined;
  }
  const roleArn = take('role_arn', 'roleArn');
  without(config, reading, KEYS_WHY, 'access_key', 'secret_key', 'profile');
  without(config, reading, 'AWS is asked at its own address', 'endpoint');
  const filters = itemsOf(child(config, 'filters')).flatMap((filter) => {
    const to = `${reading.to}.ec2.filters`;
    const name = takeText(reading.ledger, child(filter, 'name'), to);
    if (name === undefined) reading.fatal.push('a filter of `ec2_sd_configs` has no `name`');
    return name === undefined ? [] : [[name, takeTexts(reading.ledger, child(filter, 'values'), to)] as const];
  });
  const value = {
    region,
    ...(roleArn !== undefined && { roleArn }),
    ...(filters.length > 0 && { filters: Object.fromEntries(filters) }),
    port: portOf(config, 'ec2', reading),
    ...refreshOf(config, reading, 'ec2'),
  };
  return { kind: 'ec2', value, open: [] };
};

/** Prometheus asks at port 80 where nobody says another. */
function portOf(config: SourceNode, kind: string, { ledger, to }: Reading): number {
  return takeNumber(ledger, child(config, 'port'), `${to}.${kind}.port`) ?? 80;
}

/** An id that is nobody's, until a person says one. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

const azure: Discovery = (config, _job, reading) => {
  const take = taking(config, reading, 'azure');
  const environment = child(config, 'environment');
  if (!['AzurePublicCloud', 'AzurePublic'].includes(textOf(environment) ?? 'AzurePublicCloud')) {
    reading.fatal.push('only the public cloud of Azure is asked');
    return undefined;
  }
  reading.ledger.carried(environment, 'nothing: it is so anyway');
  const subscriptionId = take('subscription_id', 'subscriptionId');
  const resourceGroup = take('resource_group', 'resourceGroup');
  without(config, reading, KEYS_WHY, 'client_id', 'client_secret', 'tenant_id', 'authentication_method');
  const value = {
    subscriptionId,
    clientId: NOBODY,
    ...(resourceGroup !== undefined && { resourceGroup }),
    port: portOf(config, 'azure', reading),
    ...refreshOf(config, reading, 'azure'),
  };
  const question =
    "the managed identity of the cluster's nodes, with the role Reader: the list is asked for as nothing else";
  return { kind: 'azure', value, open: [{ at: 'azure/clientId', question }] };
};

const gce: Discovery = (config, _job, reading) => {
  const take = taking(config, reading, 'gce');
  const [project, zone, filter] = [take('project'), take('zone'), take('filter')];
  without(config, reading, 'Alloy decides it', 'tag_separator');
  const value = {
    project,
    zone,
    ...(filter !== undefined && { filter }),
    port: portOf(config, 'gce', reading),
    ...refreshOf(config, reading, 'gce'),
  };
  return { kind: 'gce', value, open: [] };
};

export const discoveries: Readonly<Record<string, Discovery>> = {
  dns_sd_configs: dns,
  http_sd_configs: http,
  consul_sd_configs: consul,
  ec2_sd_configs: ec2,
  azure_sd_configs: azure,
  gce_sd_configs: gce,
};

/** Every other place that Prometheus finds targets in. */
export function otherDiscoveries(job: SourceNode): readonly string[] {
  const known = new Set([...Object.keys(discoveries), 'static_configs', 'file_sd_configs', 'kubernetes_sd_configs']);
  return entriesOf(job).flatMap(([key]) => (key.endsWith('_sd_configs') && !known.has(key) ? [key] : []));
}
