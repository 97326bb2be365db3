import type { Span } from '@lgtm-fleet/diagnostics';
import type { Manifest, Path } from '@lgtm-fleet/manifests';
import type { Place } from './types.ts';
import type { ConfigFile } from './view/config-file.ts';

export function inManifest(manifest: Manifest, ...path: Path): Place {
  return { in: 'manifest', manifest, path };
}

export function inConfig(config: ConfigFile, ...path: Path): Place {
  return { in: 'config', config, path };
}

export function inText(config: ConfigFile, span: Span): Place {
  return { in: 'config', config, span };
}

/** @param path from the root of the cluster file: `'spec', 'retention', 'logs'` */
export function inSpec(cluster: string, ...path: Path): Place {
  return { in: 'spec', cluster, path };
}

export function inFile(file: string, ...path: Path): Place {
  return { in: 'file', file, path };
}

export function inSource(file: string, span: Span): Place {
  return { in: 'file', file, span };
}
