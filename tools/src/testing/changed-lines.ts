/** Line, from 1, of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/**
 * Lines of a changed text that differ from the text before. Where lines were only removed: the line of the key
 * that they belonged to, for there is no other place to say that something is missing.
 */
export function changedLines(before: string, after: string): ReadonlySet<number> {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < now.length && start < old.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < now.length - start &&
    end < old.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end += 1;
  const changed = now.slice(start, now.length - end).map((_, index) => start + index + 1);
  if (changed.length > 0) return new Set(changed);
  const indent = indentOf(old[start] ?? '');
  let parent = start - 1;
  while (parent > 0 && ((now[parent] ?? '').trim() === '' || indentOf(now[parent] ?? '') >= indent)) parent -= 1;
  return new Set([parent + 1]);
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0;
}
