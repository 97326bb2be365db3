import { formatBytes, formatCount } from '@lgtm-fleet/units';
import type { Fault } from './fault.ts';
import { carried, derivedLimit, limited, sharesOf, type Limited } from './limits.ts';
import { UNTENANTED } from './reserved.ts';
import type { ClusterSpec } from './schema.ts';

type Spec = ClusterSpec['spec'];

/** Files on a volume can have one writer only. */
export function keepsFiles({ objectStorage }: Pick<Spec, 'objectStorage'>): boolean {
  return objectStorage === undefined || objectStorage.filesystem !== undefined;
}

/** What keeps the metrics of a hub. */
export function metricsStoreOf(spec: Pick<Spec, 'metrics' | 'objectStorage'>): 'prometheus' | 'mimir' {
  return spec.metrics.store ?? (keepsFiles(spec) ? 'prometheus' : 'mimir');
}

/** What tenants ask of stores that cannot give it. */
export function tenantStores({ spec }: ClusterSpec): Fault[] {
  if (spec.role === 'edge') return [];
  return [...(metricsStoreOf(spec) === 'prometheus' ? withPrometheus(spec) : []), ...adoption(spec)];
}

/** Prometheus is one store for all, with no Alertmanager; further writers and readers of the one tenant it takes. */
function withPrometheus({ tenants, selfMonitoring }: Spec): Fault[] {
  const mimir = 'say `metrics: { store: mimir }`';
  return [
    ...(tenants.length > 1
      ? [
          {
            id: 'prometheus-has-no-tenants',
            path: ['spec', 'tenants'],
            atKey: true,
            message: 'Prometheus cannot keep tenants apart',
            help: `${mimir}, or have one tenant`,
          },
        ]
      : []),
    ...(selfMonitoring === undefined
      ? []
      : [
          {
            id: 'prometheus-has-no-tenants',
            path: ['spec', 'selfMonitoring'],
            atKey: true,
            message: "Prometheus cannot keep the stack's own metrics apart from those of the tenant",
            help: `${mimir}, or leave \`selfMonitoring\` out: the first tenant has them`,
          },
        ]),
    ...tenants.flatMap(({ alerts }, index) =>
      alerts === undefined
        ? []
        : [
            {
              id: 'alerts-without-alertmanager',
              path: ['spec', 'tenants', index, 'alerts'],
              atKey: true,
              message: 'Prometheus knows no tenants, so none has routes of its own',
              help: `${mimir}, or say in \`notifications\` who is told`,
            },
          ],
    ),
    ...tenants.flatMap(({ blockUpload }, index) =>
      blockUpload
        ? [
            {
              id: 'prometheus-takes-no-blocks',
              path: ['spec', 'tenants', index, 'blockUpload'],
              atKey: true,
              message: 'Prometheus is the store of metrics, and blocks are uploaded to Mimir alone',
              help: `${mimir}, or put the blocks onto the volume of Prometheus`,
            },
          ]
        : [],
    ),
  ];
}

/** Data from before there were tenants have one id in each store, so one tenant takes them. */
function adoption({ tenants, selfMonitoring }: Spec): Fault[] {
  const adopting = tenants.flatMap(({ name, adopts }, index) => (adopts === undefined ? [] : [{ name, index }]));
  const [first, ...others] = adopting;
  if (first === undefined) return [];
  const taken = Object.values<string>(UNTENANTED);
  const named = [
    ...tenants.map(({ name }, index) => ({ name, path: ['spec', 'tenants', index, 'name'] })),
    ...(selfMonitoring === undefined
      ? []
      : [{ name: selfMonitoring.tenant, path: ['spec', 'selfMonitoring', 'tenant'] }]),
  ];
  return [
    ...others.map(({ index }) => ({
      id: 'adopted-twice',
      path: ['spec', 'tenants', index, 'adopts'],
      message: `\`${first.name}\` adopts the data from before there were tenants already`,
      help: 'let one tenant adopt them, and `readers` read it together with others',
    })),
    ...named
      .filter(({ name }) => taken.includes(name))
      .map(({ name, path }) => ({
        id: 'reserved-tenant',
        path,
        message: `\`${name}\` is what a store calls the owner of data from before there were tenants, and \`${first.name}\` adopts them`,
        help: 'give the tenant another name, or let nobody adopt',
      })),
  ];
}

interface Unit {
  readonly what: string;
  readonly load: string;
  readonly print: (value: number) => string;
}

const perSecond = (value: number): string => `${formatBytes(value)}/s`;
const UNITS: Readonly<Record<Limited, Unit>> = {
  activeSeries: { what: 'series', load: 'metrics.activeSeries', print: formatCount },
  logs: { what: 'logs', load: 'logs.volume', print: perSecond },
  traces: { what: 'traces', load: 'traces.throughput', print: perSecond },
};

/** Limits that somebody says take from what the others may send: together no more than the cluster carries. */
export function tenantLimits({ spec }: ClusterSpec): Fault[] {
  if (spec.role === 'edge') return [];
  const shares = sharesOf(spec);
  // Shares that are wrong themselves are told; limits that follow from them would only repeat it.
  if (shares.some((share) => share < 0)) return [];
  return limited.flatMap((what): Fault[] => {
    const limits = spec.tenants.map((tenant, index) => {
      const derived = derivedLimit(spec, what, shares[index] ?? 0);
      const said = tenant.limits?.[what];
      return { name: tenant.name, index, derived, said, over: (said ?? derived) - derived };
    });
    const sum = limits.reduce((total, { said, derived }) => total + (said ?? derived), 0);
    const room = carried(spec, what);
    const [worst] = limits.filter(({ said }) => said !== undefined).toSorted((left, right) => right.over - left.over);
    // A part in a million: sums of shares are not exact.
    if (worst === undefined || sum <= room * (1 + 1e-6)) return [];
    const { what: says, load, print } = UNITS[what];
    const left = room - (sum - (worst.said ?? 0));
    return [
      {
        id: 'limits-over-plan',
        path: ['spec', 'tenants', worst.index, 'limits', what],
        message: `the tenants' limits of ${says} add up to ${print(sum)}, and the cluster is planned for ${print(room)}`,
        ...(left > 0 && { label: `expected at most ${print(left)}` }),
        help: `lower it, lower what another tenant may send, or raise \`spec.load.${load}\``,
      },
    ];
  });
}
