import { pagesOf } from '@lgtm-fleet/doctor';
import { expect, test } from 'vitest';
import { readPage } from './pages.ts';
import type { Door } from './reach.ts';

const limits = pagesOf({ component: 'mimir', role: 'ingester' }).find(({ gives }) => gives === 'limits')!;

/** A door behind which each path gives one text. */
function doorTo(texts: Readonly<Record<string, string>>): Door {
  return {
    ask: ({ path }) => {
      const text = texts[path];
      return Promise.resolve(text === undefined ? { status: 404, text: '' } : { status: 200, text });
    },
    close: () => undefined,
  };
}

/** As Mimir writes the limits of so many tenants, of each so many. */
function runtimeConfig(tenants: number, each: number): string {
  const keys = Array.from({ length: each }, (_, key) => `        limit_${String(key)}: ${String(key)}\n`).join('');
  return `overrides:\n${Array.from({ length: tenants }, (_, tenant) => `    tenant-${String(tenant)}:\n${keys}`).join('')}`;
}

test('Mimir is asked for what is not as usual', async () => {
  const { facts, fault } = await readPage(
    doorTo({ '/runtime_config': runtimeConfig(500, 170), '/runtime_config?mode=diff': runtimeConfig(500, 8) }),
    limits,
  );
  expect(fault).toBeUndefined();
  expect(Object.keys(facts?.limits ?? {})).toHaveLength(500);
  expect(facts?.limits?.['tenant-499']?.['limit_7']).toBe(7);
});

test('limits that are too many to be read are not known, and no fault', async () => {
  const read = await readPage(doorTo({ [limits.path]: runtimeConfig(500, 170) }), limits);
  expect(read.fault).toBeUndefined();
  expect(read.facts).toBeUndefined();
  expect(read.tooLarge).toEqual([
    {
      path: '/runtime_config?mode=diff',
      because: expect.stringMatching(/^it has (?:\d+ characters|more lines)/) as string,
    },
  ]);
});

test('what has no limits at all is a fault', async () => {
  const { fault, tooLarge } = await readPage(doorTo({ [limits.path]: '<html>' }), limits);
  expect(fault).toMatchObject([{ kind: 'garbage', detail: '<html>' }]);
  expect(tooLarge).toBeUndefined();
});

test('more than is taken of a page is not known, and no fault', async () => {
  const large: Door = {
    ask: () =>
      Promise.reject(Object.assign(new Error('it has more than the 5 bytes that are read'), { kind: 'large' })),
    close: () => undefined,
  };
  expect(await readPage(large, { path: '/metrics', gives: 'metrics' })).toEqual({
    tooLarge: [{ path: '/metrics', because: 'it has more than the 5 bytes that are read' }],
  });
});
