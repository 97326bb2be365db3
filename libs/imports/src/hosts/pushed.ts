import type { Drafted, YamlMap } from '../core/draft.ts';
import { wayIn, WAY_IN } from './way-in.ts';

/** The tenant of every cluster that says none. */
const FIRST = 'main';

/** What of the cluster file belongs to tenants, and to those who push from outside. */
export interface Owned {
  readonly spec: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
  readonly sources: readonly Drafted[];
  readonly hosts: readonly Drafted[];
  readonly advice: readonly string[];
}

/** Tenants that inputs name, with writers for groups of machines, and a way in for these. */
export function owned(
  names: readonly string[],
  { sources, hosts }: { readonly sources: readonly Drafted[]; readonly hosts: readonly Drafted[] },
): Owned {
  const tenants = names.length === 0 ? [FIRST] : [...new Set(names)];
  const several = tenants.length > 1;
  const [first = FIRST] = tenants;
  const taken = new Set(tenants.map((name) => name.toLowerCase()));
  const signed = hosts.map((host): Drafted => {
    const writer = writerOf(host);
    return { ...host, value: { ...host.value, writer: taken.has(writer.toLowerCase()) ? `${writer}-writer` : writer } };
  });
  const said = tenants.map((name) => {
    const writers = signed
      .filter(({ value }) => (value['tenant'] ?? first) === name)
      .map((host) => ({ name: writerOf(host) }));
    return { name, ...(writers.length > 0 && { writers }) };
  });
  const entry = signed.length > 0 ? wayIn() : { spec: {}, comments: {} };
  const plain = !several && signed.length === 0 && first === FIRST;
  return {
    spec: { ...(several && { metrics: { store: 'mimir' } }), ...entry.spec, ...(!plain && { tenants: said }) },
    comments: {
      ...entry.comments,
      ...(several && { 'metrics/store': 'Prometheus as a store keeps no tenants apart' }),
    },
    sources: several ? sources : sources.map(withoutTenant),
    hosts: several ? signed : signed.map(withoutTenant),
    advice: [...(signed.length > 0 ? [WAY_IN] : []), ...(several ? [TENANTS] : [])],
  };
}

/** By the name of the group, unless that is a tenant. */
function writerOf({ value: { name, writer } }: Drafted): string {
  return typeof writer === 'string' ? writer : name;
}

function withoutTenant(one: Drafted): Drafted {
  const { tenant: _, ...value } = one.value;
  return { ...one, value: { ...value, name: one.value.name } };
}

const TENANTS =
  'Whose pods are in the cluster: `tenants[].namespaces`. The first tenant has all that no other one claims';
