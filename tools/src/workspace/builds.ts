import type { Diagnostic } from '@lgtm-fleet/diagnostics';
import { readManifests, type Manifest } from '@lgtm-fleet/manifests';
import {
  render,
  renderGroups,
  type FolderGroup,
  type Kustomize,
  type Rendered,
  type RenderedGroup,
} from '@lgtm-fleet/render';
import { sizeFault } from '@lgtm-fleet/yaml';
import { availableParallelism } from 'node:os';
import { fileText } from './read.ts';

/** What one folder builds to. */
export interface Build {
  readonly manifests: readonly Manifest[];
  /** It cannot be built, Kustomize warns, manifests cannot be read. */
  readonly faults: readonly Diagnostic[];
}

/**
 * What Kustomize made of folders, still as text: of one group after another, so that a large fleet is never held as a
 * whole. A kustomization that is too large to be read is not given to Kustomize.
 *
 * @param groups paths from the root of the file system
 */
export function renderInTurn<Of>(
  groups: readonly FolderGroup<Of>[],
  kustomize: Kustomize,
): AsyncIterable<RenderedGroup<Of>> {
  const build = async (folder: string): Promise<Rendered> => refusal(folder) ?? (await render(kustomize, folder));
  return renderGroups(build, groups, availableParallelism());
}

function refusal(folder: string): Rendered | undefined {
  const file = `${folder}/kustomization.yaml`;
  const size = sizeFault(fileText(file) ?? '');
  if (size === undefined) return undefined;
  const message = `the kustomization cannot be read: ${size}`;
  return { ok: false, error: { id: 'unreadable-manifest', severity: 'error', message, file } };
}

/** Reads what one folder was rendered to. */
export function readBuild(folder: string, result: Rendered): Build {
  const file = `${folder}/kustomization.yaml`;
  if (!result.ok) return { manifests: [], faults: [{ ...result.error, file }] };
  const { manifests, faults } = readManifests(result.manifests, folder);
  const warnings = result.warnings.map((warning) => ({ ...warning, file }));
  return { manifests, faults: [...warnings, ...faults] };
}
