import { say } from '../../phrase.ts';
import type { DangerClass } from '../../types.ts';
import { periodsOf } from '../../view/schema.ts';

export const schemaPeriodTooSoon: DangerClass = {
  meta: {
    id: 'schema-period-too-soon',
    danger: 'D11',
    effect: 'data-loss',
    blocks: true,
    description: 'A new schema period of Loki begins today, tomorrow or in the past.',
    why: 'Pods take it over one after another; until all have it, some write a day by the old period and some by the new, and the lines of one of them are not found.',
    source: 'Loki documentation, schema_config: a new period must lie in the future; canonical/loki-k8s-operator#589',
  },
  *find({ before, after, changes, today }) {
    const known = new Set(periodsOf(before).map(({ from }) => from));
    if (known.size === 0) return;
    const tomorrow = new Date(Date.parse(`${today}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
    for (const { from } of periodsOf(after)) {
      if (known.has(from) || from > tomorrow) continue;
      yield {
        subject: `loki/${from}`,
        message: say`a schema period of Loki is added that begins on ${from}; today is ${today}`,
        consequence: say`what is written or was written since ${from} by the period before is not found any more. Let it begin at least two days after the merge`,
        changes: changes.filter(({ kind, name }) => kind === 'ConfigMap' && name.startsWith('loki')),
      };
    }
  },
};

const DAY_MS = 86_400_000;
