import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { baseArguments } from '../../testing/checkout.ts';
import { yamlFiles } from '../../testing/plans.ts';
import { type Started, homeOf, moved, start, withoutCloud } from '../../testing/programs.ts';
import { loki } from '../resources.ts';

/** The real Loki with the files that are generated for it. */

/** With which it signs in at object storage. */
export const keys = { accessKey: 'key', secretKey: 'a/b+c=' };
const env = { ACCESS_KEY_ID: keys.accessKey, SECRET_ACCESS_KEY: keys.secretKey, ZONE: 'zone-a' };

/** The generated files with the container's folders moved to a temporary one; returns that folder. */
export function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = homeOf(`loki-${plan.cluster}`);
  for (const part of ['etc/loki', 'etc/loki-overrides', 'var/loki', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, text } of yamlFiles(loki, plan, 'loki')) {
    // Here, for Loki reads flags twice: -memberlist.bind-addr would listen twice on one port.
    const bound = text.replace(/^memberlist:$/m, 'memberlist:\n  bind_addr: [127.0.0.1]');
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), name), change(withoutCloud(moved(bound, home))));
  }
  return home;
}

/** Loki with the arguments of a base, on loopback only; but for the cloud's, what it talks to stays as rendered. */
export async function startLoki(
  program: string,
  home: string,
  base: string,
): Promise<Started & { readonly url: string }> {
  const [http, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const flags = [
    ...baseArguments(`loki/${base}`).map((argument) => moved(argument.replace('=/', '= /'), home).replace('= ', '=')),
    '-server.http-listen-address=127.0.0.1',
    `-server.http-listen-port=${String(http)}`,
    '-server.grpc-listen-address=127.0.0.1',
    `-server.grpc-listen-port=${String(grpc)}`,
    `-memberlist.bind-port=${String(gossip)}`,
    '-memberlist.advertise-addr=127.0.0.1',
    '-common.storage.ring.instance-addr=127.0.0.1',
    '-frontend.instance-addr=127.0.0.1',
    '-ingester.min-ready-duration=0s',
  ];
  return { ...start(program, flags, home, env), url: `http://127.0.0.1:${String(http)}` };
}
