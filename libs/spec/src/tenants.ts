import { nearest } from '@lgtm-fleet/diagnostics';
import type { Fault } from './fault.ts';
import { OWN_NAMESPACES, WATCHER } from './reserved.ts';
import type { ClusterSpec } from './schema.ts';

/** Tenants have a name and namespaces of their own, and share the whole load. */
export function tenants({ spec }: ClusterSpec): Fault[] {
  const faults: Fault[] = [];
  const own = spec.selfMonitoring?.tenant;
  const seen = new Map<string, string>(own === undefined ? [] : OWN_NAMESPACES.map((namespace) => [namespace, own]));
  const names = new Set<string>();
  let given = 0;
  spec.tenants.forEach((tenant, index) => {
    const path = ['spec', 'tenants', index];
    const folded = tenant.name.toLowerCase();
    if (names.has(folded))
      faults.push({
        id: 'duplicate-tenant',
        path: [...path, 'name'],
        message: `the tenant \`${tenant.name}\` is declared twice`,
        help: 'names that differ only in case count as one',
      });
    names.add(folded);
    given += tenant.load ?? 0;
    tenant.namespaces.forEach((namespace, at) => {
      const owner = seen.get(namespace);
      if (owner !== undefined)
        faults.push({
          id: 'shared-namespace',
          path: [...path, 'namespaces', at],
          message: `the namespace \`${namespace}\` is \`${owner}\`'s already`,
          help: 'a namespace has one tenant',
        });
      seen.set(namespace, tenant.name);
    });
  });
  faults.push(...signingIn(spec), ...likeTheWatcher(spec), ...readers(spec), ...canaries(spec), ...certificates(spec));
  const open = spec.tenants.some((tenant) => tenant.load === undefined);
  const sum = Math.round(given * 1e4) / 1e4;
  if (sum > 1 || (!open && sum !== 1))
    faults.push({
      id: 'tenant-loads',
      path: ['spec', 'tenants'],
      atKey: true,
      message: `the tenants' loads add up to ${String(Math.round(sum * 1e4) / 100)}%`,
      label: 'expected 100%',
    });
  return faults;
}

type Spec = ClusterSpec['spec'];

/** Whoever signs in at the gateway has a name of his own there. */
function signingIn({ tenants, readers, selfMonitoring }: Spec): Fault[] {
  const named = [
    ...tenants.flatMap(({ writers }, index) =>
      writers.map(({ name }, at) => ({ name, path: ['spec', 'tenants', index, 'writers', at, 'name'] })),
    ),
    ...readers.map(({ name }, index) => ({ name, path: ['spec', 'readers', index, 'name'] })),
    ...(selfMonitoring === undefined
      ? []
      : [{ name: selfMonitoring.tenant, path: ['spec', 'selfMonitoring', 'tenant'] }]),
  ];
  const taken = new Map(tenants.map(({ name }) => [name.toLowerCase(), `the tenant \`${name}\``]));
  return named.flatMap(({ name, path }) => {
    const folded = name.toLowerCase();
    const owner = taken.get(folded);
    taken.set(folded, `somebody else called \`${name}\``);
    return owner === undefined
      ? []
      : [
          {
            id: 'duplicate-user',
            path,
            message: `\`${name}\` is the name by which ${owner} signs in at the gateway already`,
            help: 'tenants, their writers and readers each have a name of their own; case does not count',
          },
        ];
  });
}

/** Data sources are called after who signs in, and one of them after what watches the stores. */
function likeTheWatcher({ tenants, readers, selfMonitoring }: Spec): Fault[] {
  if (selfMonitoring?.metaMonitoring !== true) return [];
  const named = [
    ...tenants.map(({ name }, index) => ({ name, path: ['spec', 'tenants', index, 'name'] })),
    ...readers.map(({ name }, index) => ({ name, path: ['spec', 'readers', index, 'name'] })),
    { name: selfMonitoring.tenant, path: ['spec', 'selfMonitoring', 'tenant'] },
  ];
  return named
    .filter(({ name }) => name.toLowerCase() === WATCHER)
    .map(({ name, path }) => ({
      id: 'reserved-tenant',
      path,
      message: `\`${name}\` is what the data source of the Prometheus is called that watches the stores`,
      help: 'choose another name',
    }));
}

/** Canaries call the gateway as it is without TLS. */
function canaries({ selfMonitoring, tls }: Spec): Fault[] {
  if (tls === undefined || selfMonitoring?.canaries !== true) return [];
  return [
    {
      id: 'canaries-without-ca',
      path: ['spec', 'selfMonitoring'],
      atKey: true,
      message: 'canaries cannot be told the CA of `tls`, so the gateway would be a stranger to them',
      help: 'say `selfMonitoring: { canaries: false }`',
    },
  ];
}

/** A client certificate ends TLS at a port of its own, with a certificate that others gave. */
function certificates({ tenants, readers, tls }: Spec): Fault[] {
  if (tls === undefined) return [];
  const shown = [
    ...tenants.flatMap(({ credential, writers }, index) => [
      { credential, path: ['spec', 'tenants', index, 'credential'] },
      ...writers.map((writer, at) => ({
        credential: writer.credential,
        path: ['spec', 'tenants', index, 'writers', at, 'credential'],
      })),
    ]),
    ...readers.map(({ credential }, index) => ({ credential, path: ['spec', 'readers', index, 'credential'] })),
  ];
  return shown
    .filter(({ credential }) => credential === 'certificate')
    .map(({ path }) => ({
      id: 'certificates-beside-tls',
      path,
      message: 'the gateway cannot ask for client certificates where `tls` encrypts what it serves',
      help: 'take `token` or `password`, or leave `tls` out',
    }));
}

/** Readers read tenants that there are. */
function readers({ tenants, readers, selfMonitoring }: Spec): Fault[] {
  const known = [...tenants.map(({ name }) => name), ...(selfMonitoring === undefined ? [] : [selfMonitoring.tenant])];
  return readers.flatMap((reader, index) =>
    reader.tenants.flatMap((tenant, at): Fault[] => {
      const path = ['spec', 'readers', index, 'tenants', at];
      if (reader.tenants.indexOf(tenant) < at)
        return [{ id: 'tenant-read-twice', path, message: `\`${reader.name}\` reads \`${tenant}\` twice` }];
      if (known.includes(tenant)) return [];
      const meant = nearest(tenant, known);
      return [
        {
          id: 'reader-of-unknown-tenant',
          path,
          message: `there is no tenant \`${tenant}\``,
          help:
            meant === undefined
              ? `there is ${known.map((name) => `\`${name}\``).join(', ')}`
              : `did you mean \`${meant}\`?`,
        },
      ];
    }),
  );
}
