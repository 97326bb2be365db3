import {
  INSTANCE,
  LGTM_FLEET,
  PART_OF,
  variableOf,
  type ClusterObject,
  type SecretChange,
  type SecretValues,
} from '@lgtm-fleet/bootstrap';
import type { Plan } from '@lgtm-fleet/plan';
import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { problem, type Problem } from '../workspace/problem.ts';
import { BOOTSTRAP_MANAGER } from './apply.ts';
import type { Client, Reference } from './client.ts';

interface SecretObject extends ClusterObject {
  readonly data?: Readonly<Record<string, string>>;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Forty letters and digits: 238 bits. */
export function newPassword(): string {
  return Array.from({ length: 40 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export function newSalt(): Uint8Array {
  return randomBytes(8);
}

export type Secrets = ReadonlyMap<string, SecretValues>;

/** Those Secrets that exist, decoded, by `namespace/name`. */
export async function readSecrets(
  client: Client,
  secrets: readonly { readonly namespace: string; readonly name: string }[],
): Promise<Secrets> {
  const found = await Promise.all(
    secrets.map(async ({ namespace, name }) => {
      const secret = (await client.read(reference(namespace, name))) as SecretObject | undefined;
      return secret === undefined ? [] : [[`${namespace}/${name}`, decoded(secret)] as const];
    }),
  );
  return new Map(found.flat());
}

function decoded(secret: SecretObject): SecretValues {
  return Object.fromEntries(
    Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

/**
 * Writes one Secret: makes it, or changes the keys that are named. A race with another writer is an error, never an
 * overwrite.
 *
 * @param seen what the change was made from
 * @throws ApiError 409 where somebody else was faster
 */
export async function writeSecret(client: Client, plan: Plan, change: SecretChange, seen: Secrets): Promise<void> {
  const { namespace, name, values, removed = [] } = change;
  const data = Object.fromEntries([
    ...Object.entries(values).map(([key, value]) => [key, Buffer.from(value, 'utf8').toString('base64')] as const),
    ...removed.map((key) => [key, null] as const),
  ]);
  if (!change.exists) {
    await client.send({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/secrets?fieldManager=${BOOTSTRAP_MANAGER}`,
      body: {
        ...reference(namespace, name),
        metadata: {
          namespace,
          name,
          labels: {
            [PART_OF]: LGTM_FLEET,
            [INSTANCE]: plan.cluster,
            'app.kubernetes.io/managed-by': BOOTSTRAP_MANAGER,
          },
        },
        type: 'Opaque',
        data,
      },
    });
    return;
  }
  const present = (await client.read(reference(namespace, name))) as SecretObject | undefined;
  const before = seen.get(`${namespace}/${name}`);
  const now = present === undefined ? undefined : decoded(present);
  if (Object.keys(data).some((key) => now?.[key] !== before?.[key]))
    throw Object.assign(new Error(`Secret ${name} in namespace ${namespace} was changed meanwhile; run this again`), {
      status: 409,
      reason: 'Conflict',
    });
  await client.send({
    method: 'PATCH',
    path: `/api/v1/namespaces/${namespace}/secrets/${name}?fieldManager=${BOOTSTRAP_MANAGER}`,
    contentType: 'application/merge-patch+json',
    body: { metadata: { resourceVersion: present?.metadata.resourceVersion }, data },
  });
}

/** Values that a person gives: files named on the command line, and the environment. */
export function givenSecrets(plan: Plan, flags: readonly string[]): ReadonlyMap<string, string> | Problem {
  const given = new Map<string, string>();
  for (const { name, keys } of plan.secrets)
    for (const key of keys) {
      const value = process.env[variableOf(`${name}/${key}`)];
      if (value !== undefined && value !== '') given.set(`${name}/${key}`, value);
    }
  for (const flag of flags) {
    const match = /^([^/=]+\/[^/=]+)=@(.+)$/.exec(flag);
    const [, nameAndKey, path] = match ?? [];
    if (nameAndKey === undefined || path === undefined)
      return problem(
        // Not shown: somebody may have put the value itself there.
        'a --secret is not of the form NAME/KEY=@FILE',
        'values are read from files, since others can read a command line: --secret grafana-oidc/client-secret=@secret.txt',
      );
    let value: string;
    try {
      value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    } catch {
      return problem(`the file of secret ${nameAndKey} cannot be read: ${path}`, 'check its name');
    }
    if (value === '') return problem(`the file of secret ${nameAndKey} is empty: ${path}`, 'put the value in it');
    given.set(nameAndKey, value);
  }
  return given;
}

function reference(namespace: string, name: string): Reference {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name } };
}
