/** A mistake of the person or the machine, not of this program: shown without a stack trace. */
export interface Problem {
  readonly problem: true;
  readonly message: string;
  readonly help?: string;
  /** 1: something was found; 2: it could not even be looked for. */
  readonly exitCode: 1 | 2;
}

export function problem(message: string, help?: string, exitCode: 1 | 2 = 2): Problem {
  return { problem: true, message, exitCode, ...(help !== undefined && { help }) };
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value && value.problem === true;
}

/** What the system said of a file, in words; undefined where the error is not of that kind. */
export function systemProblem(error: unknown): Problem | undefined {
  if (error instanceof Error && error.name === 'YAMLException')
    return problem(error.message, 'repair the file; `kustomize build` of its folder says the same', 1);
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const says: Readonly<Record<string, readonly [string, string]>> = {
    EACCES: ['permission denied', 'check who owns the file'],
    EPERM: ['not permitted', 'check who owns the file'],
    EROFS: ['the file system is read-only', 'work on a copy that can be written'],
    EXDEV: ['a file cannot be moved to another file system', 'keep .cache/ and the tree on one file system'],
    ENOSPC: ['no space is left on the device', 'free some space and run the same command again'],
    EMFILE: ['too many files are open', 'raise the limit (`ulimit -n`) and run the same command again'],
    ENOTDIR: ['a part of the path is not a folder', 'move what stands there out of the way'],
    EISDIR: ['a folder stands where a file should be', 'move it out of the way'],
    ELOOP: ['the path is a loop of symbolic links', 'replace the link by a folder'],
  };
  const known = says[error.code];
  if (known === undefined) return undefined;
  const [message, help] = known;
  const path = 'path' in error && typeof error.path === 'string' ? `: ${error.path}` : '';
  return problem(`${message}${path}`, help);
}
