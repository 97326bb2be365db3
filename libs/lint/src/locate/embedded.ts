import type { Span } from '@lgtm-fleet/diagnostics';
import type { Path } from '@lgtm-fleet/manifests';
import { isScalar, Scalar, type Document } from 'yaml';

/**
 * Where a span of a text stands in the file that holds the text as a literal block (`|`): line by line the
 * same, further in. Other scalars give the place of the whole scalar.
 *
 * @param source the file
 * @param path to the scalar in the document
 * @param span in the scalar's text
 */
export function embeddedSpan(source: string, document: Document.Parsed, path: Path, span: Span): Span | undefined {
  const node: unknown = document.getIn(path, true);
  if (!isScalar(node) || !node.range) return undefined;
  const [start, end] = node.range;
  if (node.type !== Scalar.BLOCK_LITERAL || typeof node.value !== 'string') return { start, end };
  const first = source.indexOf('\n', start) + 1;
  const indent = /^ */.exec(source.slice(first))?.[0].length ?? 0;
  const before = node.value.slice(0, span.start);
  const line = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  let at = first;
  for (let passed = 0; passed < line; passed += 1) at = source.indexOf('\n', at) + 1;
  const from = Math.min(at + indent + column, end);
  const within = node.value.slice(span.start, span.end).split('\n')[0] ?? '';
  return { start: from, end: Math.max(from + 1, Math.min(from + within.length, end)) };
}
