import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A command with its arguments, as a shell hands them over. */
export type Argv = readonly [program: string, ...args: string[]];

export interface Pasted {
  readonly commands: readonly Argv[];
  /** What the shell and its small programs had to say: nothing, where all is well. */
  readonly complaints: string;
}

/** Programs that reach for something outside: each only notes how it was called. */
const NOTED = ['kubectl', 'argocd', 'npx', 'curl', 'nc', 'git', 'openssl', 'du', 'df'];

const PRELUDE = [
  // With one write, since commands of a pipe note at the same time.
  `note() { local line; printf -v line '%s\\x1f' "$@"; printf '%s\\x1e' "$line" >>"$NOTES"; }`,
  ...NOTED.map((name) => `${name}() { note ${name} "$@"; answer "$@"; }`),
  // What `--output=name` answers, so that loops over it have something to do.
  'answer() { for one in "$@"; do [ "$one" = --output=name ] && echo persistentvolumeclaim/CLAIM; done; return 0; }',
  'kill() { :; }; sleep() { :; }',
].join('\n');

/**
 * What a real bash makes of blocks: each is run, with everything outside replaced by a note. So quotes, loops, pipes and
 * the expressions of grep, sed and cut are judged by those who will read them. One shell does it for all blocks.
 */
export function paste(blocks: readonly string[]): readonly Pasted[] {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-'));
  const file = (name: string, index: number): string => join(folder, `${name}-${String(index)}`);
  try {
    blocks.forEach((block, index) => {
      for (const name of ['notes', 'complaints']) writeFileSync(file(name, index), '');
      writeFileSync(file('block', index), block);
    });
    const script = [
      PRELUDE,
      `for i in $(seq 0 ${String(blocks.length - 1)}); do`,
      '  ( NOTES="$PWD/notes-$i"; . "./block-$i"; wait ) </dev/null >/dev/null 2>"complaints-$i"',
      'done',
    ].join('\n');
    execFileSync('bash', ['-c', `${script}\n:`], { cwd: folder, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } });
    return blocks.map((_, index) => ({
      complaints: readFileSync(file('complaints', index), 'utf8').replaceAll(`./block-${String(index)}: `, ''),
      commands: readFileSync(file('notes', index), 'utf8')
        .split('\x1e')
        .filter((note) => note !== '')
        .map((note) => note.split('\x1f').slice(0, -1) as unknown as Argv),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
