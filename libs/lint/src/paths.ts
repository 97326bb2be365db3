/** The folder of a file; empty for one at the root of the repository. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** `a/b` and `../c` make `a/c`: what a file in a folder means by a relative path. */
export function below(folder: string, reference: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of reference.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
