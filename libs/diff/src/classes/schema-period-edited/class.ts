import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { get } from '@lgtm-fleet/manifests';
import { shown } from '../../fields/path.ts';
import { periodsOf } from '../../view/schema.ts';

export const schemaPeriodEdited: DangerClass = {
  meta: {
    id: 'schema-period-edited',
    danger: 'D11',
    effect: 'data-loss',
    blocks: true,
    description: 'A schema period of Loki that has begun is edited or removed.',
    why: 'The period says how lines of those days are found. Edited, they are in the bucket and nobody finds them; a day that was moved loses what was written between.',
    source:
      'Loki documentation, schema_config; Skyscrapers 2023: a moved cut-over, 12 hours of logs lost; grafana/loki#11387, #6653',
  },
  *find({ before, after, changes, today }) {
    const now = periodsOf(after);
    if (after.stores.every(({ name }) => name !== 'loki')) return;
    for (const period of periodsOf(before)) {
      const { from } = period;
      const same = now.find((one) => one.from === from);
      // What has not begun holds no lines yet.
      if (from > today) continue;
      const fields = ['store', 'object_store', 'schema', 'index'].filter(
        (field) => shown(get(period.value, field)) !== shown(get(same?.value, field)),
      );
      if (same !== undefined && fields.length === 0) continue;
      const [field = ''] = fields;
      yield {
        subject: `loki/${from}`,
        message:
          same === undefined
            ? say`the schema period of Loki from ${from} is gone or begins on another day`
            : say`the schema period of Loki from ${from} has another ${field}: ${shown(get(period.value, field))} becomes ${shown(get(same.value, field))}`,
        consequence: say`lines written since ${from} stay in the bucket, and no query finds them any more; lines that are written under the wrong period stay lost after a revert. Append a period instead, with a day that is still to come`,
        changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith('loki')),
      };
    }
  },
};
