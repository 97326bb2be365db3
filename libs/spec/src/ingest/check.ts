import { nearest } from '@lgtm-fleet/diagnostics';
import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import { addresses } from './addresses.ts';
import { certificates } from './certificates.ts';
import { expressions } from './expressions.ts';
import { identities } from './identities.ts';
import { load } from './load.ts';
import { pairs } from './pairs.ts';
import { pushed } from './pushed.ts';
import { secrets } from './secrets.ts';
import { sameSeries } from './same-series.ts';
import { sourceKinds } from './sources.ts';
import { inTime, kindFaults } from './kinds.ts';

type Spec = ClusterSpec['spec'];

/** What no single value of `spec.ingest` is wrong about. */
export function ingest({ spec }: ClusterSpec): Fault[] {
  return [
    ...names(spec),
    ...kinds(spec),
    ...owners(spec),
    ...places(spec),
    ...inTime(spec),
    ...kindFaults(spec),
    ...addresses(spec),
    ...certificates(spec),
    ...expressions(spec),
    ...identities(spec),
    ...secrets(spec),
    ...sameSeries(spec),
    ...pushed(spec),
    ...pairs(spec),
    ...load(spec),
  ];
}

const LISTS = ['sources', 'senders', 'hosts'] as const;

function names({ ingest }: Spec): Fault[] {
  const taken = new Map<string, string>();
  return LISTS.flatMap((list) =>
    ingest[list].flatMap(({ name }, index): Fault[] => {
      const owner = taken.get(name);
      taken.set(name, list);
      if (owner === undefined) return [];
      return [
        {
          id: 'duplicate-source',
          path: ['spec', 'ingest', list, index, 'name'],
          message: `\`${name}\` is the name of something else of \`ingest.${owner}\``,
          help: 'what is outside has one name: it is the job of its series, and a folder',
        },
      ];
    }),
  );
}

function kinds({ ingest }: Spec): Fault[] {
  return ingest.sources.flatMap((source, index): Fault[] => {
    const said = sourceKinds.filter((kind) => source[kind] !== undefined);
    if (said.length === 1) return [];
    return [
      {
        id: 'one-of',
        path: ['spec', 'ingest', 'sources', index, said.length > 1 ? (said[1] ?? 'name') : 'name'],
        ...(said.length > 1 && { atKey: true }),
        message:
          said.length === 0
            ? `the source \`${source.name}\` has no kind`
            : `the source \`${source.name}\` has ${String(said.length)} kinds: ${said.map((kind) => `\`${kind}\``).join(', ')}`,
        label: `expected exactly one of ${sourceKinds.map((kind) => `\`${kind}\``).join(', ')}`,
      },
    ];
  });
}

/** Tenants and writers that there are. */
function owners({ role, ingest, tenants, selfMonitoring }: Spec): Fault[] {
  const own = selfMonitoring?.tenant;
  const named = tenants.map(({ name }) => name);
  const unknown = LISTS.flatMap((list) => {
    // The stack's own tenant has no writers.
    const known = own === undefined || list !== 'sources' ? named : [...named, own];
    return ingest[list].flatMap(({ tenant }, index) =>
      tenant === undefined || known.includes(tenant)
        ? []
        : [missing('source-of-unknown-tenant', ['spec', 'ingest', list, index, 'tenant'], 'tenant', tenant, known)],
    );
  });
  // An edge has neither; that is said of it, and writers are its hub's.
  if (role === 'edge') return unknown;
  const strangers = (['senders', 'hosts'] as const).flatMap((list) =>
    ingest[list].flatMap(({ tenant, writer }, index) => {
      const owner = tenant === undefined ? tenants[0] : tenants.find(({ name }) => name === tenant);
      if (owner === undefined) return [];
      const writers = owner.writers.map(({ name }) => name);
      return writers.includes(writer)
        ? []
        : [
            missing(
              'unknown-writer',
              ['spec', 'ingest', list, index, 'writer'],
              `writer of \`${owner.name}\` called`,
              writer,
              writers,
            ),
          ];
    }),
  );
  return [...unknown, ...strangers];
}

function missing(id: string, path: Path, what: string, name: string, known: readonly string[]): Fault {
  const meant = nearest(name, known);
  const list = known.map((each) => `\`${each}\``).join(', ');
  return {
    id,
    path,
    message: `there is no ${what} \`${name}\``,
    help:
      meant !== undefined
        ? `did you mean \`${meant}\`?`
        : known.length === 0
          ? `add \`writers: [{ name: ${name} }]\` to the tenant`
          : `there is ${list}`,
  };
}

/** Machines outside need a way in. */
function places({ role, ingest, exposure }: Spec): Fault[] {
  if (role === 'edge')
    return (['senders', 'hosts'] as const).flatMap((list): Fault[] =>
      ingest[list].length === 0
        ? []
        : [
            {
              id: 'edge-keeps-nothing',
              path: ['spec', 'ingest', list],
              atKey: true,
              message: `\`ingest.${list}\` has no meaning on an edge: nobody pushes to it`,
              help: 'say it in the hub',
            },
          ],
    );
  if (ingest.hosts.length === 0 || exposure?.ingest !== undefined) return [];
  return [
    {
      id: 'hosts-without-ingest',
      path: ['spec', 'ingest', 'hosts'],
      atKey: true,
      message: 'machines outside have no address to push to',
      help: 'add `exposure: { …, ingest: { hostname: … } }`',
    },
  ];
}
