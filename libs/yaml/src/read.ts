import { loadAll, YAMLException } from 'js-yaml';

/** What is read of a file: far above what a person writes, and what a ConfigMap can hold. */
const MAX_CHARACTERS = 1024 * 1024;
/** Signs that begin or part values: reading costs by them, not by the length. A dashboard of 400 panels has as many. */
const MAX_SIGNS = 60_000;
const SIGNS = new Set('\n,:[]{}-?&!*'.split('').map((sign) => sign.charCodeAt(0)));

export type ReadYaml =
  | { readonly ok: true; readonly documents: readonly unknown[] }
  /** With the offset of what is wrong. */
  | { readonly ok: false; readonly message: string; readonly at: number };

/**
 * The documents of a YAML or JSON file, or why it has none, in a time that its size bounds: js-yaml stops at
 * nesting and merge keys without end, and at a key that stands twice. Aliases of aliases are one value each here;
 * whoever walks them counts.
 */
export function readYaml(text: string): ReadYaml {
  const size = sizeFault(text);
  if (size !== undefined) return { ok: false, message: size, at: 0 };
  try {
    return { ok: true, documents: loadAll(text) };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { reason, mark } = error;
    const message = reason.startsWith('nesting exceeded')
      ? 'it nests too deep to be read'
      : `it is not YAML: ${reason}`;
    return { ok: false, message, at: Math.min(mark?.position ?? 0, text.trimEnd().length) };
  }
}

/** Why a text is too large to be read, if it is. */
export function sizeFault(text: string): string | undefined {
  const { length } = text;
  if (length > MAX_CHARACTERS) return `it has ${length} characters; more than ${MAX_CHARACTERS} are not read`;
  let signs = 0;
  for (let at = 0; at < length; at += 1) if (SIGNS.has(text.charCodeAt(at))) signs += 1;
  return signs > MAX_SIGNS
    ? `it has more lines, commas, colons and brackets than the ${MAX_SIGNS} that are read`
    : undefined;
}
