import { clusterJsonSchema } from '@lgtm-fleet/spec';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { join as joinUrl } from 'node:path/posix';
import { describe, expect, test } from 'vitest';
import { guides, pages, proseOf, read, root, slugsOf, toolTargets } from './pages.ts';

/** What the pages name is there: links, commands, keys of the spec. */

const whole: JsonSchema = clusterJsonSchema();

describe.each(pages)('%s', (page) => {
  test('has links that lead somewhere', () => {
    const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links.filter((target) => !/^[a-z]+:/.test(target))) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : joinUrl(dirname(page), path);
      expect(existsSync(join(root, target)), `${link} (${target})`).toBe(true);
      if (anchor !== undefined) expect(slugsOf(target), link).toContain(anchor);
    }
  });

  test('names Nx targets of the tools that there are', () => {
    const targets = [...read(page).matchAll(/nx run tools:([a-z0-9-]+)/g)].map(([, target = '']) => target);
    for (const target of targets) expect(Object.keys(toolTargets)).toContain(target);
  });

  test('names keys of the spec that there are', () => {
    const known = (schemaAt(['spec']) ?? {}).properties ?? {};
    // A base's `spec.x` may be Kubernetes' own; a guide's is always the cluster file's.
    const own = (keys: readonly string[]) => guides.includes(page) || (keys[1] ?? '') in known;
    const named = [...read(page).matchAll(/`spec\.([a-zA-Z0-9.[\]]+)/g)].map(([, rest = '']) => [
      'spec',
      ...rest.replaceAll('[]', '').split('.'),
    ]);
    for (const keys of named.filter(own)) expect(schemaAt(keys), keys.join('.')).toBeDefined();
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

function schemaAt(keys: readonly string[]): JsonSchema | undefined {
  return keys.reduce<JsonSchema | undefined>((schema, key) => (schema?.items ?? schema)?.properties?.[key], whole);
}
