import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeCheckout, removeCheckout, textsBelow, writeAt } from './testing/checkout.ts';
import { runCli } from './testing/cli.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const SEALED = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: grafana-admin, namespace: observability }
spec:
  encryptedData: { username: AgBy3i4OJSWK, password: AgBy3i4OJSWK, secret-key: AgBy3i4OJSWK }
`;
const CIPHERTEXT = 'ENC[AES256_GCM,data:p673w==,type:str]';
const ENCRYPTED = `apiVersion: v1
kind: Secret
metadata: { name: grafana-admin, namespace: observability }
stringData: { username: '${CIPHERTEXT}', password: '${CIPHERTEXT}', secret-key: '${CIPHERTEXT}' }
sops: { mac: '${CIPHERTEXT}', version: 3.11.0 }
`;

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) removeCheckout(root);
});

/** A checkout with one cluster `lab`, whose Secrets are committed; generated, and rendered by the real Kustomize. */
async function rendered(
  source: string,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const spec = `apiVersion: lgtm-fleet/v1\nkind: Cluster\nmetadata: { name: lab }\nspec: { secrets: { ${source}: {} } }\n`;
  const root = makeCheckout({ 'clusters/lab/cluster.yaml': spec });
  roots.push(root);
  cpSync(join(REPOSITORY, 'base'), join(root, 'base'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeAt(root, `clusters/lab/secrets/${name}`, text);
  expect(await runCli(['generate-overlay', '--root', root])).toMatchObject({ exitCode: 0, stderr: '' });
  const output = join(root, 'rendered');
  expect(await runCli(['render', '--root', root, '--output', output])).toMatchObject({ exitCode: 0 });
  // A second time there is nothing to do, and nothing of the person's was touched.
  expect(await runCli(['generate-overlay', '--check', '--root', root])).toMatchObject({ exitCode: 0 });
  for (const [name, text] of Object.entries(files))
    expect(textsBelow(root, 'clusters/lab/secrets')[`clusters/lab/secrets/${name}`]).toBe(text);
  return { ...textsBelow(root, 'rendered'), ...textsBelow(root, 'clusters') };
}

test('SealedSecrets are synced as they were sealed, and Argo CD watches their folder', async () => {
  const files = await rendered('sealedSecrets', {
    'kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [grafana-admin.yaml]\n',
    'grafana-admin.yaml': SEALED,
  });
  const [, manifests = ''] =
    Object.entries(files).find(([, text]) => text.includes('encryptedData') && text.includes('part-of')) ?? [];
  expect(manifests).toContain('name: grafana-admin');
  expect(manifests).toContain('password: AgBy3i4OJSWK');
  expect(files['clusters/lab/applications/secrets.yaml']).toMatch(/manifest-generate-paths: .*clusters\/lab\/secrets/);
});

test('before the first is sealed, there is an empty overlay and no broken one', async () => {
  const files = await rendered('sealedSecrets', {});
  expect(files['clusters/lab/applications/secrets.yaml']).toBeDefined();
});

test('what SOPS encrypted never reaches Argo CD: as it is, it would fill Secrets with ciphertext', async () => {
  const files = await rendered('sops', { 'grafana-admin.yaml': ENCRYPTED });
  const others = Object.entries(files).filter(([path]) => !path.startsWith('clusters/lab/secrets/'));
  expect(others.length).toBeGreaterThan(20);
  expect(others.filter(([, text]) => text.includes(CIPHERTEXT) || text.includes('lab/secrets'))).toEqual([]);
  expect(files['clusters/lab/applications/secrets.yaml']).toBeUndefined();
});
