import type { Plan } from '@lgtm-fleet/plan';
import { text } from '../../../panels/text.ts';
import type { Row } from '../../../types.ts';

export function decisions(plan: Plan): Row {
  const rows = plan.decisions
    .filter(({ subject }) => /^(?:metrics\.store|(?:loki|mimir|tempo)\.mode|objects\.|cluster\.)/.test(subject))
    .map(({ subject, value, reason }) => `| ${subject} | ${value} | ${reason} |`);
  const content = ['| What | Value | Why |', '| --- | --- | --- |', ...rows].join('\n');
  return {
    title: 'What the plan decided',
    tiles: [
      text('Of this cluster', content, { height: 3 + rows.length, description: 'All of it: `nx run tools:plan`.' }),
    ],
  };
}
