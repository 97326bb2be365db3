import type { Plan } from '@lgtm-fleet/plan';
import { planOf } from '@lgtm-fleet/plan/testing';
import { describe, expect, it } from 'vitest';
import { secrets } from './resources.ts';

const emitted = (of: Plan) =>
  secrets(of, {
    name: 'secrets',
    namespace: 'observability',
    mode: 'single',
    variants: [],
    wave: -6,
    releases: [],
    workloads: [],
  });

describe('with a secret store', () => {
  const of = planOf({
    secrets: { externalSecrets: { store: 'vault' } },
    objectStorage: { seaweedfs: {} },
    tenants: [{ name: 'a-b' }, { name: 'c' }],
  });
  const objects = emitted(of).objectFiles.flatMap((file) => file.objects);

  it('fills every Secret of the plan, with every key', () => {
    const filled = objects.map(({ metadata, spec }) => {
      const { data } = spec as { data: { secretKey: string; remoteRef: { key: string; property: string } }[] };
      for (const { secretKey, remoteRef } of data)
        expect(remoteRef).toMatchObject({ key: `lgtm-fleet/test/${metadata.name}`, property: secretKey });
      return { name: metadata.name, namespace: metadata.namespace, keys: data.map(({ secretKey }) => secretKey) };
    });
    expect(filled).toEqual(of.secrets.map(({ name, namespace, keys }) => ({ name, namespace, keys })));
  });

  it('takes what else the gateway has to check against, where it is there, and of no other Secret', () => {
    const open = objects.filter(({ spec }) => 'dataFrom' in (spec as object));
    expect(open.map(({ metadata }) => metadata.name)).toEqual(['gateway-credentials']);
    expect(open[0]?.['spec']).toMatchObject({
      dataFrom: [{ extract: { key: 'lgtm-fleet/test/gateway-credentials' } }],
    });
  });

  it('reads what the plan names: an edge has the passwords of its hub', () => {
    const edge = { ...of, secrets: of.secrets.map((secret) => ({ ...secret, remoteKey: 'lgtm-fleet/hub/some' })) };
    expect(JSON.stringify(emitted(edge))).not.toContain('lgtm-fleet/test/');
    expect(JSON.stringify(emitted(edge))).toContain('"key":"lgtm-fleet/hub/some"');
  });

  it('gives each a file of its own', () => {
    const names = emitted(of).objectFiles.map(({ name }) => name);
    expect(new Set(names).size).toBe(of.secrets.length);
    expect(names).toContain('monitoring-tenant-credentials.yaml');
    expect(names).toContain('observability-tenant-credentials.yaml');
  });

  it('holds no value', () => {
    expect(JSON.stringify(objects)).not.toMatch(/"(?:stringData|kind":"Secret)"/);
    expect(
      objects.every(({ kind, apiVersion }) => kind === 'ExternalSecret' && apiVersion === 'external-secrets.io/v1'),
    ).toBe(true);
  });
});

it('makes nothing where Secrets are made at bootstrap', () => {
  expect(emitted(planOf({}))).toEqual({ configFiles: [], objectFiles: [], patchFiles: [] });
});
