import { formatBytes, formatCount } from '@lgtm-fleet/units';
import type { Fault } from '../fault.ts';
import { limited, loadOf, type Limited } from '../limits.ts';
import type { Path } from '../locate.ts';
import type { ClusterSpec } from '../schema.ts';
import { logsOfHosts, seriesOf, seriesOfHosts } from './series.ts';

type Spec = ClusterSpec['spec'];

/** What one entry of `spec.ingest` sends: series, and bytes of log lines and spans in a second. */
interface Part extends Readonly<Record<Limited, number>> {
  readonly name: string;
  readonly tenant: string;
  readonly path: Path;
  /** What it says itself, and where the rest is told. */
  readonly said: readonly Key[];
}

type Key = 'series' | 'logs' | 'traces';
const KEYS = ['series', 'logs', 'traces'] as const;

/** All that comes from outside, in the order of the file. */
export function partsOf({ ingest, tenants }: Pick<Spec, 'ingest' | 'tenants'>): readonly Part[] {
  const first = tenants[0]?.name ?? '';
  const at = (list: string, index: number) => ['spec', 'ingest', list, index];
  return [
    ...ingest.sources.map((source, index) => ({
      name: source.name,
      tenant: source.tenant ?? first,
      activeSeries: seriesOf(source),
      logs: 0,
      traces: 0,
      path: at('sources', index),
      said: [],
    })),
    ...ingest.senders.map((sender, index) => ({
      name: sender.name,
      tenant: sender.tenant ?? first,
      activeSeries: sender.series ?? 0,
      logs: sender.logs ?? 0,
      traces: sender.traces ?? 0,
      path: at('senders', index),
      said: KEYS.filter((key) => sender[key] !== undefined),
    })),
    ...ingest.hosts.map((group, index) => ({
      name: group.name,
      tenant: group.tenant ?? first,
      activeSeries: seriesOfHosts(group),
      logs: logsOfHosts(group),
      traces: group.traces ?? 0,
      path: at('hosts', index),
      said: KEYS.filter((key) => group[key] !== undefined),
    })),
  ];
}

interface Unit {
  /** What there is so much of. */
  readonly noun: string;
  readonly print: (value: number) => string;
  readonly load: string;
  /** What an entry says where its amount is not the estimate. */
  readonly key: Key;
}

const rate = (value: number): string => `${formatBytes(value)}/s`;
const UNITS: Readonly<Record<Limited, Unit>> = {
  activeSeries: { noun: 'series', print: formatCount, load: 'metrics.activeSeries', key: 'series' },
  logs: { noun: 'of logs', print: rate, load: 'logs.volume', key: 'logs' },
  traces: { noun: 'of traces', print: rate, load: 'traces.throughput', key: 'traces' },
};

/** The load of a cluster is all of it: what comes from outside is a part, and finds its place in it. */
export function load(spec: Spec): Fault[] {
  const parts = partsOf(spec);
  return limited.flatMap((what) => beyond(spec, what, parts));
}

function beyond(spec: Spec, what: Limited, parts: readonly Part[]): Fault[] {
  const limits = new Map(spec.tenants.map(({ name, limits: said }) => [name, said?.[what]]));
  const whole = loadOf(spec)[what];
  const { noun, print, load: key, key: own } = UNITS[what];
  const sums = new Map<string, number>();
  let sum = 0;
  let told = false;
  return parts.flatMap((part): Fault[] => {
    const { name, tenant, said } = part;
    const path = [...part.path, said.includes(own) ? own : 'name'];
    const amount = part[what];
    sum += amount;
    const ofTenant = (sums.get(tenant) ?? 0) + amount;
    sums.set(tenant, ofTenant);
    // The first one that does not find room is told; those after it are the same fault again.
    if (!told && sum > whole) {
      told = true;
      return [
        {
          id: 'sources-beyond-load',
          path,
          message: `with the ${print(amount)} ${noun} of \`${name}\`, what is outside sends ${print(sum)}`,
          label: `the plan is for ${print(whole)}`,
          help: `raise \`load.${key}\`, which is everything together, or say \`${own}\` of the ${nounOf(part)}`,
        },
      ];
    }
    const limit = limits.get(tenant);
    if (limit === undefined || ofTenant <= limit || ofTenant - amount > limit) return [];
    return [
      {
        id: 'sources-beyond-limit',
        path,
        message: `with \`${name}\`, what is outside sends ${print(ofTenant)} ${noun} as \`${tenant}\``,
        label: `which may have ${print(limit)}`,
        help: `raise \`limits.${what}\` of the tenant, or say \`${own}\` of the ${nounOf(part)}`,
      },
    ];
  });
}

function nounOf({ path }: Part): string {
  return { sources: 'source', senders: 'sender', hosts: 'group' }[String(path[2])] ?? 'source';
}
