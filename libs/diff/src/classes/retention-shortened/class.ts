import { listed, say, type Phrase, words } from '../../phrase.ts';
import { own } from '../../fields/own.ts';
import { inWords, retentionText } from '../../format/words.ts';
import type { Change, Danger, DangerClass } from '../../types.ts';
import { retentionOf, type Retention } from '../../view/retention.ts';
import { lifecyclesOf } from '../../view/lifecycles.ts';
import { changesOfStore, whereIsData, type Store } from '../../view/stores.ts';

export const retentionShortened: DangerClass = {
  meta: {
    id: 'retention-shortened',
    danger: 'D09',
    effect: 'data-loss',
    blocks: true,
    description: 'A store, a tenant or a bucket keeps data for less time than before.',
    why: 'Everything older than the new time is deleted within hours of the sync, and no revert brings it back. From “never delete” to half a day, a Mimir marked years of blocks before anybody reverted it.',
    source:
      'Resonite: compactor_blocks_retention_period from 0 to 12h; restored from an off-site backup, about 12 hours of metrics lost',
  },
  *find({ before, after, changes }) {
    for (const now of after.stores) {
      const old = before.stores.find(({ name }) => name === now.name);
      if (old === undefined) continue;
      for (const shorter of shortened(old, now)) {
        const { who, from, to } = shorter;
        yield {
          subject: who === '' ? now.name : `${now.name}/${who}`,
          message: say`${words(now.title)} keeps ${words(now.signal)}${ofWhom(who)} for ${retentionText(to)} instead of ${retentionText(from)}`,
          consequence: cost(now, shorter, tenantsOf(old, now, shorter)),
          changes: changesOfStore(changes, now.name),
        };
      }
    }
    yield* shorterLifecycles(lifecyclesOf(before), lifecyclesOf(after), changes);
  },
};

interface Shorter {
  /** Empty: all that is no exception. */
  readonly who: string;
  readonly from: number;
  readonly to: number;
}

/** The general rule, and the exceptions that are shortened in another way than it is. */
function shortened(old: Store, now: Store): readonly Shorter[] {
  const [before, after] = [retentionOf(old), retentionOf(now)];
  const general: Shorter = { who: '', from: before.general, to: after.general };
  const names = new Set([...Object.keys(before.exceptions), ...Object.keys(after.exceptions)]);
  const of = (retention: Retention, who: string): number => own(retention.exceptions, who) ?? ofTenant(retention, who);
  const exceptions = [...names].map((who): Shorter => ({ who, from: of(before, who), to: of(after, who) }));
  const shorter = [general, ...exceptions].filter(({ from, to }) => to < from);
  // A period that nobody wrote has a class of its own.
  const said = shorter.filter(({ who }) => who !== '' || after.written || before.general !== Number.POSITIVE_INFINITY);
  const isGeneral = said.includes(general);
  return said.filter(({ who, from, to }) => who === '' || !isGeneral || from !== general.from || to !== general.to);
}

/** Streams of a tenant without a rule of their own follow the tenant, and a tenant without one the general rule. */
function ofTenant(retention: Retention, who: string): number {
  const [tenant = ''] = who.split(' ');
  return own(retention.exceptions, tenant) ?? retention.general;
}

/** Tenants that lose the same: those with a longer time of their own lose nothing. */
function tenantsOf(old: Store, now: Store, { from, to }: Shorter): readonly string[] {
  const [before, after] = [retentionOf(old), retentionOf(now)];
  return Object.keys(now.tenants).filter(
    (tenant) => ofTenant(before, tenant) === from && ofTenant(after, tenant) === to,
  );
}

function ofWhom(who: string): Phrase {
  return who === '' ? say`` : say` of ${who}`;
}

function cost(store: Store, { who, from, to }: Shorter, tenants: readonly string[]): Phrase {
  const place = whereIsData(store);
  const whose = who === '' ? (tenants.length === 0 ? say`` : say` of ${listed(tenants)}`) : say` of ${who}`;
  const lost = Number.isFinite(from)
    ? say`deletes ${words(inWords(from - to))} of ${words(store.signal)}${whose}: everything older than ${words(inWords(to))}`
    : say`deletes all ${words(store.signal)}${whose} older than ${words(inWords(to))}, years of it if there are; until now nothing was ever deleted`;
  return say`${lost}. It goes from ${words(place.noun)} ${place.name} within hours of the sync, and a revert brings nothing back`;
}

function* shorterLifecycles(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  changes: readonly Change[],
): Iterable<Danger> {
  for (const [rule, to] of after) {
    const from = before.get(rule) ?? Number.POSITIVE_INFINITY;
    if (to >= from) continue;
    yield {
      subject: `lifecycle/${rule}`,
      message: say`the lifecycle rule ${rule} deletes objects after ${retentionText(to)} instead of ${Number.isFinite(from) ? retentionText(from) : words('never')}`,
      consequence: say`the bucket deletes every object older than ${words(inWords(to))} by itself, also where the store still has it in its index; a revert brings nothing back`,
      changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && rule.startsWith(`${name}/`)),
    };
  }
}
