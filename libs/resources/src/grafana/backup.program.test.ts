import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { planOf } from '@lgtm-fleet/plan/testing';
import { findProgram, unlessFound } from '@lgtm-fleet/queries/testing';
import { stringify } from '@lgtm-fleet/yaml';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { linesOf } from '../testing/page.ts';
import { homeOf, moved, start, type Started } from '../testing/programs.ts';
import { keysOf, startSeaweedfs } from '../testing/seaweedfs.ts';
import { DATABASE } from './backup.ts';
import { grafana } from './resources.ts';

/** Grafana's database goes and comes back: the real Litestream as generated, the real SeaweedFS, and SQLite. */

const litestream = findProgram('litestream');
const weed = findProgram('weed');
const missing = [unlessFound('litestream', litestream), unlessFound('weed', weed)].join('');

const PAGE = 'docs/backup.md';
const KEYS = { accessKey: 'key', secretKey: 'secret-key' };
const plan = planOf({ objectStorage: { seaweedfs: { size: '10GB' } }, kubernetes: { nodes: 1 } }, 'backed-up');
const CONTAINERS = join(import.meta.dirname, '../../../../base/grafana/variants/backup/containers.yaml');

/** Arguments of a container of the base, in the place of a test. */
function argumentsOf(container: 'restore' | 'backup', home: string): readonly string[] {
  const workload = parseYaml(readFileSync(CONTAINERS, 'utf8')) as {
    readonly spec: {
      readonly template: {
        readonly spec: { readonly initContainers: readonly { readonly name: string; readonly args: string[] }[] };
      };
    };
  };
  const found = workload.spec.template.spec.initContainers.find(({ name }) => name === container);
  return (found?.args ?? []).map((argument) => moved(argument, home));
}

interface Place {
  readonly home: string;
  readonly endpoint: string;
  readonly database: string;
}

/** Files as in the pod, below a folder of the test. */
async function openPlace(buckets: readonly string[]): Promise<Place> {
  const home = homeOf('grafana-backup');
  const endpoint = await startSeaweedfs(weed ?? '', home, KEYS, buckets);
  const component = plan.components.find(({ name }) => name === 'grafana')!;
  const file = grafana(plan, component).configFiles.find(({ configMap }) => configMap === 'grafana-backup');
  if (file?.form !== 'yaml') throw new Error('nothing says what is backed up');
  const text = stringify(file.value).replace('seaweedfs.observability.svc.cluster.local:8333', endpoint);
  mkdirSync(join(home, 'etc/grafana-backup'), { recursive: true });
  mkdirSync(join(home, 'var/grafana'), { recursive: true });
  writeFileSync(join(home, 'etc/grafana-backup/litestream.yml'), moved(text, home));
  return { home, endpoint, database: moved(DATABASE, home) };
}

const ENV = { ACCESS_KEY_ID: KEYS.accessKey, SECRET_ACCESS_KEY: KEYS.secretKey };

function backup({ home }: Place): Started {
  return start(litestream ?? '', argumentsOf('backup', home), home, ENV);
}

async function ended({ child }: Started): Promise<number | null> {
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  return await exit;
}

async function restore({ home }: Place, more: readonly string[] = []): Promise<{ code: number | null; said: string }> {
  const child = spawn(litestream ?? '', [...more, ...argumentsOf('restore', home)], { cwd: home, env: ENV });
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const timer = setTimeout(() => child.kill('SIGKILL'), 50_000);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(timer);
  return { code, said };
}

/** As Grafana opens it, with `wal = true`. */
function opened(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('CREATE TABLE IF NOT EXISTS dashboard (id INTEGER PRIMARY KEY, data TEXT)');
  return database;
}

/** Writes rows while somebody copies them. */
async function fill(database: DatabaseSync, from: number, to: number): Promise<void> {
  const insert = database.prepare('INSERT INTO dashboard VALUES (?, ?)');
  for (let id = from; id < to; id += 1) {
    insert.run(id, `dashboard ${String(id)} `.repeat(50));
    if (id % 20 === 0) await sleep(20);
  }
}

function rowsOf(path: string): readonly number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    return database
      .prepare('SELECT id FROM dashboard ORDER BY id')
      .all()
      .map(({ id }) => Number(id));
  } finally {
    database.close();
  }
}

const upTo = (count: number) => Array.from({ length: count }, (_, id) => id);

describe.skipIf(missing !== '')(`the copy of Grafana's database${missing}`, () => {
  it('begins with nothing, and brings back all that was written until the pod ended', { timeout: 90_000 }, async () => {
    const place = await openPlace([plan.buckets.grafana]);
    expect(await restore(place)).toMatchObject({ code: 0 });
    expect(existsSync(place.database), 'there was nothing to restore').toBe(false);

    const copying = backup(place);
    const database = opened(place.database);
    await fill(database, 0, 1000);
    database.close();
    expect(await ended(copying), copying.log()).toBe(0);
    expect(copying.log()).not.toMatch(/"level":"ERROR"/);

    rmSync(join(place.home, 'var/grafana'), { recursive: true });
    mkdirSync(join(place.home, 'var/grafana'));
    expect(await restore(place)).toMatchObject({ code: 0 });
    expect(rowsOf(place.database)).toEqual(upTo(1000));

    // The new pod goes on in the same bucket, and a database that is there is left alone.
    const again = backup(place);
    const second = opened(place.database);
    await fill(second, 1000, 1200);
    expect(await restore(place)).toMatchObject({ code: 0 });
    // It looks once a second, and has not begun before.
    await sleep(2000);
    second.close();
    expect(await ended(again), again.log()).toBe(0);
    rmSync(join(place.home, 'var/grafana'), { recursive: true });
    mkdirSync(join(place.home, 'var/grafana'));
    expect(await restore(place)).toMatchObject({ code: 0 });
    expect(rowsOf(place.database)).toEqual(upTo(1200));
  });

  it('has what was written seconds ago when pod and volume are gone at once', { timeout: 60_000 }, async () => {
    const place = await openPlace([plan.buckets.grafana]);
    const copying = backup(place);
    const database = opened(place.database);
    await fill(database, 0, 300);
    await expect
      .poll(async () => (await keysOf(place.endpoint, plan.buckets.grafana)).length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    await sleep(4000);
    copying.child.kill('SIGKILL');
    database.close();
    rmSync(join(place.home, 'var/grafana'), { recursive: true });
    mkdirSync(join(place.home, 'var/grafana'));
    expect(await restore(place)).toMatchObject({ code: 0 });
    expect(rowsOf(place.database)).toEqual(upTo(300));
  });

  it('goes back to a moment while Grafana runs, by the lines of the page', { timeout: 90_000 }, async () => {
    const sqlite = findProgram('sqlite3');
    if (sqlite === undefined) throw new Error('there is no sqlite3, which the image has');
    const place = await openPlace([plan.buckets.grafana]);
    const copying = backup(place);
    const database = opened(place.database);
    await fill(database, 0, 200);
    await sleep(3000);
    const moment = new Date().toISOString();
    await sleep(1500);
    database.exec('DELETE FROM dashboard WHERE id >= 50');
    await fill(database, 1000, 1010);
    await sleep(3000);
    const inPod = (line: string): string =>
      moved(line.replace(/^kubectl .* --container=backup -- /, ''), place.home)
        .replace('2026-10-01T08:00:00Z', moment)
        .replace(/^litestream/, litestream ?? '')
        .replace(/^sqlite3/, sqlite);
    const asked = { cwd: place.home, env: ENV, encoding: 'utf8' } as const;
    for (const line of linesOf(PAGE, 'grafana-check'))
      expect(execFileSync('/bin/sh', ['-c', inPod(line)], asked)).toMatch(/^level\s+min_txid\s+max_txid.*\n0 /);
    const lines = linesOf(PAGE, 'grafana-back').filter((line) => line.includes(' -- '));
    expect(lines).toHaveLength(3);
    for (const line of lines) execFileSync('/bin/sh', ['-c', inPod(line)], asked);
    // Grafana's own connection sees it, and goes on.
    expect(database.prepare('SELECT COUNT(*) AS count FROM dashboard').get()).toEqual({ count: 200 });
    await fill(database, 200, 220);
    await sleep(2000);
    database.close();
    expect(await ended(copying), copying.log()).toBe(0);
    rmSync(join(place.home, 'var/grafana'), { recursive: true });
    mkdirSync(join(place.home, 'var/grafana'));
    expect(await restore(place)).toMatchObject({ code: 0 });
    expect(rowsOf(place.database)).toEqual(upTo(220));
  });

  it('does not let Grafana start with nothing where the bucket cannot be read', { timeout: 60_000 }, async () => {
    const place = await openPlace([]);
    const { code, said } = await restore(place);
    expect(code, said).toBe(1);
    expect(existsSync(place.database)).toBe(false);
  });
});
