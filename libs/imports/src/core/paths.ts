import type { SourceFile } from '@lgtm-fleet/spec';

/**
 * The inputs that a path or pattern in a configuration means. It is relative to the file that names it, or absolute on
 * the machine that it comes from: then the longest end of it that fits anything decides.
 */
export function filesAt(files: readonly SourceFile[], from: string, pattern: string): readonly SourceFile[] {
  if (pattern.length > 1024) return [];
  const folder = from.split('/').slice(0, -1);
  const steps = pattern
    .replaceAll('\\', '/')
    .split('/')
    .filter((step) => step !== '' && step !== '.');
  if (!/^(?:\/|[A-Za-z]:)/.test(pattern)) return matching(files, from, resolve(folder, steps));
  for (let start = 0; start < steps.length; start += 1) {
    const found = matching(files, from, resolve(folder, steps.slice(start)));
    // The last name alone, with a star, would be any file.
    if (found.length > 0 && (start < steps.length - 1 || !/[*?[]/.test(steps[start] ?? ''))) return found;
  }
  return [];
}

function resolve(folder: readonly string[], steps: readonly string[]): readonly string[] {
  return steps.reduce<readonly string[]>((path, step) => (step === '..' ? path.slice(0, -1) : [...path, step]), folder);
}

function matching(files: readonly SourceFile[], from: string, path: readonly string[]): readonly SourceFile[] {
  const steps = path.map(glob);
  return files.filter((file) => {
    const own = file.path.split('/');
    return file.path !== from && own.length === steps.length && steps.every((step, at) => step(own[at] ?? ''));
  });
}

/** One step of a pattern of Go: `*`, `?` and classes of characters, none of which is a `/`. */
function glob(step: string): (name: string) => boolean {
  if (!/[*?[]/.test(step)) return (name) => name === step;
  // Stars that touch are one star, which keeps the search short.
  const parts = step.replace(/\*+/g, '*').match(/\*|\?|\[\^?[^\]]+\]|[^*?[]+|\[/g) ?? [];
  return (name) => fits(name, parts);
}

function fits(name: string, parts: readonly string[]): boolean {
  let reached = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reached) {
      if (part === '*') for (let to = at; to <= name.length; to += 1) next.add(to);
      else if (part === '?' || (part.startsWith('[') && part.length > 1)) {
        if (at < name.length && (part === '?' || inClass(name[at] ?? '', part))) next.add(at + 1);
      } else if (name.startsWith(part, at)) next.add(at + part.length);
    }
    reached = next;
  }
  return reached.has(name.length);
}

function inClass(character: string, text: string): boolean {
  const negated = text[1] === '^';
  const inner = text.slice(negated ? 2 : 1, -1);
  for (let at = 0; at < inner.length; at += 1) {
    const from = inner[at] ?? '';
    const to = inner[at + 1] === '-' && at + 2 < inner.length ? (inner[(at += 2)] ?? from) : from;
    if (character >= from && character <= to) return !negated;
  }
  return negated;
}
