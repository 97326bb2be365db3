import { releases } from '@lgtm-fleet/releases';
import { describe, expect, test } from 'vitest';
import { lackingPackages } from '../e2e/outside/workshop.ts';
import { read } from './pages.ts';
import { linesOf, stepsOf, workflow, workflowFiles } from './workflows.ts';

/** What a workflow may do is said in it, and what it runs is what was looked at. */

describe.each(workflowFiles)('%s', (path) => {
  const it = workflow(path);
  const steps = stepsOf(it);

  test('is allowed to read, and no more but what tells a pull request what was found', () => {
    expect(it.permissions).toEqual({ contents: 'read' });
    const more = Object.entries(it.jobs).filter(([, job]) => 'permissions' in job);
    // tools/src/commands/diff-page.test.ts holds what that job may do, and that it runs nothing of the pull request.
    expect(more.map(([name]) => name)).toEqual(path.endsWith('/pull-request.yaml') ? ['tell'] : []);
  });

  test('does not run beside itself, and ends', () => {
    expect(it.concurrency).toMatchObject({ group: expect.stringContaining('${{ github.ref }}') as string });
    for (const [name, job] of Object.entries(it.jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
      expect(job['runs-on'], name).toMatch(/-\d+\.\d+$/);
    }
  });

  test('pins every action by its commit, and says its version', () => {
    const uses = [...read(path).matchAll(/^ +(?:- )?uses: (.*)$/gm)].map(([, action]) => action);
    const parsed = [...steps, ...Object.values(it.jobs)].filter((one) => one.uses !== undefined);
    expect(uses).toHaveLength(parsed.length);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('keeps no token of GitHub in the checkout', () => {
    const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const checkout of checkouts) expect(checkout.with?.['persist-credentials']).toBe(false);
  });

  test('puts nothing of an event, nor anything else, into a shell by pasting', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('is not run with the rights of the repository for a stranger', () => {
    const triggers = Object.keys(it.on as object);
    for (const trigger of ['pull_request_target', 'workflow_run', 'issue_comment'])
      expect(triggers).not.toContain(trigger);
  });

  test('installs what it names by a version', () => {
    const lines = linesOf(steps);
    for (const line of lines.filter((one) => one.startsWith('npm install '))) expect(line).toMatch(/@\d+\.\d+\.\d+$/);
    for (const line of lines.filter((one) => one.startsWith('go install '))) expect(line).toMatch(/@v\d+\.\d+\.\d+$/);
    for (const line of lines.filter((one) => one.startsWith('curl '))) expect(line).toMatch(/\/v\d+\.\d+\.\d+\S*\//);
  });
});

test('the programs outside the cluster are those that its end-to-end test asks for', () => {
  const lines = linesOf(stepsOf(workflow('.github/workflows/e2e.yaml')));
  const { image, tag } = releases.prometheus;
  expect(lines).toContain(`docker create --name=prometheus ${image}:${tag}`);
  expect(lines).toContain(
    `sudo apt-get install --yes --no-install-recommends ${lackingPackages(() => undefined).join(' ')}`,
  );
});

test('what the README asks for is what the workflows have', () => {
  expect(read('README.md')).toContain('Node 20 and npm 11');
  for (const path of workflowFiles)
    for (const job of Object.values(workflow(path).jobs)) {
      const lines = linesOf(job.steps ?? []);
      if (!lines.some((line) => /^(npm|npx|\.ci\/|\.github\/examine)/.test(line))) continue;
      const setup = (job.steps ?? []).find(({ uses = '' }) => uses.startsWith('actions/setup-node@'));
      expect(setup?.with?.['node-version']).toBe(20);
      expect(linesOf(job.steps ?? []).some((line) => /^npm install --global npm@11\./.test(line))).toBe(true);
    }
});

test('CI runs what a person runs', () => {
  expect(linesOf(stepsOf(workflow('.github/workflows/ci.yaml')))).toContain('.ci/run');
});
