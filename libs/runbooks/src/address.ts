import type { Plan } from '@lgtm-fleet/plan';
import type { RunbookName } from './runbooks.ts';

/** Folder of a cluster's rendered pages, from the root of the repository. */
export function runbookFolder({ cluster }: Pick<Plan, 'cluster'>): string {
  return `overlays/${cluster}/runbooks`;
}

/** Where a person reads the page for this cluster: in the web pages of the git server. */
export function runbookUrl(plan: Pick<Plan, 'cluster' | 'repository'>, name: RunbookName): string {
  return fileUrl(plan, `${runbookFolder(plan)}/${name}.md`);
}

/** The same of any file of the repository, by its path from the root. */
export function fileUrl({ repository: { url, revision } }: Pick<Plan, 'repository'>, path: string): string {
  return `${webAddress(url)}${folderOf(url)}/${revision}/${path}`;
}

/** `git@host:group/name.git`, `ssh://git@host:22/group/name` and `https://host/group/name.git` are one repository. */
function webAddress(url: string): string {
  const short = /^git@([^:/]+):(.+)$/.exec(url);
  const [, host = '', path = ''] = short ?? /^[a-z]+:\/\/(?:[^@/]*@)?([^:/]+)(?::\d+)?\/(.+)$/.exec(url) ?? [];
  return `https://${host}/${path.replace(/\/$/, '').replace(/\.git$/, '')}`;
}

/** What comes between the repository and the branch: GitLab and Gitea have words of their own. */
function folderOf(url: string): string {
  if (/[@/.]gitlab\b/.test(url)) return '/-/blob';
  if (/[@/.](?:gitea|forgejo|codeberg)\b/.test(url)) return '/src/branch';
  return '/blob';
}
