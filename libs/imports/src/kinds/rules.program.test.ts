import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, fixturesOf } from '../testing/fixtures.ts';
import { kinds } from './index.ts';

const promtool = findProgram('promtool');
const mimirtool = findProgram('mimirtool');

/** Every file of rules that comes along, of rules of metrics. */
const rules = kinds.flatMap(({ name }) =>
  fixturesOf(name).flatMap(({ name: fixture, folder }) =>
    filesBelow(join(folder, 'expected/rules')).flatMap(([path, text]) =>
      /\blogql\b|\|=|\|~/.test(text)
        ? []
        : [[`${name}/${fixture}/${path}`, join(folder, 'expected/rules', path)] as const],
    ),
  ),
);

const says = (program: string | undefined, ...args: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program ?? '', args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
};

test('there are rules to look at', () => {
  expect(rules.length).toBeGreaterThan(3);
});

describe.skipIf(promtool === undefined)(`promtool${unlessFound('promtool', promtool)}`, () => {
  test.each(rules)('takes %s', (_, path) => {
    expect(says(promtool, 'check', 'rules', '--lint=none', path)).toBe('');
  });

  test('takes the configuration of sixty jobs, so that it is one of the real world', () => {
    const input = join(import.meta.dirname, 'prometheus/fixtures/sixty-jobs/input/prometheus.yml');
    expect(says(promtool, 'check', 'config', '--syntax-only', input)).toBe('');
  });
});

describe.skipIf(mimirtool === undefined)(`mimirtool${unlessFound('mimirtool', mimirtool)}`, () => {
  test.each(rules)('takes %s', (_, path) => {
    expect(says(mimirtool, 'rules', 'lint', '--dry-run', path)).toBe('');
  });
});
