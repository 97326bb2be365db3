import type { SecretKey } from '@lgtm-fleet/spec';
import { component } from '../alloy-syntax/component.ts';
import { call, reference, type Computed } from '../alloy-syntax/expression.ts';
import type { Block } from '../alloy-syntax/print.ts';

/** Where each Secret that a source refers to is mounted, in a folder of its name. */
export const CREDENTIALS = '/etc/source-credentials';

/** The file of a key of a Secret; programs read it again when it changes. */
export function fileOf({ secret, key }: SecretKey): string {
  return `${CREDENTIALS}/${secret}/${key}`;
}

/** What a file holds, for arguments that want the secret itself and no file. */
export interface Held {
  /** Reads the file, and again when it changes; whoever uses it is then configured anew. */
  readonly block: Block;
  readonly content: Computed;
  /** One line, without the line end that editors and `echo` leave behind it. The argument that it becomes is a secret again. */
  readonly line: Computed;
}

/** `label` is unique among the files of all sources: `<label of the source>_<what it is>`. */
export function held(label: string, key: SecretKey): Held {
  const content = reference(`local.file.${label}.content`);
  return {
    block: component('local.file', label, { filename: fileOf(key), is_secret: true }),
    content,
    line: call('string.trim_space', call('convert.nonsensitive', content)),
  };
}
