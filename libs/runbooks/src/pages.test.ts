import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { examplePlan } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { pagePath } from './pages.ts';
import { pageRenderer, variablesOf } from './render.ts';
import { runbooks, runbooksOf, type RunbookName } from './runbooks.ts';
import { pagePlans, readFromRoot, renderedPages, shellBlocks } from './testing.ts';
import { wordsOf } from './words.ts';

const root = join(import.meta.dirname, '../../..');
const names = Object.keys(runbooks) as RunbookName[];

describe('docs/runbooks', () => {
  it('has a page for every situation, and no other', () => {
    const files = readdirSync(join(root, 'docs/runbooks')).filter((file) => file !== 'README.md');
    expect(files.toSorted()).toEqual(names.map((name) => `${name}.md`).toSorted());
  });

  it.each(names)('%s begins with its title, and has the four parts', (name) => {
    const headings = [...(readFromRoot(pagePath(name)) ?? '').matchAll(/^#+ (.+)$/gm)].map(([line]) => line);
    expect(headings[0]).toBe(`# ${runbooks[name].title}`);
    const parts = ['## Symptoms', '## Confirm', '## Mend', '## Afterwards'];
    expect(headings.filter((heading) => parts.includes(heading))).toEqual(parts);
  });
});

describe.each(pagePlans.map((plan) => [plan.cluster, plan] as const))('the pages of %s', (_, plan) => {
  const pages = renderedPages(plan);

  it('are those of what can happen there', () => {
    expect([...pages.keys()].map((path) => path.split('/').at(-1)).toSorted()).toEqual(
      ['README.md', ...runbooksOf(plan).map((name) => `${name}.md`)].toSorted(),
    );
  });

  it('link only to pages that the cluster has', () => {
    for (const [path, text] of pages)
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#\s]+)/g))
        expect(pages.has(join(path, '..', link)), `${path}: ${link}`).toBe(true);
  });

  it('have nothing left over of what was left out', () => {
    for (const [path, text] of pages) {
      expect(text.replaceAll('{{range', '').replaceAll('{{.', ''), path).not.toMatch(/\{%|\{\{ | "\w+" \| /);
      for (const block of shellBlocks(text)) expect(block.trim(), `${path}: an empty block`).not.toBe('');
      expect(text, path).not.toMatch(/\n\n\n|^```sh\n\n/m);
    }
  });
});

describe('docs/runbooks/README.md', () => {
  const index = readFromRoot('docs/runbooks/README.md') ?? '';
  const lines = [...index.matchAll(/^- \[(.+)\]\((.+)\.md\): (.+)$/gm)];

  it('has every page once, under its title, with a line of its own', () => {
    expect(lines.map(([, title, name]) => [name, title]).toSorted()).toEqual(
      Object.entries(runbooks)
        .map(([name, { title }]) => [name, title])
        .toSorted(),
    );
    expect(new Set(lines.map(([, , , line]) => line)).size).toBe(lines.length);
  });

  it('has a page of each subject below its heading', () => {
    const headings = [...index.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Stores', 'Services', 'Front door', 'Collectors', 'Kubernetes', 'Argo CD', 'Procedures']);
  });
});

describe('CONTRIBUTING.md', () => {
  const section = (readFromRoot('CONTRIBUTING.md') ?? '').split('### Write a runbook')[1]?.split('\n### ')[0] ?? '';
  const named = (head: string): readonly string[] => {
    const table = section.split(`| ${head} `)[1]?.split('\n\n')[0] ?? '';
    return [...table.matchAll(/^\| `(\w+)/gm)].map(([, name = '']) => name);
  };

  it('has all words of pages, and no other', () => {
    expect(named('word')).toEqual(Object.keys(wordsOf(examplePlan('home-lab'))));
  });

  it('has all that stands by its bare name', () => {
    expect(named('name')).toEqual(Object.keys(variablesOf(examplePlan('home-lab'))));
  });
});

describe('a page', () => {
  const render = pageRenderer(examplePlan('home-lab'));

  it.each([
    ['{{ "loki" | pod: "ingester" }}', 'pod/loki-0\n'],
    ['{{ "loki" | forward: "ingester" }}', 'kubectl --namespace observability port-forward pod/loki-0 3100\n'],
    ['{{ "loki" | url: "ingester", "/ring" }}', 'http://localhost:3100/ring\n'],
    ['{% if kafka %}no{% else %}yes{% endif %}', 'yes\n'],
    ['{{ "loki" | last: "ingester" }}', 'loki-0\n'],
    [
      '{{ "loki" | logs: "ingester", "15m" }}',
      'kubectl --namespace observability logs -l app.kubernetes.io/name=loki,app.kubernetes.io/component=monolithic --since=15m --tail=-1 --prefix --timestamps\n',
    ],
    ['{{ "loki" | replicas: "ingester" }}', '1\n'],
    ['{{ "loki" | application }}', 'home-lab-loki\n'],
    ['{{ "docs/diff.md" | page }}', 'https://git.example.com/fleet/blob/main/docs/diff.md\n'],
  ])('%s is %j', (text, expected) => {
    expect(render(text)).toEqual({ ok: true, text: expected });
  });

  it('asks by a port that it closes again', () => {
    expect(render('{{ "loki" | ask: "ingester", "/ring", "POST /flush", "/loki/api/v1/labels | head -c 9" }}')).toEqual(
      {
        ok: true,
        text: [
          'kubectl --namespace observability port-forward pod/loki-0 3100 >/dev/null &',
          "curl --silent --show-error --retry 5 --retry-connrefused --header 'Accept: application/json' http://localhost:3100/ring | tr '{' '\\n' | cut -c 1-160",
          'curl --silent --show-error --retry 5 --retry-connrefused --request POST http://localhost:3100/flush',
          "curl --silent --show-error --retry 5 --retry-connrefused --header 'X-Scope-OrgID: main' http://localhost:3100/loki/api/v1/labels | head -c 9",
          'kill %%',
          '',
        ].join('\n'),
      },
    );
  });

  it('asks in Grafana as whose telemetry it is', () => {
    const asked = (whose: string) => pageRenderer(examplePlan('prod-eu'))(`{{ 'up' | explore: "metrics"${whose} }}`);
    expect(asked('')).toMatchObject({ text: expect.stringContaining('metrics-self-monitoring') as string });
    expect(asked(', "nodes"')).toMatchObject({ text: expect.stringContaining('metrics-platform') as string });
  });

  it.each([
    ['a\n{{ nobody }}', 2, 'undefined variable: nobody'],
    ['{{ "loki" | nothing }}', 1, 'undefined filter: nothing'],
    ['a\nb\n{{ "mimir" | pod: "ingester" }}', 3, 'this cluster has no mimir ingester'],
    ['{% if kafka %}', 1, 'tag {% if kafka %} not closed'],
    ['{% include "/etc/passwd" %}', 1, expect.stringContaining('ENOENT')],
  ])('%j is a fault of line %d', (text, line, message) => {
    expect(render(text)).toEqual({ ok: false, line, message });
  });
});
