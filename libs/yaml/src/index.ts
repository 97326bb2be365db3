export { stringify, stringifyAll } from './stringify.ts';
export type { StringifyOptions, YamlValue } from './stringify.ts';
