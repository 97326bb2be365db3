import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { plan } from '@lgtm-fleet/plan';
import { parse, type ClusterSpec } from '@lgtm-fleet/spec';
import { stringify } from '@lgtm-fleet/yaml';
import { afterAll, describe, expect, it } from 'vitest';
import { loki } from './resources.ts';

const clusters = join(import.meta.dirname, '../../../../clusters');

/** $LOKI, then the first `loki` on PATH or where `testbed` puts it. */
function findLoki(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), '.cache/lgtm-testbed/bin')];
  const named = process.env['LOKI'];
  return [...(named === undefined ? [] : [named]), ...folders.map((folder) => join(folder, 'loki'))].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hubs(): readonly ClusterSpec[] {
  return readdirSync(clusters)
    .map((name) => join(clusters, name, 'cluster.yaml'))
    .map((path) => parse({ path, text: readFileSync(path, 'utf8') }))
    .flatMap((parsed) => (parsed.ok && parsed.value.cluster.spec.role === 'hub' ? [parsed.value.cluster] : []));
}

const program = findLoki();
const folder = mkdtempSync(join(tmpdir(), 'loki-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('Loki itself', () => {
  const title = 'accepts the configuration of $metadata.name';
  const reason = program === undefined ? ` (skipped: no loki at $LOKI, on PATH or in ~/.cache/lgtm-testbed/bin)` : '';
  it.skipIf(program === undefined).each(hubs())(`${title}${reason}`, (cluster) => {
    const planned = plan(cluster, { repository: 'https://git.example.com/fleet.git' });
    const component = planned.components.find(({ name }) => name === 'loki');
    if (program === undefined || component === undefined) throw new Error('nothing to check');
    const [config] = loki(planned, component).configFiles;
    if (config?.form !== 'yaml') throw new Error('loki.yaml is the first file');
    const path = join(folder, `${cluster.metadata.name}.yaml`);
    writeFileSync(path, stringify(config.value, { comments: config.comments ?? {} }));
    const run = spawnSync(program, ['-verify-config', `-config.file=${path}`, '-config.expand-env=true'], {
      encoding: 'utf8',
      env: { ACCESS_KEY_ID: 'key', SECRET_ACCESS_KEY: 'a/b+c=', ZONE: 'zone-a' },
    });
    expect(run.stderr + run.stdout).toContain('config is valid');
    expect(run.status).toBe(0);
  });
});
