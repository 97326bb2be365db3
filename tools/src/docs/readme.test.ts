import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterProjects } from '../../plugin/src/projects.ts';
import type { Report } from '../e2e/report.ts';
import { runCli } from '../testing/cli.ts';
import { e2eSection, MARKERS, withE2eSection } from './e2e-section.ts';
import { fencesOf, read, root, toolTargets } from './pages.ts';

/** A copy of what the commands read and write, so that they may do their work. */
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lgtm-docs-'));
  for (const path of ['package.json', 'base', 'clusters', 'docs/runbooks', 'overlays', 'schemas/cluster.schema.json'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', ['-c', 'user.name=reader', '-c', 'user.email=reader@example.com', ...args], { cwd: copy });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  git('commit', '--quiet', '--allow-empty', '--message=second');
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

type Check = readonly [how: string, check: () => void | Promise<void>];

/** How a command of README.md is checked; a new kind of command needs a line here. */
function checkOf(line: string): Check {
  const [, script] = /^npm (?:run )?([a-z:]+)$/.exec(line) ?? [];
  if (script !== undefined)
    return [
      'is an npm script',
      () => {
        expect(Object.keys(JSON.parse(read('package.json')).scripts as object)).toContain(script);
      },
    ];

  const [, target, rest = ''] = /^npx nx run tools:([a-z0-9-]+)(.*)$/.exec(line) ?? [];
  if (target !== undefined) {
    const words = rest.split(' ').filter((word) => word !== '');
    // These need a cluster, and a repository that is pushed.
    return /^(bootstrap|teardown)$/.test(target)
      ? [
          'is done by the reader of part 2',
          () => {
            expect(read('docs/2-bootstrap.md')).toContain(`tools:${target}`);
          },
        ]
      : ['runs in a copy', () => runInCopy(target, words)];
  }

  const [, affected] = /^npx nx affected --target=([a-z]+) --base=\S+$/.exec(line) ?? [];
  if (affected !== undefined)
    return [
      'is a target of every cluster',
      () => {
        expect(clusterTargets()).toContain(affected);
      },
    ];
  return ['is checked by something', () => expect.unreachable(`say in readme.test.ts how '${line}' is checked`)];
}

function clusterTargets(): readonly string[] {
  const projects = clusterProjects({ name: 'any', bases: [], hasOverlays: false, foreignFiles: [] });
  return Object.keys(projects['clusters/any']?.targets ?? {});
}

async function runInCopy(target: string, args: readonly string[]): Promise<void> {
  const [node, , ...own] = (toolTargets[target]?.command ?? '').split(' ');
  expect(node).toBe('node');
  const ended = await runCli([...own, ...args, '--root', copy], { cwd: copy, killAfterMs: 100_000 });
  expect(ended).toMatchObject({ exitCode: 0 });
}

describe('README.md, in its order', () => {
  const commands = fencesOf('README.md').flatMap(({ language, text }) =>
    language === 'sh' ? text.trim().split('\n') : [],
  );
  test.each(commands.map((line) => [line, ...checkOf(line)] as const))(
    '%s: %s',
    { timeout: 120_000 },
    async (_line, _how, doIt) => {
      await doIt();
    },
  );
  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(5);
  });
});

const REPORT = 'docs/e2e-report.json';

describe('the figures of the end-to-end test', () => {
  test('are in README.md as the committed report has them, or there are neither', async () => {
    const page = read('README.md');
    const committed = existsSync(join(root, REPORT));
    expect(MARKERS.map((marker) => page.includes(marker))).toEqual([committed, committed]);
    if (!committed) return;
    const report = JSON.parse(read(REPORT)) as Report;
    expect(page, 'run node tools/src/docs/write-e2e-sections.ts').toBe(withE2eSection(page, report));
    expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(await check(page, { parser: 'markdown', ...JSON.parse(read('.prettierrc.json')) })).toBe(true);
  });

  const report: Report = {
    environment: 'testbed; kills: SIGKILL',
    kubernetes: 'v1.36.3',
    missingImages: [{ component: 'tempo', image: 'grafana/tempo:3.0.3' }],
    seconds: 1234,
    checks: [
      { scenario: 'single', name: 'bootstrap', status: 'passed', seconds: 60.4 },
      {
        scenario: 'single',
        name: 'kills',
        status: 'passed',
        seconds: 300,
        counts: { pushed: 12_100, acknowledged: 12_000, readBack: 12_000, lost: 0 },
      },
      { scenario: 'single', name: 'traces', status: 'not run', seconds: 0, detail: 'no image' },
      { scenario: 'distributed', name: 'rings', status: 'failed', seconds: 10, detail: 'no' },
    ],
  };

  test('have a row for each scenario; nothing lost is zero, nothing counted is empty', () => {
    const cells = e2eSection(report)
      .split('\n')
      .slice(2, 4)
      .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells[0]).toEqual(['', 'single', '2', '0', '1', '360', '12,100', '12,000', '12,000', '0', '']);
    expect(cells[1]).toEqual(['', 'distributed', '0', '1', '0', '10', '', '', '', '', '']);
  });

  test('say what did not run, and why', () => {
    expect(e2eSection(report)).toContain('- traces: no image');
    expect(e2eSection({ ...report, checks: report.checks.slice(0, 2) })).not.toContain('Not run');
  });

  test('are laid out as Prettier would', async () => {
    const page = `# Page\n\n${MARKERS.join('\n\n')}\n\nThe end.\n`;
    const written = withE2eSection(page, report);
    expect(await check(written, { parser: 'markdown', ...JSON.parse(read('.prettierrc.json')) })).toBe(true);
    expect(withE2eSection(written, report)).toBe(written);
    expect(written).toMatch(/^# Page\n[^]*\nThe end\.\n$/);
    expect(() => withE2eSection('# Page\n', report)).toThrow(/no place/);
  });
});
