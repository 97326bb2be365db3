/** Sections of an INI file, in order, each with its keys. */
export type Ini = Readonly<Record<string, Readonly<Record<string, string | number | boolean | undefined>> | undefined>>;

/**
 * Grafana's INI form. Reasons stand before the key they are for; `undefined` keys are left out, and
 * sections without a key too.
 *
 * @param comments Reasons by `section/key`, or by `section`.
 * @throws Error for a reason whose key is not there, and for a value that would end early or be trimmed.
 */
export function printIni(ini: Ini, comments: Readonly<Record<string, string>> = {}): string {
  const paths = new Set<string>();
  const sections = Object.entries(ini).flatMap(([section, keys]) => {
    const lines = Object.entries(keys ?? {}).flatMap(([key, value]) => {
      if (value === undefined) return [];
      paths.add(`${section}/${key}`);
      return [...comment(comments[`${section}/${key}`]), `${key} = ${plain(section, key, value)}`];
    });
    if (lines.length === 0) return [];
    paths.add(section);
    return [[...comment(comments[section]), `[${section}]`, ...lines, ''].join('\n')];
  });
  for (const path of Object.keys(comments))
    if (!paths.has(path)) throw new Error(`comment for '${path}': there is no such key`);
  return sections.join('\n');
}

function comment(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split('\n').map((line) => `; ${line}`);
}

function plain(section: string, key: string, value: string | number | boolean): string {
  const text = String(value);
  // A `#` or `;` would start a comment, and quotes around a value would be taken off.
  if (/[#;`"\r\n]|^'/.test(text) || text.trim() !== text)
    throw new Error(`${section}/${key}: '${text}' cannot stand in an INI file as it is`);
  return text;
}
