import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import type { Cleanup } from '../cleanup.ts';
import type { Credential } from '../front-door.ts';
import { answering, startDaemon, type Daemon } from './daemon.ts';
import { temporaryFolder } from './folders.ts';

/** Where a sender pushes, and as whom. */
export interface Destination {
  readonly url: string;
  readonly as: Credential;
}

/**
 * A Prometheus agent outside the cluster: it scrapes one page each second, pushes by remote write, and keeps what it
 * cannot send on its disk.
 */
export async function startSender(
  cleanup: Cleanup,
  prometheus: string,
  page: { readonly at: string; readonly path: string },
  { url, as }: Destination,
  labels: Readonly<Record<string, string>>,
): Promise<Daemon> {
  const folder = temporaryFolder(cleanup, 'sender');
  const file = join(folder, 'prometheus.yml');
  writeFileSync(
    file,
    stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', external_labels: labels },
      scrape_configs: [{ job_name: 'sender', metrics_path: page.path, static_configs: [{ targets: [page.at] }] }],
      remote_write: [{ url, ...shown(as) }],
    }),
  );
  chmodSync(file, 0o600);
  const at = `127.0.0.1:${await freePort('127.0.0.1')}`;
  const agent = startDaemon(cleanup, prometheus, [
    '--agent',
    `--config.file=${file}`,
    `--storage.agent.path=${join(folder, 'data')}`,
    `--web.listen-address=${at}`,
  ]);
  await answering([agent], `http://${at}/-/ready`, 30);
  return agent;
}

/** What Prometheus' HTTP client shows, in the file of a server or of promtool. */
export function shown({ tenant, password, kind }: Credential): Readonly<Record<string, YamlValue>> {
  return kind === 'token'
    ? { authorization: { credentials: password } }
    : { basic_auth: { username: tenant, password } };
}
