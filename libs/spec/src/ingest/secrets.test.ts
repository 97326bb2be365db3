import { z } from 'zod';
import { describe, expect, test } from 'vitest';
import { places, sourceOf } from './ingest.fixture.ts';
import { secretsOf } from './secrets.ts';
import { source } from './sources.ts';

const found = (settings: object) =>
  secretsOf({ sources: [sourceOf(settings)] }).map(({ secret, key, path }) => `${secret}/${key} at ${path.join('.')}`);
const key = (name: string) => ({ secret: 'shop', key: name });

describe('references to Secrets', () => {
  test('are found at any depth, with their places', () => {
    expect(
      found({
        static: {
          targets: ['a.example.com:1'],
          auth: { basic: { username: 'u', password: key('password') } },
          tls: { ca: key('ca') },
        },
      }),
    ).toEqual([
      'shop/password at spec.ingest.sources.0.static.auth.basic.password',
      'shop/ca at spec.ingest.sources.0.static.tls.ca',
    ]);
    const servers = ['a.example.com:1', 'b.example.com:1'].map((address) => ({
      address,
      dataSource: key(address[0]!),
    }));
    expect(found({ postgresql: { servers } })).toEqual([
      'shop/a at spec.ingest.sources.0.postgresql.servers.0.dataSource',
      'shop/b at spec.ingest.sources.0.postgresql.servers.1.dataSource',
    ]);
  });

  test('are not labels that people call so', () => {
    expect(
      found({
        labels: { secret: 'tenant-credentials', key: 'b' },
        static: { targets: ['a.example.com:1'], params: { secret: ['a'], key: ['b'] } },
      }),
    ).toEqual([]);
  });

  test('are looked for wherever people choose no names', () => {
    // Every record of the schema, by the key that it stands at.
    const records = new Set<string>();
    const walk = (node: unknown, name: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if ('additionalProperties' in node && typeof node.additionalProperties === 'object') records.add(name);
      for (const [at, inner] of Object.entries(node)) {
        if (at === 'properties') for (const [own, each] of Object.entries(inner as object)) walk(each, own);
        else walk(inner, name);
      }
    };
    walk(z.toJSONSchema(source, { io: 'input' }), '');
    const skipped = [...records].filter(
      (name) => secretsOf({ sources: [{ kind: { [name]: key('x') } }] }).length === 0,
    );
    expect([...records].toSorted()).toEqual(['filters', 'labels', 'params', 'tags']);
    expect(skipped.toSorted()).toEqual([...records].toSorted());
  });

  test('that the stack fills itself are not for sources', () => {
    const secret = { secret: 'tenant-credentials', key: 'main' };
    expect(places([{ name: 'a', redis: { servers: ['a.example.com:1'], password: secret } }])).toEqual([
      'secret-of-the-stack: tenant-credentials',
    ]);
  });
});
