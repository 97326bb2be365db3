import type { Path } from '@lgtm-fleet/manifests';

/**
 * What part of the cluster file a generated line comes from: generated files say so in comments
 * (`# spec.retention.logs: 30d`) above the line, or above what the line belongs to.
 */
export function specPathAbove(text: string, offset: number): Path | undefined {
  const lines = text.slice(0, offset).split('\n');
  const rest = text.slice(offset);
  const end = rest.indexOf('\n');
  lines[lines.length - 1] = `${lines.at(-1) ?? ''}${end < 0 ? rest : rest.slice(0, end)}`;
  let column = Number.POSITIVE_INFINITY;
  let belongs = false;
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const line = lines[at] ?? '';
    const comment = /^\s*(?:- )?#/.test(line);
    if (comment) {
      const said = belongs ? /\bspec\.[A-Za-z]+(?:\.[A-Za-z]+)*/.exec(line)?.[0] : undefined;
      if (said !== undefined) return said.split('.');
      continue;
    }
    if (line.trim() === '') continue;
    const indent = /^[\s-]*/.exec(line)?.[0].length ?? 0;
    belongs = indent < column;
    column = Math.min(column, indent);
  }
  return undefined;
}
