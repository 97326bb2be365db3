import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, checkCollected } from '@lgtm-fleet/queries';
import { expect, it } from 'vitest';
import { families } from './families/index.ts';
import { testedPlans } from './testing/plans.ts';
import type { AlertRule, RuleFamily } from './types.ts';

/** What the real programs show, with their labels, as the lists of catalogues/ have it. */

const folder = join(import.meta.dirname, '../../queries/catalogues');
const listed = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(' ')),
);
const labels = new Map<string, Set<string>>();
for (const [name = '', ...own] of listed) labels.set(name, new Set([...(labels.get(name) ?? []), ...own]));

/** Programs of which a list has every series that a rule may need. */
const WHOLE = /^(loki|cortex|tempo|tempodb|SeaweedFS|thanos)_/;

const rules = testedPlans().flatMap((plan) =>
  families
    .filter(({ evaluators }: RuleFamily) => !evaluators.includes('logs'))
    .flatMap((family) => family.groups(plan).flatMap((group): readonly AlertRule[] => group.rules)),
);

const catalogue: Catalogue = {
  metrics: new Set(labels.keys()),
  recorded: new Set(rules.flatMap((rule) => ('record' in rule ? [rule.record] : []))),
  labels: new Map([...labels].filter(([name]) => WHOLE.test(name))),
  everywhere: new Set(['cluster', 'namespace', 'pod', 'container', 'job', 'instance']),
};

it('every rule on the stores asks for series and labels that their programs show', () => {
  const faults = [...new Set(rules.map(({ expr }) => expr))].flatMap((expr) =>
    checkCollected(expr, catalogue)
      .filter(({ id, span }) => id !== 'unknown-metric' || WHOLE.test(expr.slice(span.start, span.end)))
      .map(({ message }) => message),
  );
  expect([...new Set(faults)]).toEqual([]);
});
