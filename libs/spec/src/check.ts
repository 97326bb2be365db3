import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import type { Document } from 'yaml';
import { cloudStorage } from './cloud-storage.ts';
import { entry } from './entry.ts';
import { ingest } from './ingest/check.ts';
import type { Fault } from './fault.ts';
import { logSchemas } from './logs.ts';
import { has, spanOfKey, spanOfValue, type Path } from './locate.ts';
import { RESERVED_BY_WINDOWS } from './names.ts';
import type { SourceFile } from './source.ts';
import { notifications } from './notifications/check.ts';
import type { ClusterSpec } from './schema.ts';
import { keepsFiles, tenantLimits, tenantStores } from './tenant-stores.ts';
import { tenants } from './tenants.ts';

/** What no single value is wrong about: keys that do not go together. */
export function check(cluster: ClusterSpec, document: Document.Parsed, source: SourceFile): Diagnostic[] {
  const faults = [
    ...names(cluster),
    ...roles(cluster, document),
    ...zones(cluster),
    ...stores(cluster),
    ...choices(cluster),
    ...cloudStorage(cluster),
    ...entry(cluster),
    ...tenants(cluster),
    ...tenantStores(cluster),
    ...tenantLimits(cluster),
    ...notifications(cluster),
    ...ingest(cluster),
    ...logSchemas(cluster),
  ];
  return faults.map(({ path, atKey, ...fault }) => ({
    ...fault,
    severity: 'error',
    file: source.path,
    span: atKey === true ? spanOfKey(document, path) : spanOfValue(document, path),
  }));
}

function names({ metadata }: ClusterSpec): Fault[] {
  const faults: Fault[] = [];
  if (RESERVED_BY_WINDOWS.test(metadata.name))
    faults.push({
      id: 'reserved-name',
      path: ['metadata', 'name'],
      message: `no folder on Windows can be called \`${metadata.name}\``,
      help: 'choose another name',
    });
  return faults;
}

function roles({ spec }: ClusterSpec, document: Document.Parsed): Fault[] {
  if (spec.role === 'hub') {
    if (spec.hub === undefined) return [];
    return [
      {
        id: 'hub-with-hub',
        path: ['spec', 'hub'],
        atKey: true,
        message: 'a hub ships to no other hub',
        help: 'remove `hub`, or say `role: edge`',
      },
    ];
  }
  const faults: Fault[] = [];
  if (spec.hub === undefined)
    faults.push({
      id: 'edge-without-hub',
      path: ['spec', 'role'],
      message: 'an edge needs a hub to ship to',
      help: 'add `hub: <name of a cluster with role hub>`',
    });
  if (spec.tls !== undefined && spec.traces.sampling.tail === undefined)
    faults.push({
      id: 'nothing-to-encrypt',
      path: ['spec', 'tls'],
      atKey: true,
      message: 'nothing of this edge is served with TLS: its collectors only call, and the hub is HTTPS already',
      help: 'remove `tls`, or sample traces by their end (`traces.sampling.tail`), for which pods pass spans to each other',
    });
  const kept = [
    'retention',
    'objectStorage',
    'exposure',
    'grafana',
    'metrics',
    'logs',
    'readers',
    'notifications',
  ] as const;
  for (const key of kept) {
    if (has(document, ['spec', key]))
      faults.push({
        id: 'edge-keeps-nothing',
        path: ['spec', key],
        atKey: true,
        message: `\`${key}\` has no meaning on an edge: it keeps nothing`,
        help: `say it in the hub \`${spec.hub ?? '<hub>'}\``,
      });
  }
  const hubs = ['retention', 'limits', 'writers', 'viewers', 'editors', 'alerts', 'adopts', 'blockUpload'] as const;
  spec.tenants.forEach((tenant, index) => {
    for (const key of hubs) {
      const path = ['spec', 'tenants', index, key];
      if (has(document, path))
        faults.push({
          id: 'edge-keeps-nothing',
          path,
          atKey: true,
          message: `\`${key}\` of a tenant has no meaning on an edge: it only collects`,
          help: `say it of the tenant \`${tenant.name}\` in the hub \`${spec.hub ?? '<hub>'}\``,
        });
    }
  });
  return faults;
}

function zones({ spec }: ClusterSpec): Fault[] {
  const { zones: named, nodes } = spec.kubernetes;
  const path = ['spec', 'kubernetes', 'zones'];
  const faults: Fault[] = [];
  if (named.length === 2) {
    faults.push({
      id: 'two-zones',
      path,
      atKey: true,
      message: 'three copies cannot be spread evenly over two zones',
      label: 'expected none, one or three zones',
      help: 'losing either zone would lose the quorum; name three zones, or none',
    });
  }
  const twice = named.findIndex((zone, index) => named.indexOf(zone) !== index);
  if (twice >= 0)
    faults.push({
      id: 'duplicate-zone',
      path: [...path, twice],
      message: `the zone \`${named[twice] ?? ''}\` is named twice`,
      help: 'name each zone once',
    });
  if (nodes !== undefined && nodes < named.length)
    faults.push({
      id: 'fewer-nodes-than-zones',
      path: ['spec', 'kubernetes', 'nodes'],
      message: `${String(nodes)} nodes cannot be in ${String(named.length)} zones`,
      label: `expected at least ${String(named.length)}`,
    });
  return faults;
}

function stores({ spec }: ClusterSpec): Fault[] {
  if (spec.role === 'edge') return [];
  const faults: Fault[] = [];
  const nodes = spec.kubernetes.nodes ?? Math.max(1, spec.kubernetes.zones.length);
  const files = keepsFiles(spec);
  const signals = [
    ['metrics', spec.metrics.mode],
    ['logs', spec.logs.mode],
    ['traces', spec.traces.mode],
  ] as const;
  for (const [signal, mode] of signals) {
    if (mode === undefined || mode === 'monolithic') continue;
    const path = ['spec', signal, 'mode'];
    if (files)
      faults.push({
        id: 'replicas-without-object-storage',
        path,
        message: `\`${mode}\` needs object storage that all replicas share`,
        help: 'add `objectStorage: { s3: … }`, `{ gcs: … }`, `{ azure: … }` or `{ seaweedfs: {} }`',
      });
    else if (nodes < 3)
      faults.push({
        id: 'too-few-nodes',
        path,
        message: `\`${mode}\` keeps three copies, and the cluster has ${String(nodes)} node${nodes === 1 ? '' : 's'}`,
        help: 'say `kubernetes: { nodes: 3 }` or more',
      });
  }
  if (files && nodes > 1 && spec.objectStorage === undefined) {
    faults.push({
      id: 'no-object-storage',
      path: ['spec'],
      atKey: true,
      message: 'a cluster of several nodes needs `objectStorage`',
      help: 'add `objectStorage: { s3: … }`, `{ seaweedfs: {} }` or, knowing that each store is one replica, `{ filesystem: {} }`',
    });
  }
  if (spec.metrics.store === 'prometheus') {
    if (spec.metrics.architecture === 'ingest-storage')
      faults.push({
        id: 'prometheus-without-kafka',
        path: ['spec', 'metrics', 'architecture'],
        message: '`ingest-storage` is an architecture of Mimir',
        help: 'say `store: mimir`',
      });
    if (spec.metrics.mode !== undefined && spec.metrics.mode !== 'monolithic')
      faults.push({
        id: 'prometheus-is-one',
        path: ['spec', 'metrics', 'mode'],
        message: 'Prometheus runs as one replica',
        help: 'say `store: mimir`',
      });
  } else if (
    spec.metrics.architecture === 'ingest-storage' &&
    spec.metrics.mode !== undefined &&
    spec.metrics.mode !== 'distributed'
  ) {
    faults.push({
      id: 'ingest-storage-is-distributed',
      path: ['spec', 'metrics', 'mode'],
      message: '`ingest-storage` needs the distributed mode',
    });
  } else if (spec.metrics.architecture === 'ingest-storage' && (files || spec.kubernetes.zones.length < 3)) {
    faults.push({
      id: 'ingest-storage-without-zones',
      path: ['spec', 'metrics', 'architecture'],
      message: '`ingest-storage` keeps one copy in each zone, and needs three zones and object storage',
      help: 'name three `kubernetes.zones` and an `objectStorage` that all replicas share, or leave `classic`',
    });
  }
  return faults;
}

function choices({ spec }: ClusterSpec): Fault[] {
  const faults: Fault[] = [];
  const one = (path: Path, value: object | undefined, choices: readonly string[]): void => {
    if (value === undefined) return;
    const chosen = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key]) => `\`${key}\``);
    if (chosen.length !== 1)
      faults.push({
        id: 'one-of',
        path,
        atKey: true,
        message: `\`${String(path.at(-1))}\` has ${chosen.length === 0 ? 'no choice' : `${String(chosen.length)} choices: ${chosen.join(', ')}`}`,
        label: `expected exactly one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`,
      });
  };
  one(['spec', 'objectStorage'], spec.objectStorage, ['filesystem', 'seaweedfs', 's3', 'gcs', 'azure']);
  one(['spec', 'secrets'], spec.secrets, ['bootstrap', 'externalSecrets', 'sealedSecrets', 'sops']);
  one(['spec', 'grafana', 'database'], spec.grafana.database, ['sqlite', 'postgres']);
  const ways = ['gateway', 'gatewayClass', 'ingressClass'] as const;
  const said = ways.filter((way) => spec.exposure?.[way] !== undefined);
  if (spec.exposure !== undefined && said.length !== 1)
    faults.push({
      id: 'one-of',
      path: ['spec', 'exposure'],
      atKey: true,
      message: `\`exposure\` has ${said.length === 0 ? 'no way in' : `${String(said.length)} ways in: ${said.map((way) => `\`${way}\``).join(', ')}`}`,
      label: `expected exactly one of ${ways.map((way) => `\`${way}\``).join(', ')}`,
    });
  one(['spec', 'exposure', 'tls'], spec.exposure?.tls, ['issuer', 'secret']);
  if (spec.grafana.oidc !== undefined && spec.exposure === undefined)
    faults.push({
      id: 'oidc-without-hostname',
      path: ['spec', 'grafana', 'oidc'],
      atKey: true,
      message: 'OIDC needs the address that people open',
      help: 'add `exposure: { gateway: …, grafana: { hostname: … } }`',
    });
  if (spec.grafana.profiles?.basicAuth === true && spec.grafana.profiles.url.startsWith('http:'))
    faults.push({
      id: 'password-in-the-clear',
      path: ['spec', 'grafana', 'profiles', 'url'],
      message: 'the password of `profiles` would be sent without encryption',
      help: 'write an address that starts with `https://`, or remove `basicAuth`',
    });
  return faults;
}
