import type { Plan } from '@lgtm-fleet/plan';
import { edgeFolders, type EdgeFile } from '@lgtm-fleet/resources';
import { stringify } from '@lgtm-fleet/yaml';
import { commented, plainHeader } from './header.ts';
import type { FileTree } from './types.ts';

/** The folder of `overlays/<cluster>/` that is no component: files for machines and senders outside the cluster. */
export const EDGE = 'edge';

/** What machines and senders outside are given, each in a folder of its name. */
export function edgeFiles(plan: Plan): FileTree {
  return new Map(
    edgeFolders(plan).flatMap(({ name, files }) =>
      files.map((file) => [`overlays/${plan.cluster}/${EDGE}/${name}/${file.name}`, textOf(plan, file)] as const),
    ),
  );
}

function textOf(plan: Plan, file: EdgeFile): string {
  const lines = plainHeader(plan, file.why);
  if (file.form === 'text') return `${commented(lines, file.comment)}\n${file.text}`;
  return stringify(file.value, { header: lines, ...(file.comments !== undefined && { comments: file.comments }) });
}
