import type { YamlMap } from '../core/draft.ts';
import { fit } from '../core/durations.ts';
import { booleanOf, child, entriesOf, itemsOf, numberOf, textOf } from '../core/look.ts';
import type { Ledger } from '../core/ledger.ts';
import type { SourceNode } from '../core/node.ts';

/** A module of blackbox_exporter as a probe of the cluster file. */
export interface Probe {
  readonly kind: 'http' | 'tcp' | 'icmp' | 'dns';
  readonly value: YamlMap;
  readonly timeout?: string;
}

/** The modules of the configuration that blackbox_exporter is shipped with, which most keep under these names. */
const SHIPPED: Readonly<Record<string, Probe>> = {
  http_2xx: { kind: 'http', value: { followRedirects: true } },
  http_post_2xx: { kind: 'http', value: { method: 'POST', followRedirects: true } },
  tcp_connect: { kind: 'tcp', value: {} },
  icmp: { kind: 'icmp', value: {} },
};

/** A module by its name, where its configuration is not among the inputs. */
export function shipped(name: string): Probe | undefined {
  return Object.hasOwn(SHIPPED, name) ? SHIPPED[name] : undefined;
}

interface ModuleReading {
  readonly ledger: Ledger;
  readonly to: string;
  /** What a probe of the cluster file does not do, and the module would not be the same without. */
  readonly fatal: string[];
}

/** Keys that change how a probe goes, not what it finds. */
const SOFT = new Set([
  ...[
    'preferred_ip_protocol',
    'ip_protocol_fallback',
    'source_ip_address',
    'compression',
    'enable_http2',
    'enable_http3',
  ],
  ...[
    'valid_http_versions',
    'body_size_limit',
    'payload_size',
    'dont_fragment',
    'ttl',
    'recursion_desired',
    'fail_if_not_ssl',
  ],
  'skip_resolve_phase_with_proxy',
]);

/** Reads a module. What is not said of it in the cluster file is `fatal` where the answer could be another. */
export function moduleOf(module: SourceNode, reading: ModuleReading): Probe | undefined {
  const { ledger, to, fatal } = reading;
  const prober = textOf(child(module, 'prober'));
  const own = Object.hasOwn(READERS, prober ?? '') ? READERS[prober ?? ''] : undefined;
  if (own === undefined) {
    fatal.push(
      `a module with the prober \`${(prober ?? '').slice(0, 20)}\` is none of \`http\`, \`tcp\`, \`icmp\` and \`dns\``,
    );
    return undefined;
  }
  ledger.carried(child(module, 'prober'), to);
  const timeout = child(module, 'timeout');
  const fitted = fit(textOf(timeout), 1, 3600);
  if (fitted !== undefined) ledger.changed(timeout, `${to}.timeout`, 'the timeout of the module is that of the source');
  const { kind, keys, usual } = own;
  const value = entriesOf(child(module, kind)).flatMap(
    ([key, node]): readonly (readonly [string, YamlMap[string]])[] => {
      const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (read !== undefined) {
        ledger.carried(node, `${to}.blackbox.${kind}`);
        return Object.entries(read(node, fatal));
      }
      if (key === 'preferred_ip_protocol' && textOf(node) === 'ip4') ledger.carried(node, 'nothing: it is so anyway');
      else if (SOFT.has(key)) ledger.impossible(node, 'the cluster file does not say it; the probe goes without');
      else if (booleanOf(node) === false) ledger.carried(node, 'nothing: it is so anyway');
      else fatal.push(`its module says \`${key}\`, which a probe of the cluster file does not`);
      return [];
    },
  );
  return {
    kind,
    value: { ...usual, ...Object.fromEntries(value) },
    ...(fitted !== undefined && { timeout: fitted.text }),
  };
}

type ReadKey = (node: SourceNode, fatal: string[]) => YamlMap;

const http: Readonly<Record<string, ReadKey>> = {
  valid_status_codes: (node) => {
    const statuses = itemsOf(node).flatMap((item) => numberOf(item) ?? []);
    return statuses.length === 0 ? {} : { statuses };
  },
  method: (node) => {
    const method = textOf(node)?.toUpperCase() ?? 'GET';
    return method === 'GET' ? {} : { method };
  },
  follow_redirects: (node) => ({ followRedirects: booleanOf(node) !== false }),
  no_follow_redirects: (node) => ({ followRedirects: booleanOf(node) !== true }),
  fail_if_body_not_matches_regexp: (node, fatal) => {
    const [first, ...others] = itemsOf(node);
    if (others.length > 0) fatal.push('its module wants several expressions to match, and a probe knows one');
    return first === undefined ? {} : { bodyMatches: textOf(first) };
  },
  tls_config: (node, fatal) => {
    const others = entriesOf(node).flatMap(([key]) => (key === 'insecure_skip_verify' ? [] : [`\`${key}\``]));
    if (others.length > 0) fatal.push(`its module says ${others.join(', ')} of TLS`);
    return booleanOf(child(node, 'insecure_skip_verify')) === true ? { tls: { skipVerify: true } } : {};
  },
};

const tcp: Readonly<Record<string, ReadKey>> = { tls: (node) => (booleanOf(node) === true ? { tls: {} } : {}) };

const dns: Readonly<Record<string, ReadKey>> = {
  query_name: (node) => ({ query: textOf(node)?.replace(/\.$/, '') }),
  query_type: (node) => ({ type: textOf(node)?.toUpperCase() }),
  transport_protocol: (node) => (textOf(node) === 'tcp' ? { transport: 'tcp' } : {}),
};

interface Reader {
  readonly kind: Probe['kind'];
  readonly keys: Readonly<Record<string, ReadKey>>;
  /** What `blackbox_exporter` does unless its module says otherwise, and a probe does not. */
  readonly usual: YamlMap;
}

const READERS: Readonly<Record<string, Reader>> = {
  http: { kind: 'http', keys: http, usual: { followRedirects: true } },
  tcp: { kind: 'tcp', keys: tcp, usual: {} },
  icmp: { kind: 'icmp', keys: {}, usual: {} },
  dns: { kind: 'dns', keys: dns, usual: {} },
};
