import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fingerprint, makeCheckout, textsBelow, writeAt } from './testing/checkout.ts';
import { runCli } from './testing/cli.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

const SCHEMA = 'schemas/cluster.schema.json';

function checkout(): string {
  const root = makeCheckout();
  roots.push(root);
  writeAt(root, 'clusters/home/cluster.yaml', '');
  return root;
}

describe.concurrent('generate-schema', () => {
  test('writes the schema that this repository has committed, and then nothing', async () => {
    const root = checkout();
    expect(await runCli(['generate-schema', '--root', root])).toMatchObject({ exitCode: 0, stderr: '' });
    const committed = textsBelow(join(import.meta.dirname, '../..'), 'schemas')[SCHEMA];
    expect(committed).toBeDefined();
    expect(textsBelow(root, 'schemas')).toEqual({ [SCHEMA]: committed });
    const before = fingerprint(root);
    const again = await runCli(['generate-schema', '--root', root]);
    expect(again).toMatchObject({ exitCode: 0, stdout: `${SCHEMA}: fresh\n`, stderr: '' });
    expect(fingerprint(root)).toEqual(before);
  });

  test('--check writes nothing and names the command that repairs', async () => {
    const root = checkout();
    writeAt(root, SCHEMA, '{}');
    const before = fingerprint(root);
    const ended = await runCli(['generate-schema', '--check', '--root', root]);
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain(`${SCHEMA} is stale`);
    expect(ended.stderr).toContain('nx run tools:generate-schema');
    expect(fingerprint(root)).toEqual(before);
  });

  test('writes through no symbolic link', async () => {
    const root = checkout();
    const outside = makeCheckout();
    roots.push(outside);
    symlinkSync(outside, join(root, 'schemas'));
    const ended = await runCli(['generate-schema', '--root', root]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ended.stderr).toContain('symbolic link');
    expect(Object.keys(textsBelow(outside, '.'))).toEqual(['package.json']);
  });
});
