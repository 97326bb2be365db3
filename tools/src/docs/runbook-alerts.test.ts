import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { families, type Alert } from '@lgtm-fleet/alerts';
import { runbookFolder, runbooks, runbookUrl, type RunbookName } from '@lgtm-fleet/runbooks';
import { pagePlans, renderedPages } from '@lgtm-fleet/runbooks/testing';
import { describe, expect, test } from 'vitest';
import { read, root } from './pages.ts';

/** Alerts and the pages that they lead to know each other. */

const hubs = pagePlans.filter(({ role }) => role === 'hub');
const examples = hubs.filter(({ cluster }) => existsSync(join(root, `clusters/${cluster}/cluster.yaml`)));

const alertsOf = (plan: (typeof pagePlans)[number]): readonly Alert[] =>
  families.flatMap((family) => family.groups(plan).flatMap(({ rules }) => rules.filter((rule) => 'alert' in rule)));

/** Names of alerts by the page that they lead to, on any cluster. */
const alertsByPage = new Map<RunbookName, Set<string>>();
for (const plan of hubs)
  for (const { alert, runbook } of alertsOf(plan))
    alertsByPage.set(runbook, (alertsByPage.get(runbook) ?? new Set()).add(alert));

const symptomsIn = (page: string): string => page.split('## Symptoms')[1]?.split('## Confirm')[0] ?? '';

describe.each(hubs.map((plan) => [plan.cluster, plan] as const))('alerts of %s', (_, plan) => {
  const pages = renderedPages(plan);
  const pageOf = (name: RunbookName): string | undefined => pages.get(`${runbookFolder(plan)}/${name}.md`);

  test('lead to pages that the cluster has', () => {
    const without = alertsOf(plan).filter(({ runbook }) => pageOf(runbook) === undefined);
    expect(without.map(({ alert, runbook }) => `${alert}: ${runbook}`)).toEqual([]);
  });

  test('are named by the symptoms of these, as the cluster has them', () => {
    const missing = alertsOf(plan).filter(
      ({ alert, runbook }) => !symptomsIn(pageOf(runbook) ?? '').includes(`\`${alert}\``),
    );
    expect(missing.map(({ alert, runbook }) => `${runbook}: ${alert}`)).toEqual([]);
  });
});

test.each(examples.map((plan) => [plan.cluster, plan] as const))('pages of %s are committed', (_, plan) => {
  for (const { alert, runbook } of alertsOf(plan)) {
    const path = `${runbookFolder(plan)}/${runbook}.md`;
    expect(runbookUrl(plan, runbook), alert).toMatch(new RegExp(`/${path}$`));
    expect(existsSync(join(root, path)), `${alert}: ${path}`).toBe(true);
  }
});

describe('symptoms', () => {
  test('name no alert that leads elsewhere, or that there is not', () => {
    const wrong = (Object.keys(runbooks) as RunbookName[]).flatMap((name) =>
      [...read(`docs/runbooks/${name}.md`).matchAll(/^- (?:Alerts|Also): (.+)$/gm)]
        .flatMap(([, listed = '']) => [...listed.matchAll(/`(\w+)`/g)])
        .filter(([, alert = '']) => alertsByPage.get(name)?.has(alert) !== true)
        .map(([, alert = '']) => `${name}: ${alert}`),
    );
    expect(wrong).toEqual([]);
  });
});
