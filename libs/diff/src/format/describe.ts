import { describe } from '@lgtm-fleet/manifests';
import { dotted, listDifference, shown } from '../fields/path.ts';
import { count, listed, say, words, type Phrase } from '../phrase.ts';
import type { Blast } from '../blast.ts';
import { isBlocking, type Comparison } from '../diff.ts';
import type { Change, Effect, FieldChange } from '../types.ts';

/** Effects as headings and sentences say them. */
export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  'data-loss': 'data loss',
  downtime: 'downtime',
  exposure: 'exposure',
  restart: 'restart',
  scale: 'scale',
  cosmetic: 'cosmetic',
};

/** What the reader should know first: what would happen to the data. */
export function verdict(comparison: Comparison): Phrase {
  const { blast, dangers, changes, unapproved, failures } = comparison;
  if (failures.length > 0)
    return say`Internal error: ${listed(failures.map(({ id }) => id))} could not look at this change`;
  if (blast.clusters.length === 0) return say`Nothing changes on any cluster`;
  const toData = dangers.filter(({ effect }) => effect === 'data-loss');
  const blocking = toData.filter(isBlocking).length;
  const others = unapproved - blocking;
  if (blocking > 0)
    return say`Data is at risk: nobody approved ${count(blocking, 'danger')} to data${others > 0 ? say` and ${count(others, 'other danger')}` : say``}`;
  const approved = dangers.filter(({ approval }) => approval !== undefined).length;
  const accepted = toData.some(({ approval }) => approval !== undefined);
  if (others > 0)
    return say`Nobody approved ${count(others, 'danger')}; ${words(accepted ? 'those to data are approved' : toData.length > 0 ? 'data may be lost too' : 'none of them is to data')}`;
  if (accepted) return say`Data is lost, as somebody approved (${count(approved, 'approval')})`;
  if (toData.length > 0) return say`Nothing needs an approval, but data may be lost`;
  if (approved > 0) return say`Every danger is approved (${count(approved, 'approval')}); none of them is to data`;
  return changes[0]?.effect === 'data-loss'
    ? say`Nothing needs an approval, but objects with data go`
    : say`No data is lost`;
}

/** `2 of 4 clusters (production), 31 of 412 objects: 28 changed, 2 removed, 1 added`. */
export function blastPhrase(blast: Blast): Phrase {
  const { clusters, all, environments, objects, changed, removed, added } = blast;
  const touched = changed + removed;
  const where = environments.length === 0 ? say`` : say` (${listed(environments)})`;
  return say`${clusters.length} of ${count(all, 'cluster')}${where}; ${touched} of ${count(objects, 'object')} (${percent(touched, objects)}) changed or removed, ${added} added`;
}

export function percent(part: number, all: number): Phrase {
  const share = all === 0 ? 0 : (part / all) * 100;
  // A little is not nothing, and nearly all is not all.
  const rounded = part > 0 ? Math.max(1, Math.min(part === all ? 100 : 99, Math.round(share))) : 0;
  return [`${String(rounded)} %`];
}

/** What happens to one object, in one line without the name of its cluster. */
export function changePhrase(change: Change): Phrase {
  const name = describe(change);
  const rolls = change.rolls.filter((workload) => workload !== name);
  const restarts = rolls.length === 0 ? say`` : say`; restarts ${listed(rolls)}`;
  switch (change.action) {
    case 'added':
      return say`${name} is new`;
    case 'removed':
      return change.orphaned ? say`${name} is left running, and nobody manages it` : say`${name} is deleted`;
    case 'renamed':
      return say`${name} becomes ${change.after === undefined ? '' : describe(change.after)}`;
    case 'changed': {
      const rolled = change.rolls.includes(name) ? say`, its pods are replaced` : say``;
      const what = change.fields.length === 0 ? say`comments only` : count(change.fields.length, 'field');
      return say`${name}: ${what}${rolled}${restarts}`;
    }
  }
}

/** `data.loki.yaml.limits_config.retention_period: 720h → 168h`. */
export function fieldPhrase(field: FieldChange): Phrase {
  const place = dotted(field.path);
  const lists = listDifference(field);
  if (lists !== undefined) {
    const { removed, added } = lists;
    if (removed.length + added.length === 0) return say`${place}: in another order`;
    const minus = removed.length === 0 ? say`` : say` − ${listed(removed.map((value) => shown(value)))}`;
    const plus = added.length === 0 ? say`` : say` + ${listed(added.map((value) => shown(value)))}`;
    return say`${place}:${minus}${plus}`;
  }
  if (field.before === undefined) return say`${place}: + ${shown(field.after)}`;
  if (field.after === undefined) return say`${place}: − ${shown(field.before)}`;
  return say`${place}: ${shown(field.before)} → ${shown(field.after)}`;
}
