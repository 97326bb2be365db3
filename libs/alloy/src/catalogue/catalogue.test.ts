import { expect, test } from 'vitest';
import { components, configurationBlocks } from './index.ts';
import { readCatalogue, type BodyModel } from './read.ts';

/** Arguments and blocks by their path, as deep as they go; a block in itself is followed once. */
function pathsOf(body: BodyModel, prefix = '', within: readonly BodyModel[] = []): readonly string[] {
  if (within.filter((each) => each === body).length > 0 || within.length > 12) return [];
  const inner = [...body.blocks].flatMap(([name, block]) => [
    `${prefix}${name}`,
    ...pathsOf(block.body(), `${prefix}${name}/`, [...within, body]),
  ]);
  return [...[...body.arguments.keys()].map((name) => `${prefix}${name}`), ...inner];
}

test('every line of the catalogue can be read', () => {
  expect(components.size).toBe(184);
  expect(configurationBlocks.size).toBe(12);
  for (const model of [...components.values(), ...configurationBlocks.values()])
    expect(pathsOf(model.body()).every((path) => path !== '')).toBe(true);
});

test('names are those of components', () => {
  for (const name of components.keys()) expect(name).toMatch(/^[a-z_0-9]+(\.[a-z_0-9]+)+$/);
});

test('a component as the sources have it', () => {
  const model = components.get('loki.source.file');
  expect([...(model?.exports ?? [])]).toEqual([]);
  expect(model?.body().arguments.get('forward_to')).toEqual({ required: true, list: true, kind: 'logs' });
  expect(model?.body().arguments.get('encoding')).toEqual({ required: false, list: false });
  expect(pathsOf(model?.body() ?? { arguments: new Map(), blocks: new Map() })).toContain('file_match/sync_period');
});

test('a block that stands in itself', () => {
  const match = components.get('loki.process')?.body().blocks.get('stage.match');
  expect(match?.many).toBe(true);
  expect(match?.body().blocks.get('stage.match')?.body().blocks.has('stage.cri')).toBe(true);
});

test('the exports by which telemetry comes in have a kind', () => {
  for (const [name, { exports }] of components)
    for (const inlet of ['receiver', 'input', 'targets', 'output', 'handler'])
      if (exports.has(inlet)) expect(exports.get(inlet), `${name}.${inlet}`).toBeDefined();
});

test('a text of another form is refused', () => {
  expect(() => readCatalogue('a\n  b@c', '').get('a')?.body().blocks.get('b')?.body()).toThrow("no shape 'c'");
  expect(() => readCatalogue('a\n  b:c', '').get('a')?.body()).toThrow("no kind 'c'");
  expect(() => readCatalogue('a\n  b{c', '').get('a')?.body()).toThrow('brace');
  expect(() => readCatalogue('a\n  b?', '').get('a')?.body()).toThrow("cannot say 'b?'");
});
