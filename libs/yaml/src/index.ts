export { stringifyJson } from './json.ts';
export { readYaml, sizeFault, type ReadYaml } from './read.ts';
export { stringify, stringifyAll } from './stringify.ts';
export type { CommentedValue, StringifyOptions, YamlValue } from './stringify.ts';
