import { classes } from '@lgtm-fleet/diff';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseApprovals } from '@lgtm-fleet/diff';
import { runCli } from '../testing/cli.ts';
import { checkout } from '../testing/rendered.ts';

/** docs/diff.md, the workflow of pull requests and what goes with it, held against the code. */

const root = checkout();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const page = read('docs/diff.md');
const clusters = readdirSync(join(root, 'clusters')).toSorted();

let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lgtm-diff-page-'));
  for (const path of ['package.json', 'base', 'clusters', 'overlays'])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], { cwd: copy, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=main', '.');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  writeFileSync(join(copy, 'body.md'), 'No danger.\n');
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

describe('docs/diff.md', () => {
  const commands = [...page.matchAll(/^npx nx run tools:diff (.*)$/gm)].map(([, args = '']) => args);

  test('has commands', () => {
    expect(commands.length).toBeGreaterThan(3);
  });

  test.each(commands)('its command with %s runs', async (args) => {
    const ended = await runCli(['diff', ...args.split(' '), '--root', copy], { cwd: copy, killAfterMs: 60_000 });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('has every class, as its meta says', () => {
    const rows = [...page.matchAll(/^\| \[([a-z0-9-]+)\]\((\S+)\) +\| (\S+) +\| (\S+) +\| (.*?) +\|$/gm)];
    expect(rows.map(([, ...cells]) => cells)).toEqual(
      classes.map(({ meta }) => [
        meta.id,
        `../libs/diff/src/classes/${meta.id}/README.md`,
        meta.effect,
        meta.blocks ? 'yes' : 'no',
        meta.description,
      ]),
    );
  });

  test('shows a line that approves', () => {
    const ids = classes.map(({ meta }) => meta.id);
    expect(parseApprovals(page, ids)).toMatchObject({ approvals: [{ subject: 'prod-eu/mimir' }], malformed: [] });
  });
});

test('the template of a pull request explains the line, and approves nothing by itself', () => {
  const template = read('.github/pull_request_template.md');
  const ids = classes.map(({ meta }) => meta.id);
  expect(parseApprovals(template, ids)).toEqual({ approvals: [], malformed: [] });
  const [line = ''] = /^lgtm-fleet: .*$/m.exec(template) ?? [];
  expect(parseApprovals(line.replace('<reason>', 'we know'), ids).approvals).toHaveLength(1);
});

test('every cluster has its owners, and every owned cluster is there', () => {
  const owned = [...read('.github/CODEOWNERS').matchAll(/^\/(clusters|overlays)\/([^/]+)\/ (@\S+)$/gm)];
  const expected = clusters.flatMap((name) => [`clusters/${name}`, `overlays/${name}`]);
  expect(owned.map(([, folder = '', name = '']) => `${folder}/${name}`)).toEqual(expected);
});

describe('the workflow', () => {
  interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly steps: readonly {
      readonly run?: string;
      readonly uses?: string;
      readonly env?: object;
      readonly with?: { readonly ref?: string };
    }[];
  }
  const { jobs } = parse(read('.github/workflows/pull-request.yaml')) as { jobs: Readonly<Record<string, Job>> };

  test('gives what runs the code of the pull request no right to write', () => {
    expect(jobs['examine']?.permissions).toBeUndefined();
    expect(JSON.stringify(jobs['examine'])).not.toMatch(/github\.token|secrets\./);
  });

  test('runs nothing of the pull request where it may write', () => {
    const tell = jobs['tell']!;
    expect(tell.permissions).toEqual({
      actions: 'read',
      contents: 'read',
      'pull-requests': 'write',
      'security-events': 'write',
    });
    const refs = tell.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')).map((step) => step.with?.ref);
    expect(refs).toEqual(['${{ github.event.pull_request.base.sha }}']);
    for (const { run = '' } of tell.steps) expect(run).not.toMatch(/npm|npx|node /);
  });

  test('hands the text of the pull request over as a value', () => {
    const [, ...rest] = JSON.stringify(jobs).split('github.event.pull_request.body');
    expect(rest).toHaveLength(1);
    expect(jobs['examine']?.steps.find(({ env }) => env !== undefined)?.env).toEqual({
      LGTM_FLEET_APPROVALS: '${{ github.event.pull_request.body }}',
    });
  });
});

describe('the scripts of the workflow', () => {
  /** A stand-in for gh that says what it was asked, and answers with some comments. */
  const gh = (comments: readonly unknown[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'lgtm-gh-'));
    writeFileSync(join(folder, 'comments.json'), JSON.stringify(comments));
    writeFileSync(
      join(folder, 'gh'),
      `#!/bin/sh\necho "$*" >> ${folder}/asked\ncase "$*" in *--paginate*) cat ${folder}/comments.json ;; esac\n`,
      { mode: 0o755 },
    );
    const run = (script: string, ...args: readonly string[]): string => {
      execFileSync(join(root, '.github', script), args, {
        stdio: 'pipe',
        env: {
          PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
          GH_REPO: 'o/r',
          GITHUB_SHA: 'abc',
          GITHUB_REF: 'refs/pull/7/merge',
        },
      });
      return readFileSync(join(folder, 'asked'), 'utf8');
    };
    return { folder, run };
  };
  const report = '<!-- lgtm-fleet: diff -->\n## Title\n';
  const bot = (id: number, body: string) => ({ id, body, user: { type: 'Bot' } });

  test.each([
    ['a first comment is made', [bot(1, 'hello')], '--method=POST repos/o/r/issues/7/comments'],
    [
      'the one before is written again',
      [bot(1, 'hello'), bot(2, report)],
      '--method=PATCH repos/o/r/issues/comments/2',
    ],
    [
      'that of a person is left alone',
      [{ id: 3, body: report, user: { type: 'User' } }],
      '--method=POST repos/o/r/issues/7/comments',
    ],
  ])('%s', (_what, comments, expected) => {
    const { folder, run } = gh(comments);
    writeFileSync(join(folder, 'diff.md'), report);
    const [list, write, ...more] = run('comment', '7', join(folder, 'diff.md')).trim().split('\n');
    expect(list).toBe('api --paginate repos/o/r/issues/7/comments');
    expect(write).toBe(`api --silent ${expected} --field=body=@${join(folder, 'diff.md')}`);
    expect(more).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test('a comment of no report, or for no number, is refused', () => {
    const { folder, run } = gh([]);
    writeFileSync(join(folder, 'diff.md'), 'Title\n');
    expect(() => run('comment', '7', join(folder, 'diff.md'))).toThrow(/does not begin/);
    writeFileSync(join(folder, 'diff.md'), report);
    expect(() => run('comment', '7; rm', join(folder, 'diff.md'))).toThrow(/is no number/);
    rmSync(folder, { recursive: true });
  });

  test('each SARIF file is uploaded for the commit', () => {
    const { folder, run } = gh([]);
    writeFileSync(join(folder, 'one.sarif'), '{}');
    writeFileSync(join(folder, 'empty.sarif'), '');
    const asked = run('upload-sarif', folder).trim().split('\n');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(
      /^api --silent --method=POST repos\/o\/r\/code-scanning\/sarifs --raw-field=commit_sha=abc --raw-field=ref=refs\/pull\/7\/merge --field=sarif=@\S+$/,
    );
    rmSync(folder, { recursive: true });
  });
});
