import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds, schemaPath } from './kinds.ts';
import { schemaValidator, type SchemaFinding } from './validate.ts';
import { manifests } from './manifests.test-data.ts';

const folder = join(import.meta.dirname, '../../../schemas/kubernetes');
const lookedUp: string[] = [];
const validate = schemaValidator((path) => {
  lookedUp.push(path);
  try {
    return JSON.parse(readFileSync(join(folder, path), 'utf8')) as object;
  } catch {
    return undefined;
  }
});

/** A copy of a good manifest with one change, made where `path` leads. */
function changed(kind: string, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(manifests.find((manifest) => manifest.kind === kind)) as unknown as Record<
    string,
    unknown
  >;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  const last = path.at(-1)!;
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

const container = ['spec', 'template', 'spec', 'containers', 0] as const;

describe('the schemas of the repository', () => {
  it.each(kinds)('$apiVersion $kind accepts a good object', ({ apiVersion, kind }) => {
    const good = manifests.filter((manifest) => manifest.apiVersion === apiVersion && manifest.kind === kind);
    expect(good.length).toBeGreaterThan(0);
    for (const manifest of good) expect(validate(manifest)).toEqual([]);
  });

  it.each(kinds)('$apiVersion $kind refuses an unknown field, at the top and in its metadata', ({ kind }) => {
    for (const path of [['surprise'], ['metadata', 'surprise']]) {
      expect(validate(changed(kind, path, 'x'))).toEqual([
        { id: 'unknown-field', path, message: "unknown field 'surprise'" },
      ]);
    }
  });

  it.each(kinds)('$apiVersion $kind needs a name, a string', ({ kind }) => {
    expect(validate(changed(kind, ['metadata', 'name'], undefined))).toEqual([
      { id: 'missing-field', path: ['metadata'], message: "'metadata' needs the field 'name'" },
    ]);
    expect(validate(changed(kind, ['metadata', 'name'], 7))).toEqual([
      { id: 'wrong-type', path: ['metadata', 'name'], message: "'name' must be string, not number" },
    ]);
  });

  const faults: readonly [string, string, readonly (string | number)[], unknown, Partial<SchemaFinding>][] = [
    [
      'Deployment',
      'a misspelt field',
      [...container, 'imagee'],
      'x',
      { id: 'unknown-field', help: "did you mean 'image'?" },
    ],
    ['Deployment', 'a number as text', ['spec', 'replicas'], '3', { id: 'wrong-type', path: ['spec', 'replicas'] }],
    [
      'Deployment',
      'a container without a name',
      [...container, 'name'],
      undefined,
      { id: 'missing-field', path: container },
    ],
    ['Deployment', 'no selector', ['spec', 'selector'], undefined, { id: 'missing-field', path: ['spec'] }],
    ['Deployment', 'status', ['status'], {}, { id: 'unknown-field', path: ['status'] }],
    [
      'Deployment',
      'an amount with a wrong unit',
      [...container, 'resources', 'limits', 'memory'],
      '512MB',
      { id: 'wrong-value', path: [...container, 'resources', 'limits', 'memory'] },
    ],
    ['Deployment', 'a number in env', [...container, 'env', 0, 'value'], 3100, { id: 'wrong-type' }],
    ['Deployment', 'a port as text', [...container, 'ports', 0, 'containerPort'], '80', { id: 'wrong-type' }],
    [
      'StatefulSet',
      'null',
      ['spec', 'template'],
      null,
      { id: 'wrong-type', message: "'template' must be object, not null" },
    ],
    ['ConfigMap', 'a boolean as data', ['data', 'enabled'], true, { id: 'wrong-type', path: ['data', 'enabled'] }],
    ['Secret', 'data that is not base64', ['data', 'key'], 'a b', { id: 'wrong-value', path: ['data', 'key'] }],
    ['Service', 'a wrong apiVersion', ['apiVersion'], 'v2', { id: 'unknown-kind' }],
    ['NetworkPolicy', 'a list where an object belongs', ['spec', 'podSelector'], [], { id: 'wrong-type' }],
    [
      'HTTPRoute',
      'a value outside an enumeration',
      ['spec', 'rules', 0, 'matches', 0, 'path', 'type'],
      'Glob',
      { id: 'wrong-value' },
    ],
    [
      'Application',
      'a misspelt field',
      ['spec', 'syncPolicy', 'syncOption'],
      [],
      { help: "did you mean 'syncOptions'?" },
    ],
    ['Application', 'no project', ['spec', 'project'], undefined, { id: 'missing-field', path: ['spec'] }],
    ['Certificate', 'a usage that there is not', ['spec', 'usages', 0], 'client authentication', { id: 'wrong-value' }],
    [
      'ExternalSecret',
      'a key without its name',
      ['spec', 'data', 0, 'remoteRef', 'key'],
      undefined,
      { id: 'missing-field' },
    ],
  ];
  it.each(faults)('%s: %s', (kind, _what, path, value, finding) => {
    const found = validate(changed(kind, path, value));
    expect(found).toEqual([expect.objectContaining(finding)]);
  });

  it('finds every fault at once', () => {
    const twice = changed('Deployment', [...container, 'imagee'], 'x') as Record<string, unknown>;
    expect(validate({ ...twice, metadata: { name: 3 } }).map((finding) => finding.id)).toEqual([
      'wrong-type',
      'unknown-field',
    ]);
  });
});

describe('schemaValidator', () => {
  it('looks a schema up once', () => {
    expect(new Set(lookedUp).size).toBe(lookedUp.length);
  });

  it.each([undefined, null, 'text', [], {}, { apiVersion: 'v1' }, { apiVersion: 1, kind: 'Service' }])(
    'says that %j is no object of Kubernetes',
    (value) => {
      expect(validate(value)).toMatchObject([{ id: 'missing-field', path: [] }]);
    },
  );

  it('says that a kind has no schema', () => {
    expect(validate({ apiVersion: 'example.com/v1', kind: 'Widget' })).toEqual([
      { id: 'unknown-kind', path: [], message: 'there is no schema for Widget in example.com/v1' },
    ]);
  });

  it('takes a key that looks like a position for a key', () => {
    const schema = {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
    };
    const object = { apiVersion: 'v1', kind: 'X', data: { 0: 1 } };
    const found = schemaValidator(() => ({ ...schema, properties: { apiVersion: {}, kind: {} } }))(object);
    expect(found.map((finding) => finding.path)).toEqual([['data', '0']]);
  });
});

describe('schemaPath', () => {
  it('has a folder for each group and version', () => {
    expect(schemaPath({ apiVersion: 'v1', kind: 'ConfigMap' })).toBe('core-v1/configmap.json');
    expect(schemaPath({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' })).toBe(
      'networking.k8s.io-v1/networkpolicy.json',
    );
  });
});
