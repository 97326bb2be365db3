import type { SourcePlan } from '@lgtm-fleet/plan';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { component } from '../../alloy-syntax/component.ts';
import { reference } from '../../alloy-syntax/expression.ts';
import { fileOf } from '../credential-files.ts';
import { instanceOf } from '../instance.ts';
import { tlsConfig } from '../scrape-options.ts';
import type { TargetsOf } from './kind.ts';

type Settings = NonNullable<SourcePlan['blackbox']>;
type Probe = 'http' | 'tcp' | 'icmp' | 'dns';
type Module = Readonly<Record<string, YamlValue>>;

/** A module for each kind of probe, called so; the series say by which they were made. */
export const blackbox: TargetsOf<'blackbox'> = (settings, source, label) => {
  const { http, tcp, icmp, dns } = settings;
  const asked = (probe: Probe, addresses: readonly string[] = []) =>
    addresses.map((address) => ({ name: address, address, module: probe }));
  return {
    blocks: [
      component('prometheus.exporter.blackbox', label, {
        config: stringify({ modules: modulesOf(settings) }),
        targets: [
          ...asked('http', http?.urls),
          ...asked('tcp', tcp?.addresses),
          ...asked('icmp', icmp?.hosts.map(withoutBrackets)),
          ...asked('dns', dns?.servers),
        ],
      }),
    ],
    targets: reference(`prometheus.exporter.blackbox.${label}.targets`),
    rules: [
      ...instanceOf(source, '__param_target'),
      ...(source.labels['module'] === undefined ? [{ source_labels: ['__param_module'], target_label: 'module' }] : []),
    ],
  };
};

function modulesOf(settings: Settings): Readonly<Record<string, YamlValue>> {
  const { http, tcp, icmp, dns, prefer } = settings;
  const module = (prober: Probe, own: Module): YamlValue => ({
    prober,
    // Unless it is said, IPv6 is taken where a name has both, whether or not the pod can reach it.
    [prober]: { preferred_ip_protocol: prefer, ...own },
  });
  return {
    ...(http !== undefined && { http: module('http', ofHttp(http)) }),
    ...(tcp !== undefined && {
      tcp: module('tcp', tcp.tls === undefined ? {} : { tls: true, ...withTls(tcp.tls) }),
    }),
    ...(icmp !== undefined && { icmp: module('icmp', {}) }),
    ...(dns !== undefined && {
      dns: module('dns', { query_name: dns.query, query_type: dns.type, transport_protocol: dns.transport }),
    }),
  };
}

function ofHttp({ method, statuses, bodyMatches, followRedirects, auth, tls }: NonNullable<Settings['http']>): Module {
  return {
    method,
    follow_redirects: followRedirects,
    ...(statuses.length > 0 && { valid_status_codes: statuses }),
    // To be matched it is read whole, into memory.
    ...(bodyMatches !== undefined && { fail_if_body_not_matches_regexp: [bodyMatches], body_size_limit: '1MB' }),
    ...(auth?.basic !== undefined && {
      basic_auth: { username: auth.basic.username, password_file: fileOf(auth.basic.password) },
    }),
    ...(auth?.bearer !== undefined && { authorization: { credentials_file: fileOf(auth.bearer) } }),
    ...(tls !== undefined && withTls(tls)),
  };
}

function withTls(tls: NonNullable<NonNullable<Settings['tcp']>['tls']>): Module {
  const own = tlsConfig(tls);
  return Object.keys(own).length === 0 ? {} : { tls_config: { ...own } };
}

/** Whoever looks a host up takes no brackets, which are there to part it from a port. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
