import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { findProgram } from '@lgtm-fleet/queries/testing';
import type { YamlValue } from '@lgtm-fleet/yaml';
import type { RuleFile } from '../rule-files.ts';
import { type Series, writeRequest } from './remote-write.ts';

/** Rules on metrics as the real ruler of Mimir evaluates them. */

export const mimir = findProgram('mimir');

/** Longer than a busy machine needs to start it and to evaluate every rule a few times. */
const PATIENCE_SECONDS = 120;

const HEADERS = { 'X-Scope-OrgID': 'test' };

/**
 * Names of the alerts that fire when these series are written, as soon as `awaited` are among them. The files are
 * loaded by the ruler's API, as they are on a cluster; what they say of `for` and of intervals is left out, because
 * nobody waits that long in a test.
 */
export async function firesOn(
  files: readonly RuleFile[],
  series: readonly Series[],
  awaited: readonly string[],
): Promise<readonly string[]> {
  if (mimir === undefined) throw new Error('there is no Mimir to ask');
  const home = mkdtempSync(join(tmpdir(), 'lgtm-fleet-mimir-ruler-'));
  const [http, grpc, gossip] = [await freePort(), await freePort(), await freePort()];
  const url = `http://127.0.0.1:${String(http)}`;
  for (const folder of ['blocks', 'rules']) mkdirSync(join(home, folder));
  // JSON is YAML.
  writeFileSync(join(home, 'mimir.yaml'), JSON.stringify(configuration(home, { http, grpc, gossip })));
  const child = spawn(mimir, [`-config.file=${join(home, 'mimir.yaml')}`, '-target=all'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (log += part.toString()));
  const until = async <T>(ask: () => Promise<T | undefined>): Promise<T> => {
    const last = Date.now() + PATIENCE_SECONDS * 1000;
    while (child.exitCode === null && Date.now() < last) {
      const answer = await ask().catch(() => undefined);
      if (answer !== undefined) return answer;
      await sleep(500);
    }
    throw new Error(`Mimir took too long: ${log.slice(-1500)}`);
  };
  try {
    await until(async () => (await fetch(`${url}/ready`)).ok || undefined);
    await write(url, series);
    for (const file of files) await load(url, file);
    return await until(async () => {
      const names = await firing(url);
      return awaited.every((name) => names.includes(name)) ? names : undefined;
    }).catch(async (error: unknown) => {
      throw new Error(`fired: ${(await firing(url)).join(' ')}`, { cause: error });
    });
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

async function write(url: string, series: readonly Series[]): Promise<void> {
  const answer = await fetch(`${url}/api/v1/push`, {
    method: 'POST',
    headers: { ...HEADERS, 'Content-Encoding': 'snappy', 'Content-Type': 'application/x-protobuf' },
    body: writeRequest(series),
  });
  if (!answer.ok) throw new Error(`Mimir took no samples: ${await answer.text()}`);
}

async function load(url: string, { name, value }: RuleFile): Promise<void> {
  const { groups } = impatient(value) as { groups: readonly { name: string }[] };
  for (const group of groups) {
    const answer = await fetch(`${url}/prometheus/config/v1/rules/${name}`, {
      method: 'POST',
      headers: { ...HEADERS, 'Content-Type': 'application/yaml' },
      body: JSON.stringify(group),
    });
    if (!answer.ok) throw new Error(`Mimir took no group ${group.name} of ${name}: ${await answer.text()}`);
  }
}

async function firing(url: string): Promise<readonly string[]> {
  const answer = await fetch(`${url}/prometheus/api/v1/alerts`, { headers: HEADERS });
  const { data } = (await answer.json()) as {
    data: { alerts: readonly { state: string; labels: { alertname: string } }[] };
  };
  const names = data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels.alertname);
  return [...new Set(names)].toSorted();
}

/** Every rule at each second, and on its alert at once. */
function impatient(rules: YamlValue): unknown {
  const text = JSON.stringify(rules, (key, value: unknown) =>
    ['for', 'keep_firing_for', 'interval'].includes(key) ? undefined : value,
  );
  return JSON.parse(text) as unknown;
}

function configuration(
  home: string,
  { http, grpc, gossip }: { readonly http: number; readonly grpc: number; readonly gossip: number },
): YamlValue {
  const loopback = '127.0.0.1';
  const ring = { kvstore: { store: 'inmemory' }, instance_addr: loopback };
  return {
    usage_stats: { enabled: false },
    server: {
      http_listen_address: loopback,
      http_listen_port: http,
      grpc_listen_address: loopback,
      grpc_listen_port: grpc,
    },
    memberlist: { bind_addr: [loopback], bind_port: gossip, advertise_addr: loopback },
    activity_tracker: { filepath: join(home, 'activity') },
    blocks_storage: {
      backend: 'filesystem',
      filesystem: { dir: join(home, 'blocks') },
      tsdb: { dir: join(home, 'tsdb') },
      bucket_store: { sync_dir: join(home, 'sync') },
    },
    ingester: { ring: { ...ring, replication_factor: 1, min_ready_duration: '0s', final_sleep: '0s' } },
    store_gateway: { sharding_ring: { ...ring, replication_factor: 1 } },
    distributor: { ring },
    querier: { ring },
    frontend: { address: loopback },
    query_scheduler: { ring },
    compactor: { data_dir: join(home, 'compactor'), sharding_ring: ring },
    ruler: { rule_path: join(home, 'rules-temp'), evaluation_interval: '1s', poll_interval: '1s', ring },
    ruler_storage: { backend: 'filesystem', filesystem: { dir: join(home, 'rules') } },
    // As on a cluster: what is loaded here is loaded there.
    limits: { ruler_max_rules_per_rule_group: 50, ruler_max_rule_groups_per_tenant: 200 },
  };
}
