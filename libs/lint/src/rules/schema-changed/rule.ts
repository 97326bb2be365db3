import type { Report, Rule } from '../../types.ts';
import { lokiSchemas, type SchemaPeriod } from '../../view/schema-periods.ts';

/** What says where and how the lines of a period are stored. */
const FIELDS = [
  ['store', ['store']],
  ['objectStore', ['object_store']],
  ['schema', ['schema']],
  ['indexPrefix', ['index', 'prefix']],
  ['indexPeriod', ['index', 'period']],
] as const;
const HELP = 'leave periods as they are, and append a new one whose day is still to come';

export const rule: Rule = {
  meta: {
    id: 'schema-changed',
    family: 'storage',
    severity: 'error',
    description: "A period of Loki's schema was changed, removed or put before others.",
    why: 'Loki looks for old lines in the way of the period that they fall into: what was stored otherwise is no longer found.',
    source: 'https://github.com/canonical/loki-k8s-operator/issues/589',
  },
  *cluster(cluster) {
    const [before] = cluster.base === undefined ? [] : lokiSchemas(cluster.base);
    if (before === undefined) return;
    for (const { store, periods } of lokiSchemas(cluster)) {
      for (const old of before.periods) {
        const now = periods.find(({ from }) => from === old.from);
        if (now === undefined) yield gone(old, periods[old.index], store.at('schema_config', 'configs'));
        else yield* changes(old, now);
      }
      const last = before.periods.at(-1);
      for (const { from, place } of periods) {
        if (last === undefined || from > last.from || before.periods.some((old) => old.from === from)) continue;
        const message = `a period from \`${from}\` was put before the one from \`${last.from}\`, which has begun`;
        yield { place: place('from'), message, help: HELP };
      }
    }
  },
};

function* changes(old: SchemaPeriod, now: SchemaPeriod): Iterable<Report> {
  for (const [field, path] of FIELDS) {
    if (old[field] === now[field]) continue;
    const was = old[field] ?? 'not set';
    yield {
      place: now.place(...path),
      message: `\`${path.join('.')}\` of the period from \`${old.from}\` was \`${was}\`, and is \`${now[field] ?? 'not set'}\` now`,
      label: `was \`${was}\``,
      help: HELP,
    };
  }
}

function gone(old: SchemaPeriod, instead: SchemaPeriod | undefined, list: Report['place']): Report {
  return {
    place: instead === undefined ? list : instead.place('from'),
    message: `the period from \`${old.from}\` is gone, and with it everything that was stored in it`,
    ...(instead !== undefined && { label: `was \`${old.from}\`` }),
    help: HELP,
    derivedFrom: ['spec', 'logs', 'schemaFrom'],
  };
}
