import type { Reader } from '@lgtm-fleet/bootstrap';
import type { Client } from './client.ts';
import { podsOf } from './rollout.ts';

/** Of programs that read a Secret when they start, those with a pod that is older than what the Secret has now. */
export async function outdatedReaders(client: Client, readers: readonly Reader[]): Promise<readonly Reader[]> {
  const distinct = [...new Map(readers.map((one) => [`${one.namespace}/${one.kind}/${one.name}`, one])).values()];
  const found = await Promise.all(
    distinct.map(async (reader) => {
      const { namespace, secret } = reader;
      const written = await client.read({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name: secret } });
      const times = (written?.metadata.managedFields ?? []).map(({ time = '' }) => Date.parse(time));
      const last = Math.max(...times.filter((time) => !Number.isNaN(time)));
      const pods = await podsOf(client, reader);
      // Both times are the server's, and say whole seconds. Who waits for an image has not read anything yet.
      const stale = pods.some(
        ({ metadata, status }) => status?.phase === 'Running' && Date.parse(metadata.creationTimestamp ?? '') <= last,
      );
      return stale ? [reader] : [];
    }),
  );
  return found.flat();
}
