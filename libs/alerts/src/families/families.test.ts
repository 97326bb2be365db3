import { checkLogql, checkPromql, parseLogql, parsePromql } from '@lgtm-fleet/queries';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbooksOf } from '@lgtm-fleet/runbooks';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../types.ts';
import { testedPlans } from '../testing/plans.ts';
import { families } from './index.ts';

const isAlert = (rule: object): rule is Alert => 'alert' in rule;

it('every folder is a family, and is called like it', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(families.map(({ name }) => name).toSorted());
});

describe.each(testedPlans().map((plan) => [plan.cluster, plan] as const))('on %s', (_, plan) => {
  const all = families.flatMap((family) =>
    family.groups(plan).flatMap((group) => group.rules.map((rule) => ({ family, group, rule }))),
  );
  const alerts = all.flatMap(({ rule }) => (isAlert(rule) ? [rule] : []));

  it('no two alerts have one name', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(names).toEqual([...new Set(names)]);
  });

  it('every alert leads to a page that this cluster has', () => {
    const pages = runbooksOf(plan);
    for (const { alert, runbook } of alerts) expect(pages, alert).toContain(runbook);
  });

  it('every alert says in one line what is wrong and where, and then what it means', () => {
    for (const { alert, summary, description } of alerts) {
      expect(summary, alert).toMatch(/\{\{ \$labels\.[a-z_]+ \}\}|\{\{ \$value/);
      expect(summary.length, alert).toBeLessThan(140);
      expect(description, alert).toMatch(/[.!]$/);
      expect(alert).toMatch(/^[A-Z][A-Za-z0-9]+$/);
    }
  });

  it('every query is one of its language', () => {
    for (const { family, rule } of all) {
      const faults = family.evaluators.includes('logs')
        ? [...(parseLogql(rule.expr).tree === undefined ? ['not LogQL'] : []), ...checkLogql(rule.expr)]
        : [...(parsePromql(rule.expr).tree === undefined ? ['not PromQL'] : []), ...checkPromql(rule.expr)];
      expect(faults, rule.expr).toEqual([]);
    }
  });
});

/** Alerts of one family on any of the clusters. */
const alertsOf = (name: string) =>
  new Set(
    testedPlans().flatMap((plan) =>
      families
        .filter((family) => family.name === name && !family.evaluators.includes('logs'))
        .flatMap((family) => family.groups(plan))
        .flatMap(({ rules }) => rules.filter(isAlert).map(({ alert }) => alert)),
    ),
  );

it.each(families.map(({ name }) => name))('every alert of %s on metrics is fired by a test of the family', (name) => {
  const folder = join(import.meta.dirname, name);
  const fired = readdirSync(folder)
    .filter((file) => /^tests(\..+)?\.yaml$/.test(file))
    .flatMap((file) => {
      const { tests } = parse(readFileSync(join(folder, file), 'utf8')) as {
        tests: { alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }[];
      };
      return tests.flatMap(({ alert_rule_test: cases = [] }) =>
        cases.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname),
      );
    });
  expect([...alertsOf(name)].filter((alert) => !fired.includes(alert))).toEqual([]);
});
