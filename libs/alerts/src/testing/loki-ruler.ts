import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@lgtm-fleet/queries/testing/free-port';
import { findProgram } from '@lgtm-fleet/queries/testing';
import type { YamlValue } from '@lgtm-fleet/yaml';

/** Rules on logs as the real ruler of Loki evaluates them. */

export const loki = findProgram('loki');

/** A line as a collector pushes it. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly line: string;
  /** How long ago it was written, in seconds; a minute unless said. */
  readonly age?: number;
}

const TENANT = 'test';
/** Longer than a busy machine needs to start it and to evaluate every rule once. */
const PATIENCE_SECONDS = 60;

/**
 * Names of the alerts that fire on these lines and on no others, sorted. `rules` is a file of groups; what it says of
 * `for` and of intervals is left out, because nobody waits that long in a test.
 */
export async function firesOn(rules: YamlValue, lines: readonly Line[]): Promise<readonly string[]> {
  if (loki === undefined) throw new Error('there is no Loki to ask');
  const home = mkdtempSync(join(tmpdir(), 'lgtm-fleet-ruler-'));
  const port = await freePort();
  const [grpc, url] = [await freePort(), `http://127.0.0.1:${String(port)}`];
  mkdirSync(join(home, 'rules', TENANT), { recursive: true });
  // JSON is YAML.
  writeFileSync(join(home, 'loki.yaml'), JSON.stringify(configuration(home, port, grpc)));
  writeFileSync(join(home, 'rules', TENANT, 'rules.yaml'), JSON.stringify(impatient(rules)));
  const child = spawn(loki, [`-config.file=${join(home, 'loki.yaml')}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (log += part.toString()));
  try {
    const ready = async () => (await fetch(`${url}/ready`)).ok || undefined;
    await until(ready, () => log);
    await push(url, lines);
    const pushed = Date.now();
    return await until(
      () => firing(url, pushed),
      () => log,
    );
  } finally {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

async function until<T>(ask: () => Promise<T | undefined>, log: () => string): Promise<T> {
  const last = Date.now() + PATIENCE_SECONDS * 1000;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (Date.now() > last) throw new Error(`Loki took too long: ${log().slice(-1500)}`);
    await sleep(200);
  }
}

async function push(url: string, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  const now = Date.now();
  const streams = lines.map(({ labels, line, age = 60 }, index) => ({
    stream: labels,
    // Two lines alike at one instant would be taken for one.
    values: [[`${String(now - age * 1000)}${String(index).padStart(6, '0')}`, line]],
  }));
  const answer = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Scope-OrgID': TENANT },
    body: JSON.stringify({ streams }),
  });
  if (!answer.ok) throw new Error(`Loki took no lines: ${await answer.text()}`);
}

interface Ruled {
  readonly name: string;
  readonly state?: string;
  readonly health: string;
  readonly lastError: string;
  readonly lastEvaluation: string;
}

/** Nothing before each rule has been evaluated with the lines there; an error of a rule is one of the test. */
async function firing(url: string, since: number): Promise<readonly string[] | undefined> {
  const answer = await fetch(`${url}/prometheus/api/v1/rules`, { headers: { 'X-Scope-OrgID': TENANT } });
  const { data } = (await answer.json()) as { data: { groups: readonly { rules: readonly Ruled[] }[] } };
  const rules = data.groups.flatMap((group) => group.rules);
  const isDone = ({ lastEvaluation }: Ruled): boolean => Date.parse(lastEvaluation) > since + 1000;
  if (rules.length === 0 || !rules.every(isDone)) return undefined;
  const failed = rules.filter(({ health }) => health === 'err');
  if (failed.length > 0) return failed.map(({ name, lastError }) => `${name}: ${lastError}`);
  return [...new Set(rules.filter(({ state }) => state === 'firing').map(({ name }) => name))].toSorted();
}

/** Every rule at each second, and on its alert at once. */
function impatient(rules: YamlValue): unknown {
  const text = JSON.stringify(rules, (key, value: unknown) =>
    ['for', 'keep_firing_for'].includes(key) ? undefined : key === 'interval' ? '1s' : value,
  );
  return JSON.parse(text) as unknown;
}

function configuration(home: string, port: number, grpc: number): YamlValue {
  const loopback = '127.0.0.1';
  return {
    auth_enabled: true,
    server: {
      http_listen_address: loopback,
      http_listen_port: port,
      grpc_listen_address: loopback,
      grpc_listen_port: grpc,
    },
    common: {
      instance_addr: loopback,
      path_prefix: home,
      replication_factor: 1,
      ring: { instance_addr: loopback, kvstore: { store: 'inmemory' } },
      storage: { filesystem: { chunks_directory: join(home, 'chunks'), rules_directory: join(home, 'rules') } },
    },
    ingester: { lifecycler: { min_ready_duration: '0s' } },
    schema_config: {
      configs: [
        {
          from: '2024-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    ruler: { evaluation_interval: '1s', poll_interval: '1s', rule_path: join(home, 'rules-temp') },
    ruler_storage: { backend: 'local', local: { directory: join(home, 'rules') } },
    analytics: { reporting_enabled: false },
  };
}
