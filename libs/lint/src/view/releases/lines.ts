import type { Span } from '@lgtm-fleet/diagnostics';
import type { ConfigFile } from '../config-file.ts';

/** One `key=value` of a properties file. */
export interface Property {
  readonly key: string;
  readonly value: string;
  /** Of the key in the file's text. */
  readonly span: Span;
}

/** The pairs of a properties file, in order; comments and blank lines left out. */
export function propertiesOf(config: ConfigFile): readonly Property[] {
  return [...config.text.matchAll(/^[ \t]*([A-Za-z][\w.-]*)[ \t]*[=:](.*)$/gm)].map(
    ({ 0: line, 1: key = '', 2: value = '', index }) => {
      const start = index + line.indexOf(key);
      return { key, value: value.trim(), span: { start, end: start + key.length } };
    },
  );
}
