import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAt } from './checkout.ts';

/** What a fixture needs that Git cannot hold, or that would be a megabyte of nothing. */
export type Step =
  | { readonly make: 'folder' | 'fifo' | 'remove'; readonly path: string }
  | { readonly make: 'symlink'; readonly path: string; readonly target: string }
  /** Octal: `555`. */
  | { readonly make: 'mode'; readonly path: string; readonly mode: string }
  /** `{i}` in what is repeated is the count so far. */
  | {
      readonly make: 'text';
      readonly path: string;
      readonly before: string;
      readonly repeat: string;
      readonly times: number;
      readonly after: string;
    }
  /** Every line is one column further in than the one above. */
  | {
      readonly make: 'staircase';
      readonly path: string;
      readonly before: string;
      readonly step: string;
      readonly times: number;
    }
  | {
      readonly make: 'noise';
      readonly path: string;
      readonly bytes: number;
      readonly seed: number;
      readonly printable?: boolean;
    };

export function makeAll(root: string, steps: readonly Step[]): void {
  for (const step of steps) makeOne(root, step);
}

function makeOne(root: string, step: Step): void {
  const path = join(root, step.path);
  if (step.make !== 'mode' && step.make !== 'remove') mkdirSync(dirname(path), { recursive: true });
  switch (step.make) {
    case 'folder':
      mkdirSync(path);
      return;
    case 'fifo':
      execFileSync('mkfifo', [path]);
      return;
    case 'remove':
      rmSync(path, { recursive: true });
      return;
    case 'symlink':
      symlinkSync(step.target, path);
      return;
    case 'mode':
      chmodSync(path, Number.parseInt(step.mode, 8));
      return;
    case 'text':
      writeAt(
        root,
        step.path,
        step.before + repeated(step.times, (index) => step.repeat.replace('{i}', String(index))) + step.after,
      );
      return;
    case 'staircase':
      writeAt(root, step.path, step.before + repeated(step.times, (index) => `${' '.repeat(index + 1)}${step.step}\n`));
      return;
    case 'noise':
      writeAt(root, step.path, noise(step.bytes, step.seed, step.printable === true));
  }
}

function repeated(times: number, text: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => text(index)).join('');
}

/** The same bytes for the same seed, by a linear congruential generator. */
function noise(bytes: number, seed: number, printable: boolean): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const byte = state >>> 24;
    return printable ? (byte < 8 ? 10 : 32 + (byte % 95)) : byte;
  });
}
