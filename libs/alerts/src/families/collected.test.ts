import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examplePlans } from '@lgtm-fleet/plan/testing';
import { checkCollected } from '@lgtm-fleet/queries';
import { expect, it } from 'vitest';
import { families } from './index.ts';

/** A rule that asks for what nobody exports never fires, and nobody is told. */

const folder = join(import.meta.dirname, '../../../queries/catalogues');
/** Of each series that a program exports its labels, as the lists have them. */
const labels = new Map<string, Set<string>>();
for (const file of readdirSync(folder))
  for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
    const [name = '', ...own] = line.split(' ');
    if (name === '' || name.startsWith('#')) continue;
    labels.set(name, new Set([...(labels.get(name) ?? []), ...own]));
  }

/** What every scrape puts on, and under which name it keeps a label of the program that is called alike. */
const everywhere = new Set(
  ['cluster', 'namespace', 'pod', 'container', 'job', 'instance'].flatMap((label) => [label, `exported_${label}`]),
);

/**
 * What asks of a store: there is no list of some, and those of Loki and Mimir lack what they show only under load or
 * after a failure, which is what alerts look at.
 */
const OF_STORES =
  /\b(?:loki_(?!write|source|process|canary)|cortex_|tempo(?!_vulture)|thanos_|kafka_|memcached_|SeaweedFS_)/;

const rules = families
  .filter(({ evaluators }) => !evaluators.includes('logs'))
  .flatMap((family) =>
    examplePlans().flatMap((plan) =>
      family.groups(plan).flatMap((group) => group.rules.map((rule) => ({ family: family.name, rule }))),
    ),
  );
const recorded = new Set(rules.flatMap(({ rule }) => ('record' in rule ? [rule.record] : [])));

it.each(families.map(({ name }) => name))('what rules of %s ask for is exported by some program', (name) => {
  const asked = new Set(rules.filter(({ family }) => family === name).map(({ rule }) => rule.expr));
  const faults = [...asked]
    .filter((expression) => !OF_STORES.test(expression))
    .flatMap((expression) =>
      checkCollected(expression, { metrics: new Set(labels.keys()), recorded, labels, everywhere }).map(
        ({ message, help }) => `${message} ${help ?? ''} in ${expression}`,
      ),
    );
  expect(faults).toEqual([]);
});
