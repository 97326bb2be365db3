import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, temporaryFolder, unlessFound } from '@lgtm-fleet/queries/testing';
import { expect, it } from 'vitest';
import { linesOf } from '../testing/page.ts';
import { keysOf, startSeaweedfs } from '../testing/seaweedfs.ts';

/** Objects that somebody deleted come back, and those that were deleted before do not: docs/backup.md. */

const aws = findProgram('aws');
const weed = findProgram('weed');
const missing = [unlessFound('aws', aws), unlessFound('weed', weed)].join('');
const folder = temporaryFolder('versions');

const PAGE = 'docs/backup.md';
const BUCKET = 'acme-attic-loki';
const keys = { accessKey: 'key', secretKey: 'secret-key' };

it.skipIf(missing !== '')(
  `what was deleted since a moment comes back from its old versions, by the lines of the page${missing}`,
  { timeout: 180_000 },
  async () => {
    const endpoint = await startSeaweedfs(weed ?? '', folder, keys, [BUCKET]);
    const run = (line: string): string =>
      execFileSync(
        '/bin/sh',
        ['-c', line.replaceAll(/\baws s3api/g, `${aws ?? ''} --endpoint-url=http://${endpoint} s3api`)],
        {
          cwd: folder,
          env: {
            HOME: folder,
            PATH: '/usr/bin:/bin',
            AWS_ACCESS_KEY_ID: keys.accessKey,
            AWS_SECRET_ACCESS_KEY: keys.secretKey,
            AWS_DEFAULT_REGION: 'us-east-1',
          },
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
    for (const line of linesOf(PAGE, 'versioning')) run(line);
    expect(run(`aws s3api get-bucket-versioning --bucket ${BUCKET}`)).toContain('Enabled');
    const ask = async (method: string, name: string, body?: string): Promise<number> =>
      (await fetch(`http://${endpoint}/${BUCKET}/${name}`, { method, ...(body !== undefined && { body }) })).status;
    const names = ['chunks/1', 'chunks/2', 'index/of day 3', 'chunks/retired'];
    for (const name of names) expect(await ask('PUT', name, `what was in ${name}`)).toBe(200);
    // The compactor, on purpose.
    expect(await ask('DELETE', 'chunks/retired')).toBe(204);
    await sleep(2100);
    const moment = new Date().toISOString().slice(0, 19);
    for (const name of names.slice(0, 3)) expect(await ask('DELETE', name)).toBe(204);
    expect(await keysOf(endpoint, BUCKET)).toEqual([]);
    for (const line of linesOf(PAGE, 'undelete')) run(line.replace('2026-10-01T08:00:00', moment));
    expect([...(await keysOf(endpoint, BUCKET))].toSorted()).toEqual(names.slice(0, 3));
    for (const name of names.slice(0, 3))
      expect(await (await fetch(`http://${endpoint}/${BUCKET}/${name}`)).text()).toBe(`what was in ${name}`);
  },
);
