import { metricsUsed, type Rule as RecordingRule } from '@lgtm-fleet/queries';
import type { Rule } from '../../types.ts';
import { ruleSources } from '../../view/rule-files.ts';

export const rule: Rule = {
  meta: {
    id: 'duplicate-recording-rule',
    family: 'queries',
    severity: 'warning',
    description: 'Two rules of a file record the same series.',
    why: 'They write to one series at the same time: of two samples one is refused, and which one changes from time to time.',
    source: 'https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/',
  },
  *cluster(cluster) {
    for (const { rules, at } of ruleSources(cluster)) {
      const recorded = rules.filter(({ kind }) => kind === 'record');
      for (const [first, ...others] of Map.groupBy(recorded, seriesOf).values()) {
        for (const { name, expr } of others) {
          if (first !== undefined && mayBeApart(first.expr.text, expr.text)) continue;
          yield {
            place: at(name.place),
            message: `\`${name.text}\` is recorded a second time, with the same labels`,
            help: `take one of the two out${first === undefined || first.group === '' ? '' : `: the first is in group \`${first.group}\``}, or tell them apart by a label`,
          };
        }
      }
    }
  },
};

/** True where two queries ask one label for different values: what they take may never meet. */
function mayBeApart(one: string, other: string): boolean {
  const asked = (query: string): readonly (readonly [string, string])[] =>
    metricsUsed(query).flatMap(({ matchers }) =>
      matchers.map(({ label, operator, value }) => [label, operator + value] as const),
    );
  const others = asked(other);
  return asked(one).some(([label, value]) => others.some(([theirs, wanted]) => label === theirs && value !== wanted));
}

/** The name and labels that a rule gives what it records. */
function seriesOf({ name, labels }: RecordingRule): string {
  const pairs = [...labels].map(([label, { text }]) => [label, text] as const);
  return JSON.stringify([name.text, pairs.toSorted(([left], [right]) => (left < right ? -1 : 1))]);
}
