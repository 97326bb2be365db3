import type { Seen } from '../check.ts';
import type { Credential } from '../front-door.ts';
import type { Stage } from '../scenario.ts';
import { write, type Written } from '../writer.ts';
import { readAll } from './durability.ts';
import { committed } from './gitops.ts';
import { ringOf } from './rings.ts';

/** A replica more and one less, each by a commit, while a writer writes. */
export async function scaled(on: Stage, as: Credential, component: string, port: number, from: number): Promise<Seen> {
  const { cluster, door } = on;
  const file = `patches/${component}/kustomization.yaml`;
  const writer = write(door, as, `${component}-scaled`);
  const to = async (replicas: number | undefined): Promise<string> => {
    const expected = replicas ?? from;
    const patch = `- op: replace\n  path: /spec/replicas\n  value: ${String(expected)}\n`;
    const value = replicas === undefined ? undefined : { target: { kind: 'StatefulSet', name: component }, patch };
    await committed(
      on,
      `${component}: ${String(expected)} replicas`,
      [{ file, path: ['patches', 1], value }],
      async () => {
        const pods = await cluster.pods('observability', component, 'monolithic');
        return pods.length === expected && pods.every(({ ready }) => ready);
      },
    );
    const { detail = '' } = await ringOf(cluster, component, 'monolithic', port, '/ring', 'monolithic');
    return detail;
  };
  let rings: readonly string[];
  let written: Written;
  try {
    rings = [await to(from + 1), await to(undefined)];
  } finally {
    written = await writer.stop();
  }
  return { ...(await readAll({ door, as }, written)), detail: rings.join(', then ') };
}
