import type { CredentialPlan, ReadIds } from '@lgtm-fleet/plan';
import { because, map, type Directive } from './nginx.ts';

export type Signal = keyof ReadIds;

/** What a route is for, and by that who may use it by which methods. */
export type Access = keyof typeof ACCESS;

interface Methods {
  /** By these it writes, or changes something, as the tenant whose the credential is. */
  readonly writes?: readonly string[];
  /** By these it reads of one tenant or of several together. */
  readonly reads?: readonly string[];
  /** By these it reads of one tenant, since the store refuses several there. */
  readonly readsOne?: readonly string[];
}

/** Methods that the APIs of the stores use; every other one is refused before it reaches them. */
const ACCESS = {
  push: { writes: ['POST'] },
  query: { reads: ['GET', 'POST'] },
  fetch: { reads: ['GET'] },
  inspect: { readsOne: ['GET', 'POST'] },
  watch: { readsOne: ['GET'] },
  manage: { readsOne: ['GET'], writes: ['POST', 'PUT', 'DELETE'] },
  upload: { writes: ['GET', 'POST'] },
} as const satisfies Readonly<Record<string, Methods>>;

/** Holds the tenant that a request is passed on for; empty where it may not be. */
export function grantOf(access: Access, signal: Signal): string {
  return `$may_${access}${'reads' in ACCESS[access] ? `_${signal}` : ''}`;
}

/**
 * What each user may, and from that the tenant of a request by its method: the routes choose one of the variables, and
 * an empty one is refused.
 */
export function grants(
  credentials: readonly CredentialPlan[],
  used: readonly { readonly access: Access; readonly signal: Signal }[],
): readonly Directive[] {
  const rights = rightsOf(credentials);
  const byName = new Map(used.map(({ access, signal }) => [grantOf(access, signal), { access, signal }]));
  const maps = [...byName].map(([name, { access, signal }]) => {
    const { writes = [], reads = [], readsOne = [] }: Methods = ACCESS[access];
    return map('$request_method', name, [
      ...reads.map((method) => [method, rights.reads(signal)] as const),
      ...readsOne.map((method) => [method, rights.readsOne] as const),
      ...writes.map((method) => [method, '$writes'] as const),
    ]);
  });
  const [first, ...others] = maps;
  return [
    ...rights.maps,
    ...(first === undefined ? [] : [because('The tenant of a request, by what its route is for', first)]),
    ...others,
  ];
}

interface Rights {
  readonly maps: readonly Directive[];
  readonly reads: (signal: Signal) => string;
  readonly readsOne: string;
}

/** Nobody adopts old data on most clusters, and nobody reads several tenants: there one map serves all signals. */
function rightsOf(credentials: readonly CredentialPlan[]): Rights {
  const ids = (signal: Signal) => table(credentials, ({ readIds }) => readIds[signal].join('|'));
  const one = table(credentials, ({ reads }) => (reads.length === 1 ? (reads[0] ?? '') : ''));
  const all = { metrics: ids('metrics'), logs: ids('logs'), traces: ids('traces') };
  const alike = same(all.metrics, all.logs) && same(all.metrics, all.traces);
  const single = alike && same(all.metrics, one);
  const signals = ['metrics', 'logs', 'traces'] as const;
  return {
    reads: (signal) => (alike ? '$reads' : `$reads_${signal}`),
    readsOne: single ? '$reads' : '$reads_one',
    maps: [
      map(
        '$user',
        '$writes',
        table(credentials, ({ writes = '' }) => writes),
        'As which tenant a user writes',
      ),
      ...(alike
        ? [map('$user', '$reads', all.metrics, 'Whom a user reads')]
        : signals.map((signal) => map('$user', `$reads_${signal}`, all[signal], `Whose ${signal} a user reads`))),
      ...(single ? [] : [map('$user', '$reads_one', one, 'Whom it reads where a store takes one tenant alone')]),
    ],
  };
}

type Table = readonly (readonly [user: string, value: string])[];

function table(credentials: readonly CredentialPlan[], valueOf: (credential: CredentialPlan) => string): Table {
  return credentials.map((one) => [one.name, valueOf(one)] as const).filter(([, value]) => value !== '');
}

function same(left: Table, right: Table): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
