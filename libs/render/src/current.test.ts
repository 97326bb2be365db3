import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isCurrent } from './current.ts';

const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-current-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A program that says a version, and leaves a mark in `asked` each time. */
function program(name: string, version: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho asked >> ${folder}/asked\necho '${version}'\n`, { mode: 0o755 });
  return path;
}

test.each([
  ['kustomize', 'v5.8.2', true],
  ['kustomize', '{Version:kustomize/v4.5.7 GitCommit:0}', false],
  ['kustomize', '(devel)', true],
  ['kubectl', '{ "kustomizeVersion": "v5.6.0" }', true],
  ['kubectl', '{ "clientVersion": {} }', false],
])('%s that says %s: %s', async (name, version, expected) => {
  expect(await isCurrent(program(name, version), join(folder, `cache-${version.replaceAll(/\W/g, '')}`))).toBe(
    expected,
  );
});

test('a program is asked once, and again when it has changed', async () => {
  const path = program('kustomize', 'v5.8.2');
  const cache = join(folder, 'cache');
  expect(await isCurrent(path, cache)).toBe(true);
  program('kustomize', 'v4.0.0');
  utimesSync(path, 1, 1);
  expect(await isCurrent(path, cache)).toBe(false);
  rmSync(join(folder, 'asked'));
  expect(await isCurrent(path, cache)).toBe(false);
  expect(() => {
    rmSync(join(folder, 'asked'));
  }).toThrow('ENOENT');
});

test.each(['not JSON', '[]', '{"x": 3}', 'null'])('a cache that holds %s is as good as none', async (text) => {
  const cache = mkdtempSync(join(folder, 'cache-'));
  writeFileSync(join(cache, 'kustomize-programs.json'), text);
  expect(await isCurrent(program('kustomize', 'v5.8.2'), cache)).toBe(true);
});

test('where the cache cannot be written, the answer is the same', async () => {
  expect(await isCurrent(program('kustomize', 'v5.8.2'), '/dev/null/cache')).toBe(true);
});
