/** A path of files as a group of machines takes it, or why it takes it not. */
export type LogPath =
  { readonly path: string; readonly os: 'linux' | 'windows'; readonly how?: string } | { readonly why: string };

const MAX = 1024;

export function logPath(written: string): LogPath {
  if (/\$\{|%[A-Za-z_]+%|\{\{/.test(written))
    return { why: 'what a variable of the machine says is not known here: write the path out' };
  if (written.length > MAX || /[\0-\x1f"`<>|]/.test(written)) return { why: 'the cluster file takes no such path' };
  if (/^[A-Za-z]:[\\/]/.test(written)) {
    const path = written.replaceAll('/', '\\');
    return { path, os: 'windows', ...(path !== written && { how: `written \`${path}\`` }) };
  }
  if (/^\/./.test(written)) return { path: written, os: 'linux' };
  return { why: 'a path has to be absolute: where it starts is known to the machine alone' };
}

/** Whether these are files that the container runtime of a node writes. */
export function isOfPods(path: string): boolean {
  return /^\/(?:host\/)?var\/log\/(?:pods|containers)\//.test(path);
}

/** What of a selector tells the lines of a path from others of the same machines: `filename=~"/var/log/.+\\.log"`. */
export function fileSelector(path: string): string {
  if (!/[*?[{]/.test(path)) return `filename=${quoted(path)}`;
  const [before = ''] = path.split(/[*?[{]/);
  return `filename=~${quoted(`${before.replace(/[.+()|^$\\]/g, '\\$&')}.*`)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\')}"`;
}
