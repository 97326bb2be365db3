import { components } from './components/index.ts';
import type { BlockModel } from './model.ts';
import { parseFile, type ParsedBlock } from './parse.ts';

/**
 * What is wrong with a configuration, seen from its text alone: unknown components, arguments and
 * blocks, missing ones, two components of one name, references to what is not there.
 */
export function checkFile(text: string): readonly string[] {
  const file = parseFile(text);
  const ids = file.map((block) => `${block.name}.${block.label ?? ''}`);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice`);
  const models: Readonly<Record<string, BlockModel>> = components;
  const faults = file.flatMap((block, index) => {
    const model = models[block.name];
    const id = ids[index] ?? block.name;
    return model === undefined
      ? [`${id}: unknown component`]
      : [...checkBlock(block, model, id), ...checkReferences(block, ids, id)];
  });
  return [...twice, ...faults];
}

function checkBlock(block: ParsedBlock, model: BlockModel, path: string): readonly string[] {
  const present = new Set([...block.attributes.keys(), ...block.blocks.map((inner) => inner.name)]);
  const missing = (model.required ?? [])
    .filter((name) => !present.has(name))
    .map((name) => `${path}: '${name}' is missing`);
  const attributes = [...block.attributes.keys()]
    .filter((name) => model.attributes[name] === undefined)
    .map((name) => `${path}: unknown argument '${name}'`);
  const blocks = block.blocks.flatMap((inner) => {
    const innerModel = model.blocks?.[inner.name];
    if (innerModel === undefined) return [`${path}: unknown block '${inner.name}'`];
    return checkBlock(inner, innerModel, `${path}/${inner.name}`);
  });
  return [...missing, ...attributes, ...blocks];
}

/**
 * A path of dots in a value is an export, its component's name and label before the last part; `sys.env` is called, and
 * `constants` are there.
 */
function checkReferences(block: ParsedBlock, ids: readonly string[], path: string): readonly string[] {
  const own = [...block.attributes.values()].flatMap((tokens) =>
    tokens
      .filter((each, index) => /^(?!constants\.)[a-z].*\./.test(each) && tokens[index + 1] !== '(')
      .filter((each) => !ids.includes(each.slice(0, each.lastIndexOf('.'))))
      .map((each) => `${path}: nothing exports '${each}'`),
  );
  return [...own, ...block.blocks.flatMap((inner) => checkReferences(inner, ids, path))];
}
