import { say, words } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get, type Path } from '@lgtm-fleet/manifests';
import { topicsOf } from '../../view/topics.ts';

export const replicationFactorLowered: DangerClass = {
  meta: {
    id: 'replication-factor-lowered',
    danger: 'D14',
    effect: 'data-loss',
    blocks: true,
    description: 'Data is written in fewer copies than before.',
    why: 'With one copy every lost pod loses what it held; with two, none may be missing.',
    source: 'Mimir and Loki documentation, zone-aware replication',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      for (const [what, path] of FACTORS[now.name] ?? []) {
        const [was, is] = [old, now].map((store) => Number(get(store?.config, ...path) ?? USUAL));
        if (old === undefined || was === undefined || is === undefined || !(is < was)) continue;
        yield {
          subject: `${now.name}:${path.join('.')}`,
          message: say`${words(now.title)} keeps ${is} instead of ${was} copies of ${words(what)}`,
          consequence: say`${words(is < 2 ? 'losing one pod loses what it holds' : 'with one pod missing nothing can be written')}; what has been written is found by fewer readers, so queries may miss it until it is uploaded`,
          changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith(now.name)),
        };
      }
    }
    const topics = new Map(topicsOf(after).map((topic) => [topic.name, topic]));
    for (const { name, copies } of topicsOf(before)) {
      const is = topics.get(name)?.copies;
      if (copies === undefined || is === undefined || is >= copies) continue;
      yield {
        subject: `kafka/${name}`,
        message: say`the topic ${name} has ${is} instead of ${copies} copies`,
        consequence: say`records that no consumer has read yet are lost with the brokers that hold them`,
        changes: changes.filter((change) => change.kind === 'ConfigMap' && change.name.startsWith('kafka')),
      };
    }
  },
};

/** What the programs take where nothing is said. */
const USUAL = 3;

const FACTORS: Readonly<Record<string, readonly (readonly [what: string, path: Path])[]>> = {
  mimir: [
    ['samples', ['ingester', 'ring', 'replication_factor']],
    ['what store-gateways answer for', ['store_gateway', 'sharding_ring', 'replication_factor']],
    ['silences', ['alertmanager', 'sharding_ring', 'replication_factor']],
  ],
  loki: [
    ['lines', ['common', 'replication_factor']],
    ['lines', ['ingester', 'lifecycler', 'ring', 'replication_factor']],
  ],
};
