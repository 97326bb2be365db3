import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { edgeFiles } from '@lgtm-fleet/overlay';
import { plan, type Plan } from '@lgtm-fleet/plan';
import { parseLogql, parsePromql } from '@lgtm-fleet/queries';
import { clusterSchema } from '@lgtm-fleet/spec';
import { anyCluster } from '@lgtm-fleet/spec/testing';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { clusterPage } from '../cluster-page.ts';
import { edgePages } from './pages.ts';

const fleet = { repository: 'https://git.example.com/fleet.git' };
const root = join(import.meta.dirname, '../../../..');

function law(check: (planned: Plan, pages: ReadonlyMap<string, string>) => void): void {
  let seen = 0;
  fc.assert(
    fc.property(anyCluster, (cluster) => {
      const planned = plan(cluster, fleet);
      const pages = edgePages(planned, ['Generated.']);
      seen += pages.size;
      check(planned, pages);
    }),
    { numRuns: 40 },
  );
  expect(seen, 'some have machines or senders').toBeGreaterThan(0);
}

/** Where links of a page lead, from the repository's root. */
function targets(page: string, folder: string): readonly string[] {
  return [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !to.startsWith('https:'))
    .map((to) => posix.join(folder, to).replace(/\/$/, ''));
}

test('each group and each sender has a page, and the page of the cluster leads to it', () => {
  law((planned, pages) => {
    const names = [...planned.ingest.hosts, ...planned.ingest.senders].map(({ name }) => name);
    expect([...pages.keys()]).toEqual(names);
    const folder = `overlays/${planned.cluster}`;
    const linked = targets(clusterPage(planned, []), folder).filter((to) => to.startsWith(`${folder}/edge/`));
    expect(linked).toEqual(names.map((name) => `${folder}/edge/${name}`));
  });
});

test('links lead to what is there', () => {
  law((planned, pages) => {
    const files = edgeFiles(planned);
    for (const [name, page] of pages)
      for (const to of targets(page, `overlays/${planned.cluster}/edge/${name}`))
        expect(files.has(to) || to === planned.specPath || existsSync(join(root, to)), `${name}: ${to}`).toBe(true);
  });
});

test('every file that is given is linked', () => {
  law((planned, pages) => {
    for (const path of edgeFiles(planned).keys()) {
      const [, , , name = '', file = ''] = path.split('/');
      expect(pages.get(name), path).toContain(`](${file})`);
    }
  });
});

const home = (fields: Readonly<Record<string, unknown>>, credential = 'password', ingest = {}): Plan =>
  plan(
    clusterSchema.parse({
      apiVersion: 'lgtm-fleet/v1',
      kind: 'Cluster',
      metadata: { name: 'home' },
      spec: {
        load: { metrics: { activeSeries: '100k' } },
        metrics: { store: 'mimir' },
        exposure: {
          gateway: { name: 'public', namespace: 'gateways' },
          grafana: { hostname: 'grafana.example.com' },
          ingest: { hostname: 'push.example.com', ...ingest },
        },
        tenants: [{ name: 'main', writers: [{ name: 'plant', credential }] }],
        ingest: fields,
      },
    }),
    fleet,
  );

function page(planned: Plan): string {
  const [text] = edgePages(planned, ['Generated.']).values();
  return text ?? '';
}

describe.each(['linux', 'windows'])('the page of machines with %s', (os) => {
  const group = (fields = {}, credential?: string) =>
    page(home({ hosts: [{ name: 'vms', writer: 'plant', os, ...fields }] }, credential));

  it('has queries that are queries', () => {
    const queries = [...group({ otlp: true }).matchAll(/^\|[^|]+\| `([^`]+)` \|$/gm)].map(([, query = '']) => query);
    expect(queries).toHaveLength(5);
    for (const query of queries) {
      const { faults } = query.startsWith('{') ? parseLogql(query) : parsePromql(query);
      expect(faults, query).toEqual([]);
    }
  });

  it('names the pinned version, the credential of its kind and what is kept of each signal', () => {
    const text = group({ otlp: true, files: [os === 'linux' ? '/var/log/*.log' : 'C:\\*.log'], buffer: '2d' });
    expect(text).toContain('1.18.1');
    expect(text).toContain('a password');
    const kept = text.slice(text.indexOf('| signal | kept |'));
    expect([...kept.matchAll(/^\| ([^|]+) \|/gm)].map(([, signal]) => signal).slice(2)).toEqual([
      'metrics',
      os === 'linux' ? 'the journal' : 'event logs',
      'files',
      'OTLP',
    ]);
    expect(kept).toContain('48h (`buffer`)');
    expect(group({}, 'certificate')).toContain('plant.key');
  });
});

test('commands for a shell are commands', () => {
  for (const credential of ['password', 'token', 'certificate']) {
    const senders = [{ name: 'till', writer: 'plant', protocols: ['loki', 'otlp', 'remote-write'] }];
    for (const fields of [{ hosts: [{ name: 'vms', writer: 'plant' }] }, { senders }]) {
      const blocks = [...page(home(fields, credential)).matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code = '']) => code);
      expect(blocks.length).toBeGreaterThan(0);
      for (const code of blocks)
        expect(spawnSync('sh', ['-n'], { input: code, encoding: 'utf8' }), code).toMatchObject({
          status: 0,
          stderr: '',
        });
    }
  }
});

test('who is inside is told so, and a pair what it has to say', () => {
  const sender = { name: 'till', writer: 'plant', protocols: ['remote-write'], pair: {} };
  const text = page(home({ senders: [sender] }));
  expect(text).toContain('another `__replica__` on each');
  expect(text).not.toContain('good inside the cluster alone');
  const { exposure: _, ...inside } = home({ senders: [sender] });
  expect(page(inside)).toContain('good inside the cluster alone');
});

test.each([
  ['at its host name', { grpcHostname: 'otlp.example.com' }, 'token', 'https://otlp.example.com:443', 'Bearer%20'],
  ['past it, with a certificate', {}, 'certificate', 'https://push.example.com:8444', 'OTLP_CLIENT_KEY'],
])('where a sender pushes by gRPC, and what with: %s', (_, ingest, credential, url, signIn) => {
  const sender = { name: 'till', writer: 'plant', protocols: ['otlp'] };
  const text = page(home({ senders: [sender] }, credential, ingest));
  expect(text).toContain(`OTEL_EXPORTER_OTLP_ENDPOINT=${url}`);
  expect(text).toContain(signIn);
});

test('a sender with no way in by gRPC is told so', () => {
  expect(page(home({ senders: [{ name: 'till', writer: 'plant', protocols: ['otlp'] }] }))).toContain(
    'By gRPC there is no way in from outside',
  );
});
