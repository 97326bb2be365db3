import { parse } from '@lgtm-fleet/spec';
import { stringify } from '@lgtm-fleet/yaml';
import type { YamlMap } from './draft.ts';

/**
 * Why a part of `spec` is refused by the cluster file, where it is; so that one thing which cannot be said does not
 * spoil the whole draft.
 */
export function whyRefused(spec: YamlMap): string | undefined {
  const text = stringify({ apiVersion: 'lgtm-fleet/v1', kind: 'Cluster', metadata: { name: 'trial' }, spec });
  const parsed = parse({ path: 'cluster.yaml', text });
  if (parsed.ok) return undefined;
  const [first] = parsed.diagnostics;
  return first?.label === undefined ? (first?.message ?? '') : `${first.message}; ${first.label}`;
}
