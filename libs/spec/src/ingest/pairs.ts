import type { Fault } from '../fault.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import { metricsStoreOf } from '../tenant-stores.ts';

type Spec = ClusterSpec['spec'];

interface Paired {
  readonly name: string;
  readonly tenant: string;
  readonly cluster: string;
  readonly replica: string;
  readonly protocols: readonly string[];
  readonly path: Path;
}

/** Two that send the same: who takes one of them, and by which labels they are told apart. */
export function pairs(spec: Spec): Fault[] {
  if (spec.role === 'edge') return [];
  const first = spec.tenants[0]?.name ?? '';
  const paired = spec.ingest.senders.flatMap(({ name, tenant = first, protocols, pair }, index): Paired[] =>
    pair === undefined
      ? []
      : [{ name, tenant, ...pair, protocols, path: ['spec', 'ingest', 'senders', index, 'pair'] }],
  );
  if (metricsStoreOf(spec) === 'prometheus') return paired.map(withoutMimir);
  return [...paired.flatMap(withoutMetrics), ...paired.flatMap(oneLabel), ...otherLabels(paired)];
}

function withoutMimir({ name, path }: Paired): Fault {
  return {
    id: 'pair-without-mimir',
    path,
    atKey: true,
    message: `Prometheus would keep everything of \`${name}\` twice: it cannot tell a pair`,
    help: 'say `metrics: { store: mimir }`, or let one of the two send',
  };
}

function withoutMetrics({ name, protocols, path }: Paired): Fault[] {
  if (protocols.includes('remote-write')) return [];
  return [
    {
      id: 'pair-without-remote-write',
      path,
      atKey: true,
      message: `pairs are told by labels of series, and \`${name}\` sends none by remote write`,
      help: 'add `remote-write` to its `protocols`, or leave `pair` out',
    },
  ];
}

function oneLabel({ cluster, replica, path }: Paired): Fault[] {
  if (cluster !== replica) return [];
  return [
    {
      id: 'pair-of-one-label',
      path: [...path, 'replica'],
      message: `\`${replica}\` cannot both be shared by a pair and tell its two apart`,
      help: 'leave `replica` out: it is `__replica__`',
    },
  ];
}

/** Mimir knows one of each label for a tenant. */
function otherLabels(paired: readonly Paired[]): Fault[] {
  return paired.flatMap((one, index): Fault[] => {
    const before = paired.slice(0, index).find(({ tenant }) => tenant === one.tenant);
    if (before === undefined) return [];
    const key = before.cluster !== one.cluster ? 'cluster' : before.replica !== one.replica ? 'replica' : undefined;
    if (key === undefined) return [];
    return [
      {
        id: 'pairs-with-other-labels',
        path: [...one.path, key],
        message: `\`${before.name}\` has another label, and Mimir knows one for all pairs of the tenant \`${one.tenant}\``,
        label: `expected \`${before[key]}\``,
        help: 'say the same of both, or give one of them another tenant',
      },
    ];
  });
}
