import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { baseArguments } from '../../testing/checkout.ts';
import { yamlFiles } from '../../testing/plans.ts';
import { type Started, homeOf, moved, start, withoutCloud } from '../../testing/programs.ts';
import { mimir } from '../resources.ts';

/** The real Mimir with the files that are generated for it. */

/** The generated files, each under its key in its ConfigMap, with the container's folders moved to a temporary one; returns that folder. */
export function write(plan: Plan, change: (text: string) => string = (text) => text): string {
  const home = homeOf(`mimir-${plan.cluster}`);
  for (const part of ['etc/mimir', 'etc/mimir-overrides', 'etc/mimir-alert-routes', 'var/mimir', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, key = name, text } of yamlFiles(mimir, plan, 'mimir'))
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), key), change(withoutCloud(moved(text, home))));
  return home;
}

/** Of a process with every role, as flags begin. */
export const RINGS: readonly string[] = [
  'distributor.ring',
  'ingester.ring',
  'store-gateway.sharding-ring',
  'compactor.ring',
  'ruler.ring',
  'alertmanager.sharding-ring',
  'querier.ring',
  'query-scheduler.ring',
  'overrides-exporter.ring',
];

/** Mimir on loopback only; later flags win over those of the base and over the file. */
export async function startMimir(
  program: string,
  home: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Started & { readonly url: string }> {
  const [http, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const base = baseArguments('mimir/monolithic/stateful-set.yaml');
  const started = start(
    program,
    [
      ...base.map((argument) => moved(argument.replace('=/', '= /'), home).replace('= ', '=')),
      '-server.http-listen-address=127.0.0.1',
      `-server.http-listen-port=${String(http)}`,
      '-server.grpc-listen-address=127.0.0.1',
      `-server.grpc-listen-port=${String(grpc)}`,
      '-memberlist.bind-addr=127.0.0.1',
      `-memberlist.bind-port=${String(gossip)}`,
      '-memberlist.advertise-addr=127.0.0.1',
      ...[...RINGS, 'query-frontend'].map((ring) => `-${ring}.instance-addr=127.0.0.1`),
      ...flags,
    ],
    home,
    env,
  );
  return { ...started, url: `http://127.0.0.1:${String(http)}` };
}
