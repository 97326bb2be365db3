import type { Finding } from '@lgtm-fleet/lint';
import { createHash } from 'node:crypto';

/**
 * A mark per finding that stays when lines move, so that a reader knows an old finding again: a hash of the
 * rule, the file, the object, and the text of the line (the message where the whole file is meant), and the
 * how-manieth of the same it is.
 */
export function fingerprints(
  findings: readonly Finding[],
  sourceOf: (file: string) => string | undefined,
): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, file, object, span, message } = finding;
    const line = span && lineAt(sourceOf(file), span.start);
    const facts = [rule, file, object ?? '', line ?? message];
    const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    return `${hash}:${before + 1}`;
  });
}

function lineAt(source: string | undefined, offset: number): string | undefined {
  if (source === undefined) return undefined;
  const end = source.indexOf('\n', offset);
  return source.slice(offset === 0 ? 0 : source.lastIndexOf('\n', offset - 1) + 1, end === -1 ? undefined : end).trim();
}
