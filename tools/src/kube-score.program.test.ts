import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout, renderExamples, type RenderedExample } from './testing/rendered.ts';

/** No critical finding of kube-score without a reason in `tools/kube-score.yaml`, and no reason without a finding. */

interface Reason {
  readonly check: string;
  readonly finding: string;
  /** `<Kind>/<namespace>/<name>`, with `*` for any characters. */
  readonly where: string;
  readonly reason: string;
}

interface Finding {
  readonly cluster: string;
  readonly check: string;
  readonly finding: string;
  readonly object: string;
  readonly container: string;
}

/** What `--output-format json` (v2) says of an object, as far as it matters here. */
interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string; readonly namespace?: string };
  readonly checks: readonly {
    readonly check: { readonly id: string; readonly name: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Of 1 (critical), 5 (warning), 7 and 10 (fine). */
const CRITICAL = 1;
/** Those that hold for all pods here, though kube-score asks for them only on request. */
const OPTIONAL = ['container-seccomp-profile', 'container-ports-check'];

const name = 'kube-score';
const program = findProgram(name);
const root = checkout();
const { reasons } = parse(readFileSync(join(root, 'tools/kube-score.yaml'), 'utf8')) as {
  readonly reasons: readonly Reason[];
};
const findings: Finding[] = [];

describe.skipIf(program === undefined)(`kube-score${unlessFound(name, program)}`, () => {
  beforeAll(async () => {
    for (const example of await renderExamples()) {
      const scored = score(example);
      expect(
        scored.some(({ type_meta: { kind } }) => kind === 'DaemonSet'),
        example.cluster,
      ).toBe(true);
      findings.push(...scored.flatMap((object) => criticals(example.cluster, object)));
    }
  }, 180_000);

  test('finds nothing critical that has no written reason', () => {
    const open = findings.filter((finding) => !reasons.some((reason) => covers(reason, finding)));
    expect(
      open.map(
        ({ cluster, object, container, check, finding }) => `${cluster}: ${object} ${container}: ${check}: ${finding}`,
      ),
    ).toEqual([]);
  });

  test('still finds what each reason is for', () => {
    const idle = reasons.filter((reason) => !findings.some((finding) => covers(reason, finding)));
    expect(idle.map(({ check, finding, where }) => `${check}: ${finding}: ${where}`)).toEqual([]);
  });
});

test('every reason says what it is for, and says it once', () => {
  for (const reason of reasons) {
    expect(Object.keys(reason)).toEqual(['check', 'finding', 'where', 'reason']);
    expect(reason.reason.trim()).toMatch(/^[A-Z].{20,}\.$/s);
  }
  const identities = reasons.map(({ check, finding, where }) => `${check}: ${finding}: ${where}`);
  expect(new Set(identities).size).toBe(identities.length);
});

/** All objects of a cluster at once, so that the policies and budgets of a pod are seen. */
function score({ cluster, version, manifests }: RenderedExample): readonly Scored[] {
  const run = spawnSync(
    program ?? name,
    [
      'score',
      '--output-format=json',
      `--kubernetes-version=v${version}`,
      // Reasons stand in one place, not in annotations of the objects.
      '--disable-ignore-checks-annotations',
      ...OPTIONAL.map((check) => `--enable-optional-test=${check}`),
      '-',
    ],
    { input: manifests, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  // 1 is a critical finding; then there is an answer all the same.
  if (run.stdout === '') throw new Error(`${cluster}: kube-score said ${run.stderr}`);
  return JSON.parse(run.stdout) as readonly Scored[];
}

function criticals(cluster: string, { type_meta, object_meta, checks }: Scored): readonly Finding[] {
  const object = `${type_meta.kind}/${object_meta.namespace ?? ''}/${object_meta.name}`;
  return checks
    .filter(({ grade, skipped }) => !skipped && grade <= CRITICAL)
    .flatMap(({ check, comments }) =>
      (comments === null || comments.length === 0 ? [{ path: '', summary: check.name }] : comments).map(
        ({ path, summary }) => ({ cluster, check: check.id, finding: summary, object, container: path }),
      ),
    );
}

function covers({ check, finding, where }: Reason, found: Finding): boolean {
  // Names of kinds and objects hold nothing that a pattern would read otherwise, but for the dot.
  const pattern = new RegExp(`^${where.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return check === found.check && finding === found.finding && pattern.test(found.object);
}
