import { releases } from '@lgtm-fleet/releases';
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CONFIG_KEYS } from './config-keys.ts';
import { KEY_CHANGES } from './key-changes.ts';
import { TARGETS } from './targets.ts';
import { isAtLeast } from './versions.ts';

const folder = mkdtempSync(join(tmpdir(), 'lint-keys-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** How each store is told to read its file and stop. */
const READ = { loki: ['-verify-config'], mimir: ['-print.config'] } as const;
/** Loki lists its targets only beside a file that it would start with. */
const SOUND = {
  loki: {
    common: { path_prefix: folder, ring: { kvstore: { store: 'inmemory' } } },
    schema_config: {
      configs: [
        {
          from: '2025-01-01',
          store: 'tsdb',
          object_store: 'filesystem',
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
  },
  mimir: {},
} as const;
const LIST = { loki: ['-list-targets'], mimir: ['-modules'] } as const;

// Programs are looked for as the tests of the generated files do it: $LOKI, PATH, $PROGRAMS.
describe.each(['loki', 'mimir'] as const)('%s', (store) => {
  const program = find(store);
  const real = test.skipIf(program === undefined);
  const { version } = releases[store];
  const own = KEY_CHANGES.filter((change) => change.program === store);
  const gone = own.filter(({ goneIn }) => goneIn !== undefined && isAtLeast(version, goneIn)).map(({ key }) => key);
  const going = own.filter(({ goneIn }) => goneIn === undefined || !isAtLeast(version, goneIn)).map(({ key }) => key);

  real('refuses every key that is said to be gone', () => {
    expect(gone.length).toBeGreaterThan(0);
    const names = gone.map((key) => key.split('.').at(-1) ?? '');
    expect(unknownTo(store, together(gone)).toSorted()).toEqual(names.toSorted());
  });

  real('takes every key that is said to be going', () => {
    expect(going.length).toBeGreaterThan(0);
    expect(unknownTo(store, together(going))).toEqual([]);
  });

  real('takes every key that is listed', () => {
    const everything = Object.fromEntries(
      [...CONFIG_KEYS[store]].map(([section, keys]) => [
        section,
        keys.length === 0 ? null : Object.fromEntries(keys.map((key) => [key, null])),
      ]),
    );
    expect(unknownTo(store, everything)).toEqual([]);
  });

  real('knows the targets that are listed', () => {
    const { stdout, stderr } = run(store, SOUND[store], LIST[store]);
    const listed = new Set(`${stdout}\n${stderr}`.match(/[a-z][a-z-]*/g));
    // A name for two roles that Loki takes and does not list.
    const known = TARGETS[store].known.filter((target) => target !== 'ingester-querier');
    expect(known.filter((target) => !listed.has(target))).toEqual([]);
  });

  /** Names of the keys that the store says it does not know. */
  function unknownTo(name: 'loki' | 'mimir', config: unknown): readonly string[] {
    const { stdout, stderr } = run(name, config, READ[name]);
    return [...`${stdout}\n${stderr}`.matchAll(/field (\S+) not found in type/g)].map(([, key = '']) => key);
  }

  function run(name: 'loki' | 'mimir', config: unknown, args: readonly string[]): { stdout: string; stderr: string } {
    const file = join(folder, `${name}.yaml`);
    // JSON is YAML too.
    writeFileSync(file, JSON.stringify(config));
    const result = spawnSync(program ?? '', [`-config.file=${file}`, ...args], { encoding: 'utf8', cwd: folder });
    if (result.error !== undefined) throw result.error;
    return result;
  }
});

/** A file that has all these keys. `*` is the first item of the list of periods, or a cache. */
function together(keys: readonly string[]): unknown {
  const root: Record<string, unknown> = {};
  for (const key of keys) {
    const steps = key.replace('configs.*', 'configs').replace('*', 'chunks_cache').split('.');
    let at = root;
    for (const step of steps.slice(0, -1)) at = (at[step] ??= {}) as Record<string, unknown>;
    at[steps.at(-1) ?? ''] ??= null;
  }
  const schema = root['schema_config'] as Record<string, unknown> | undefined;
  return schema === undefined ? root : { ...root, schema_config: { configs: [schema['configs']] } };
}

function find(store: 'loki' | 'mimir'): string | undefined {
  const paths = [...(process.env['PATH'] ?? '').split(delimiter), process.env['PROGRAMS'] ?? ''];
  const candidates = [process.env[store.toUpperCase()], ...paths.map((path) => join(path, store))];
  return candidates.find((candidate) => {
    try {
      accessSync(candidate ?? '', constants.X_OK);
      return candidate !== undefined && candidate !== store;
    } catch {
      return false;
    }
  });
}
