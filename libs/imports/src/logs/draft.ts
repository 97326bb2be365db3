import type { Drafted, YamlMap } from '../core/draft.ts';
import { wayIn, WAY_IN } from '../hosts/way-in.ts';
import { FIRST } from './tenants.ts';

/** Who pushes from outside as whom, and a host that took it before. */
export interface Pushed {
  readonly tenant: string;
  readonly hosts: readonly Drafted[];
  readonly senders: readonly Drafted[];
  readonly host?: string | undefined;
}

export interface PushDraft {
  readonly spec: YamlMap;
  readonly comments: Readonly<Record<string, string>>;
  readonly hosts: readonly Drafted[];
  readonly senders: readonly Drafted[];
  readonly advice: readonly string[];
}

/** What of the cluster file those need who push from outside: tenants with writers, and a way in. */
export function pushDraft(pushed: readonly Pushed[]): PushDraft {
  const tenants = [...new Set(pushed.map(({ tenant }) => tenant))];
  const several = tenants.length > 1;
  const own = (list: readonly Drafted[], tenant: string): readonly Drafted[] =>
    several
      ? list.map((one) => {
          const { name, ...rest } = one.value;
          return { ...one, value: { name, tenant, ...rest } };
        })
      : list;
  const hosts = pushed.flatMap(({ hosts, tenant }) => own(hosts, tenant));
  const senders = pushed.flatMap(({ senders, tenant }) => own(senders, tenant));
  const outside = hosts.length + senders.length > 0;
  const said = tenants.map((name) => {
    const writers = pushed
      .filter(({ tenant }) => tenant === name)
      .flatMap(({ hosts, senders }) => [...hosts, ...senders].map(({ value }) => ({ name: value['writer'] })));
    return { name, ...(writers.length > 0 && { writers }) };
  });
  const plain = !several && !outside && (tenants[0] ?? FIRST) === FIRST;
  const entry = outside ? wayIn(pushed.find(({ host }) => host !== undefined)?.host) : { spec: {}, comments: {} };
  return {
    spec: {
      ...(several && { metrics: { store: 'mimir' } }),
      ...entry.spec,
      ...(!plain && { tenants: said }),
    },
    comments: {
      ...entry.comments,
      ...(several && { 'metrics/store': 'Prometheus as a store keeps no tenants apart' }),
    },
    hosts,
    senders,
    advice: outside ? [WAY_IN] : [],
  };
}
