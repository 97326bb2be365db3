export { stringify, stringifyAll } from './stringify.ts';
export type { CommentedValue, StringifyOptions, YamlValue } from './stringify.ts';
