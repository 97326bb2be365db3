import { expect, test } from 'vitest';
import { startCleanup } from '../cleanup.ts';
import { machineAt } from './machine.ts';
import { startObjectStorage } from './object-storage.ts';

const cleanup = startCleanup();
const machine = machineAt('127.0.0.1', cleanup);
const weed = machine.find('weed');

test.skipIf(weed === undefined)(
  `object storage outside has its buckets, and keys of its own${weed === undefined ? ' (skipped: no weed)' : ''}`,
  { timeout: 60_000 },
  async () => {
    try {
      const { endpoint, accessKey, secretKey } = await startObjectStorage(machine, weed ?? '', ['one', 'two']);
      expect(accessKey).toMatch(/^[0-9a-f]{20}$/);
      expect(secretKey).toMatch(/^[0-9a-f]{40}$/);
      const listed = await (await fetch(`http://${endpoint}/`)).text();
      expect([...listed.matchAll(/<Name>([^<]+)<\/Name>/g)].map(([, name]) => name)).toEqual(['one', 'two']);
      expect((await fetch(`http://${endpoint}/three`)).status).toBe(404);
    } finally {
      cleanup.run();
    }
  },
);
