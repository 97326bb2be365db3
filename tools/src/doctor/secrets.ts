import type { SecretFacts } from '@lgtm-fleet/doctor';
import type { Plan } from '@lgtm-fleet/plan';
import { X509Certificate } from 'node:crypto';
import type { Client } from '../kubernetes/client.ts';
import type { Probing } from './probing.ts';

/** What Secrets hold, for as long as the doctor runs; only {@link SecretFacts} leave it. */
export interface Vault {
  readonly facts: readonly SecretFacts[] | undefined;
  /** What a Secret has under a key. */
  readonly value: (namespace: string, name: string, key: string) => string | undefined;
  /** Every value, so that texts can be freed of them. */
  readonly values: readonly string[];
}

type Data = Readonly<Record<string, string>>;

/** The Secrets that the plan names, and those of its certificates. */
export async function openVault(client: Client, plan: Plan, { probe }: Probing): Promise<Vault> {
  const wanted = new Map<string, { readonly namespace: string; readonly name: string }>(
    [
      ...plan.secrets.map(({ namespace, name }) => ({ namespace, name })),
      ...plan.certificates.map(({ namespace, secretName }) => ({ namespace, name: secretName })),
    ].map((one) => [`${one.namespace}/${one.name}`, one]),
  );
  const read = await Promise.all(
    [...wanted.values()].map(async ({ namespace, name }) => {
      const found = await probe(`Secret ${namespace}/${name}`, async (signal) => {
        const object = await client.read({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name } }, signal);
        return { data: object === undefined ? undefined : ((object['data'] ?? {}) as Data) };
      });
      return { namespace, name, found };
    }),
  );
  const data = new Map(
    read.flatMap(({ namespace, name, found }) =>
      found?.data === undefined ? [] : [[`${namespace}/${name}`, decoded(found.data)] as const],
    ),
  );
  const known = read.every(({ found }) => found !== undefined);
  return {
    // One that may not be read would seem to be gone.
    facts: known
      ? read.flatMap(({ namespace, name }) => {
          const values = data.get(`${namespace}/${name}`);
          return values === undefined ? [] : [factsOf(namespace, name, values)];
        })
      : undefined,
    value: (namespace, name, key) => data.get(`${namespace}/${name}`)?.[key],
    values: [...data.values()].flatMap((values) => Object.values(values)),
  };
}

function decoded(data: Data): Data {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

function factsOf(namespace: string, name: string, values: Data): SecretFacts {
  const certificates = Object.entries(values).flatMap(([key, value]) => {
    const notAfter = endOf(value);
    return notAfter === undefined ? [] : [{ key, notAfter }];
  });
  return { namespace, name, keys: Object.keys(values).toSorted(), ...(certificates.length > 0 && { certificates }) };
}

/** Until when a certificate is valid; undefined for what is none. */
function endOf(text: string): string | undefined {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return undefined;
  try {
    return new Date(new X509Certificate(text).validTo).toISOString();
  } catch {
    return undefined;
  }
}
