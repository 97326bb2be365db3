import { readDocument, type Json } from '@lgtm-fleet/manifests';
import { own } from '../fields/own.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;

/** Comments of the formats that programs of the stack read, by the end of the file's name. */
const COMMENTS: Readonly<Record<string, RegExp>> = {
  alloy: /^\/\//,
  river: /^\/\//,
  conf: /^#/,
  properties: /^[#!]/,
  txt: /^#/,
  ini: /^[#;]/,
};

/**
 * What a configuration file says, without what it does not say: comments, blank lines, layout. YAML and JSON become
 * values, properties become an object, any other text a list of lines. What cannot be read stays text.
 */
export function fileValue(name: string, content: string): Json {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (content.length > MAX_CHARACTERS) return content;
  if (['yaml', 'yml', 'json'].includes(extension)) return readDocument(content).value ?? content;
  const comment = own(COMMENTS, extension);
  if (comment === undefined) return content.includes('\n') ? content.trimEnd().split('\n') : content;
  const lines = content
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !comment.test(line));
  return extension === 'properties' ? properties(lines) : lines;
}

function properties(lines: readonly string[]): Json {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.search(/[=:]/);
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}
