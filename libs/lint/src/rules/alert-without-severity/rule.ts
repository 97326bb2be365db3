import type { Rule } from '../../types.ts';
import { ruleSources } from '../../view/rule-files.ts';

export const rule: Rule = {
  meta: {
    id: 'alert-without-severity',
    family: 'queries',
    severity: 'info',
    description: 'An alert has no label `severity`.',
    why: 'Alertmanager routes by it: an alert without one goes wherever the rest goes, to nobody or to everybody.',
    source: 'https://prometheus.io/docs/alerting/latest/configuration/#route',
  },
  *cluster(cluster) {
    for (const { rules, at } of ruleSources(cluster)) {
      for (const { kind, name, labels } of rules) {
        if (kind !== 'alert' || (labels.get('severity')?.text ?? '').trim() !== '') continue;
        yield {
          place: at(name.place),
          message: `the alert \`${name.text}\` has no label \`severity\``,
          help: 'add `severity` to its `labels`: `critical` for what wakes somebody, `warning` for what waits until morning',
        };
      }
    }
  },
};
