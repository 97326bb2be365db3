import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runProgram } from '../programs.ts';
import { machineAt } from './machine.ts';
import { unpackPackages, type Run } from './packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lgtm-fleet-packages-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const isDebian = (await runProgram('dpkg-deb', ['--version'])).code === 0;

/** A package with one program, as Debian's are. */
function makePackage(): string {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, 'usr/bin'), { recursive: true });
  mkdirSync(join(tree, 'DEBIAN'));
  writeFileSync(join(tree, 'usr/bin/e2e-outside'), '#!/bin/sh\necho unpacked\n');
  chmodSync(join(tree, 'usr/bin/e2e-outside'), 0o755);
  writeFileSync(
    join(tree, 'DEBIAN/control'),
    'Package: e2e-outside\nVersion: 1\nArchitecture: all\nMaintainer: nobody <nobody@example.com>\nDescription: a test\n',
  );
  const archive = join(folder, 'e2e-outside_1_all.deb');
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', tree, archive], { stdio: 'ignore' });
  return archive;
}

test.skipIf(!isDebian)(
  `packages are downloaded with lists of their own, and unpacked${isDebian ? '' : ' (skipped: no dpkg-deb)'}`,
  async () => {
    const archive = makePackage();
    const place = mkdtempSync(join(folder, 'place-'));
    const asked: string[] = [];
    const run: Run = async (command, args) => {
      if (command === 'dpkg-deb') return execFileSync(command, args, { encoding: 'utf8' });
      const [option = '', ...rest] = args;
      asked.push([command, ...rest].join(' '));
      const file = option.replace('--config-file=', '');
      // The real one reads this file, and asks nobody.
      const settings = (await runProgram('apt-config', [`--config-file=${file}`, 'dump'])).stdout;
      expect(settings).toContain(`Dir::State::lists "${join(place, 'lists')}"`);
      expect(settings).not.toMatch(/^APT::Update::[\w-]+:: /m);
      const cache = /^Dir::Cache "(.*)";$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
      if (rest.includes('install')) cpSync(archive, join(cache, 'archives/e2e-outside_1_all.deb'));
      return '';
    };
    const root = await unpackPackages(run, place, ['e2e-outside', 'other']);
    expect(asked).toEqual([
      'apt-get --quiet update',
      'apt-get --quiet install --yes --no-install-recommends --download-only e2e-outside other',
    ]);
    const program = machineAt('127.0.0.1', { add: () => undefined, run: () => undefined }, [root]).find('e2e-outside');
    expect(program).toBe(join(root, 'usr/bin/e2e-outside'));
    expect((await runProgram(program!, [])).stdout).toBe('unpacked\n');
    expect(existsSync('/usr/bin/e2e-outside')).toBe(false);
    // Others than root may get in.
    expect(statSync(place).mode & 0o777).toBe(0o755);
  },
);
