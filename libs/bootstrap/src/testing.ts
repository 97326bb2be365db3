import { plan, type Plan } from '@lgtm-fleet/plan';
import { decode, parse } from '@lgtm-fleet/spec';
import { stringify, type YamlValue } from '@lgtm-fleet/yaml';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';

/** The plan of a cluster file `lab` with this spec, for tests. */
export function labPlan(spec: YamlValue = { kubernetes: { nodes: 1 } }): Plan {
  const path = 'clusters/lab/cluster.yaml';
  const text = stringify({ apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: 'lab' }, spec });
  const source = decode(path, new TextEncoder().encode(text));
  if ('id' in source) throw new Error(source.message);
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return plan(parsed.value.cluster, { repository: 'https://git.example.com/fleet.git' });
}

/** Fixtures of a kind, named after what is wrong. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what its fixtures hold
export function fixtures<T>(kind: string): readonly (readonly [string, T])[] {
  const folder = join(import.meta.dirname, 'fixtures', kind);
  return readdirSync(folder)
    .toSorted()
    .map((file) => [file.replace('.yaml', ''), parseYaml(readFileSync(join(folder, file), 'utf8')) as T] as const);
}
