import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Plan } from '@lgtm-fleet/plan';
import { baseArguments } from '../../testing/checkout.ts';
import { yamlFiles } from '../../testing/plans.ts';
import { type Started, homeOf, moved, start, withoutCloud } from '../../testing/programs.ts';
import { tempo } from '../resources.ts';

/** The real Tempo with the files that are generated for it. */

export const env = { ACCESS_KEY_ID: 'key', SECRET_ACCESS_KEY: 'a/b+c=', AZURE_STORAGE_KEY: '+/b+c==', ZONE: 'zone-a' };

export interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly otlpGrpc: number;
  readonly otlpHttp: number;
}

export async function freePorts(): Promise<Ports> {
  return { http: await freePort(), grpc: await freePort(), otlpGrpc: await freePort(), otlpHttp: await freePort() };
}

/** The generated files with the container's folders moved to a temporary one, and what listens there on loopback. */
export function write(plan: Plan, ports: Ports, change: (text: string) => string = (text) => text): string {
  const home = homeOf(`tempo-${plan.cluster}`);
  for (const part of ['etc/tempo', 'etc/tempo-overrides', 'var/tempo', 'tmp'])
    mkdirSync(join(home, part), { recursive: true });
  for (const { configMap, name, text } of yamlFiles(tempo, plan, 'tempo')) {
    const here = moved(text, home)
      .replace('0.0.0.0:4317', `127.0.0.1:${String(ports.otlpGrpc)}`)
      .replace('0.0.0.0:4318', `127.0.0.1:${String(ports.otlpHttp)}`)
      .replaceAll('127.0.0.1:9095', `127.0.0.1:${String(ports.grpc)}`)
      // In the file, for Tempo has no flags for these.
      .replace(/^server:$/m, 'server:\n  http_listen_address: 127.0.0.1\n  grpc_listen_address: 127.0.0.1')
      .replace(/^memberlist:$/m, 'memberlist:\n  bind_addr: [127.0.0.1]');
    writeFileSync(join(home, 'etc', configMap.replace('-config', ''), name), change(withoutCloud(here)));
  }
  return home;
}

/** Tempo with the arguments of a base; what it talks to stays as rendered, but for the cloud's. */
export async function startTempo(program: string, home: string, { http, grpc }: Ports, base: string): Promise<Started> {
  const ports = [
    `-server.http-listen-port=${String(http)}`,
    `-server.grpc-listen-port=${String(grpc)}`,
    `-memberlist.bind-port=${String(await freePort())}`,
    // By default all below /var/tempo, which a volume is for each: here, two at once would read and remove each other's.
    `-live-store.wal.path=${home}/var/tempo/live-store/traces`,
    `-live-store.shutdown_marker_dir=${home}/var/tempo/live-store/shutdown-marker`,
    `-block-builder.wal.path=${home}/var/tempo/block-builder/traces`,
    `-storage.trace.wal.path=${home}/var/tempo/wal`,
  ];
  return start(program, [...flagsOf(home, base), ...ports], home, env);
}

/** The arguments of the container of a base. */
export function flagsOf(home: string, base: string): readonly string[] {
  return baseArguments(`tempo/${base}`).map((argument) =>
    moved(argument.replace('=/', '= /'), home).replace('= ', '='),
  );
}
