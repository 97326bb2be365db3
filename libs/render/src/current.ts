import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * Whether a program is or holds Kustomize 5 or newer; a kubectl of some years ago holds one that knows neither
 * components nor `labels`. Asking takes as long as rendering a small folder, so the answer is kept in the cache
 * folder for as long as the file is the same.
 */
export async function isCurrent(path: string, cacheFolder: string): Promise<boolean> {
  const { size, mtimeMs } = await stat(path);
  const key = `${path} ${String(size)} ${String(mtimeMs)}`;
  const file = join(cacheFolder, 'kustomize-programs.json');
  const known = await readAnswers(file);
  const before = known[key];
  if (before !== undefined) return before;
  const answer = await ask(path);
  await keep(file, { ...known, [key]: answer });
  return answer;
}

type Answers = Readonly<Record<string, boolean>>;

/** Nothing is known where the file is missing or not ours. */
async function readAnswers(file: string): Promise<Answers> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
    );
  } catch {
    return {};
  }
}

/** Where nothing can be written, it is asked again the next time. */
async function keep(file: string, answers: Answers): Promise<void> {
  const part = `${file}.${String(process.pid)}`;
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(part, JSON.stringify(answers));
    await rename(part, file);
  } catch {
    // The answer itself is good all the same.
  }
}

async function ask(path: string): Promise<boolean> {
  const kubectl = basename(path).startsWith('kubectl');
  const args = kubectl ? ['version', '--client', '-o', 'json'] : ['version'];
  const said = await new Promise<string>((resolve) => {
    execFile(path, args, { timeout: 10_000 }, (_, stdout) => {
      resolve(stdout);
    });
  });
  const major = /(?:"kustomizeVersion": *"|^\{?|Version:kustomize\/)\(?v(\d+)\./m.exec(said)?.[1];
  // A version that was not understood is given the benefit of the doubt: `(devel)`, for one.
  return kubectl ? Number(major ?? 0) >= 5 : Number(major ?? 5) >= 5;
}
